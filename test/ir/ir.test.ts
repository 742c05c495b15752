import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import * as assert from 'uvu/assert';
import { createCompiler } from '../../src/compile.ts';
import { checkIr } from '../../src/ir/check.ts';
import { evaluate } from '../../src/ir/evaluate.ts';
import type { Ir } from '../../src/ir/ir.ts';
import { printIr } from '../../src/ir/json.ts';
import { parseIr } from '../../src/ir/parse-ir.ts';
import { parseAddress } from '../../src/net/address.ts';
import type { Flow } from '../../src/net/flow.ts';
import { everything } from '../../src/policy/label-selector.ts';
import { ipBlock, labels, pod, podPeer, policy, port, rule, snapshot } from '../kit/build.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const world = {
  snapshot: snapshot(
    [
      pod('a/db', { labels: { role: 'db' }, ips: ['10.0.0.1', 'fd00::1'] }),
      pod('a/web', { labels: { role: 'web' }, ips: ['10.0.0.2', 'fd00::2'], node: 'n2' }),
    ],
    { a: {} },
  ),
  policies: [
    policy('a/db', {
      subject: labels({ role: 'db' }),
      ingress: [rule([podPeer(labels({ role: 'web' }))], [port('TCP', 3306), port('UDP', 100, 200)])],
      egress: [rule([ipBlock('0.0.0.0/0', '10.0.0.0/8')], null)],
    }),
    policy('a/web', { subject: labels({ role: 'web' }), egress: [rule([podPeer(everything)], null)] }),
  ],
  clusterPolicies: [],
  skippedByKind: new Map(),
};
const ir = must(createCompiler(world).ir({ kind: 'snapshot' }).value);

interface Document {
  endpoints: [object];
  profiles: { direction: string; ports: [object] }[];
  addressSets: [object];
}

describe('the JSON form of the IR', (test) => {
  test('fits its schema', () => {
    const schema = JSON.parse(readFileSync('schema/ir.schema.json', 'utf8')) as object;
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    const valid = ajv.validate(schema, JSON.parse(printIr(ir)));
    assert.ok(valid, ajv.errorsText());
  });
  test('reads back as the same IR', () => {
    const { value, diagnostics } = parseIr(printIr(ir));
    assert.equal(diagnostics, []);
    assert.is(printIr(must(value)), printIr(ir));
  });

  const broken: readonly (readonly [what: string, change: (document: Document) => void, expected: RegExp])[] = [
    ['another version', (d) => Object.assign(d, { schemaVersion: 2 }), /schemaVersion 2/],
    ['an unknown key', (d) => Object.assign(d, { extra: 1 }), /without the key `extra`/],
    [
      'an address that is none',
      (d) => Object.assign(d.endpoints[0], { addresses: ['10.0.0.01'] }),
      /`address` must be/,
    ],
    [
      'a shared address',
      (d) => Object.assign(d.endpoints[0], { addresses: ['10.0.0.2'] }),
      /shares address 10\.0\.0\.2/,
    ],
    [
      'a changed port',
      (d) => Object.assign(must(d.profiles.find((p) => p.direction === 'ingress')).ports[0], { last: 3307 }),
      /id of its content/,
    ],
    ['a missing address set', (d) => Object.assign(d, { addressSets: [] }), /unknown address set/],
    ['profiles out of order', (d) => void d.profiles.reverse(), /out of order/],
    ['a changed address', (d) => Object.assign(d.addressSets[0], { ipv4: ['192.0.2.1'] }), /id of its content/],
  ];
  for (const [what, change, expected] of broken) {
    test(`is refused with ${what}`, () => {
      const document = JSON.parse(printIr(ir)) as Document;
      change(document);
      const { value, diagnostics } = parseIr(JSON.stringify(document));
      assert.is(value, null);
      const code = what === 'another version' ? 'NP4003' : 'NP4001';
      assert.ok(
        diagnostics.every((diagnostic) => diagnostic.code === code),
        code,
      );
      assert.match(diagnostics.map((diagnostic) => diagnostic.message).join('\n'), expected);
    });
  }
  for (const text of ['', 'null', '[]', '{"schemaVersion":1}', '{"schemaVersion":1,"scope":{"kind":"pod"}}'])
    test(`is refused when it is ${JSON.stringify(text)}`, () => assert.is(parseIr(text).value, null));
});

describe('checkIr', (test) => {
  test('finds nothing wrong with what lowering makes', () => assert.equal(checkIr(ir), []));
  test('finds an endpoint that uses a profile of the other direction', () => {
    const crossed: Ir = { ...ir, endpoints: ir.endpoints.map((each) => ({ ...each, ingress: each.egress })) };
    assert.ok(checkIr(crossed).some(({ message }) => message.includes('for ingress')));
  });
});

describe('evaluate', (test) => {
  const flow = (from: string, to: string, portNumber: number, rest: Partial<Flow> = {}): Flow => ({
    source: must(parseAddress(from)),
    destination: must(parseAddress(to)),
    protocol: 'TCP',
    port: portNumber,
    sourceNode: null,
    destinationNode: null,
    ...rest,
  });
  const cases: readonly (readonly [why: string, flow: Flow, expected: 'allow' | 'deny'])[] = [
    ['both sides allow it', flow('10.0.0.2', '10.0.0.1', 3306), 'allow'],
    ['and in IPv6', flow('fd00::2', 'fd00::1', 3306), 'allow'],
    ['the destination allows another port', flow('10.0.0.2', '10.0.0.1', 3307), 'deny'],
    ['a range ends at its last port', flow('10.0.0.2', '10.0.0.1', 200, { protocol: 'UDP' }), 'allow'],
    ['and not one later', flow('10.0.0.2', '10.0.0.1', 201, { protocol: 'UDP' }), 'deny'],
    ['the source may not reach outside', flow('10.0.0.2', '203.0.113.9', 443), 'deny'],
    ['the source may reach outside', flow('10.0.0.1', '203.0.113.9', 443), 'allow'],
    ['IPv4 blocks say nothing about IPv6 (S-426)', flow('fd00::1', '2001:db8::1', 443), 'deny'],
    ['an endpoint reaches itself (S-601)', flow('10.0.0.1', '10.0.0.1', 1), 'allow'],
    ['its own node reaches it (S-603)', flow('192.0.2.1', '10.0.0.1', 1, { sourceNode: 'n1' }), 'allow'],
    ['another node does not (S-605)', flow('192.0.2.2', '10.0.0.1', 1, { sourceNode: 'n2' }), 'deny'],
    [
      'nor does it reach its own node unasked (S-604)',
      flow('10.0.0.2', '192.0.2.2', 1, { destinationNode: 'n2' }),
      'deny',
    ],
  ];
  for (const [why, question, expected] of cases) test(why, () => assert.is(evaluate(ir, question), expected));

  test('egress to the own node passes when that is asked for (S-604)', () => {
    const semantics = { allowEgressToOwnNode: true, icmpEcho: false };
    const open = must(createCompiler(world, { semantics, allowIncomplete: false }).ir({ kind: 'snapshot' }).value);
    assert.is(evaluate(open, flow('10.0.0.2', '192.0.2.2', 1, { destinationNode: 'n2' })), 'allow');
    assert.is(evaluate(open, flow('10.0.0.2', '192.0.2.1', 1, { destinationNode: 'n1' })), 'deny');
  });
});
