import * as assert from 'uvu/assert';
import { createCompiler, defaultCompileOptions } from '../../src/compile.ts';
import type { Direction, Ir, Scope } from '../../src/ir/ir.ts';
import { formatRanges } from '../../src/net/range-text.ts';
import type { NetworkPolicy } from '../../src/policy/network-policy.ts';
import { everything } from '../../src/policy/label-selector.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { field, ipBlock, labels, namedPort, pod, podPeer, policy, port, rule, snapshot } from '../kit/build.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const shop = snapshot(
  [
    pod('prod/api-0', { labels: { name: 'api' }, ips: ['10.0.0.9', 'fd00::9'], workload: 'api' }),
    pod('prod/api-1', { labels: { name: 'api' }, ips: ['10.0.1.4', 'fd00::1:4'], node: 'n2', workload: 'api' }),
    pod('prod/db-0', { labels: { role: 'db' }, ips: ['10.0.0.7', 'fd00::7'], ports: [['mysql', 'TCP', 3306]] }),
    pod('stage/api-0', { labels: { name: 'api' }, ips: ['10.0.2.2'], ports: [['mysql', 'TCP', 33060]] }),
    pod('stage/old', { labels: { name: 'api' }, ips: ['10.0.2.3'], live: false }),
  ],
  { prod: {}, stage: { tier: 'test' } },
);

const compiled = (
  policies: readonly NetworkPolicy[],
  world: Snapshot = shop,
  scope: Scope = { kind: 'snapshot' },
): Ir => {
  const options = { ...defaultCompileOptions, allowIncomplete: true };
  const compiler = createCompiler(
    { policies, snapshot: world, clusterPolicies: [], skippedByKind: new Map() },
    options,
  );
  const { value, diagnostics } = compiler.ir(scope);
  assert.equal(
    diagnostics.filter(({ code }) => code !== 'NP3001'),
    [],
  );
  return must(value);
};

/** `every`, then the rows, of one endpoint: `TCP 3306-3306 10.0.0.9 fd00::9`; null when it is open. */
const table = (ir: Ir, key: string, direction: Direction): readonly string[] | null => {
  const endpoint = must(
    ir.endpoints.find((each) => `${each.namespace}/${each.name}` === key),
    key,
  );
  const id = endpoint[direction];
  if (id === null) return null;
  const text = (set: string): string => {
    const { addresses } = must(ir.addressSetById.get(set));
    return [...formatRanges(addresses.IPv4, 'IPv4'), ...formatRanges(addresses.IPv6, 'IPv6')].join(' ');
  };
  const profile = must(ir.profileById.get(id));
  return [
    text(profile.every),
    ...profile.rows.map((row) => `${row.transport} ${row.first}-${row.last} ${text(row.peers)}`),
  ];
};

const fromApi = policy('prod/db-policy', {
  subject: labels({ role: 'db' }),
  ingress: [rule([podPeer(labels({ name: 'api' }))], [port('TCP', 3306)], field('spec.ingress[0]', 11))],
  line: 4,
});

describe('lowering', (test) => {
  test('without policies every endpoint is open', () => {
    const ir = compiled([]);
    assert.equal(
      ir.endpoints.map((each) => [each.name, each.ingress, each.egress]),
      [
        ['api-0', null, null],
        ['api-1', null, null],
        ['db-0', null, null],
        ['api-0', null, null],
      ],
    );
    assert.is(ir.profileById.size + ir.addressSetById.size, 0);
  });
  test('a peer is the pods of the policy’s own namespace, in both families (S-240)', () => {
    const ir = compiled([fromApi]);
    assert.equal(table(ir, 'prod/db-0', 'ingress'), ['', 'TCP 3306-3306 10.0.0.9 10.0.1.4 fd00::9 fd00::1:4']);
    assert.is(table(ir, 'prod/db-0', 'egress'), null);
    assert.is(table(ir, 'prod/api-0', 'ingress'), null);
  });
  test('an isolated endpoint without an allow stays, with an empty table (S-202, S-508)', () => {
    const ir = compiled([policy('prod/deny', { ingress: [] })]);
    assert.equal(table(ir, 'prod/api-0', 'ingress'), ['']);
    assert.is(ir.profileById.size, 1, 'and shares one profile with the others');
  });
  test('isolated and allowed everything is open (S-1204), and says which policies isolate it', () => {
    const ir = compiled([policy('prod/open', { ingress: [rule(null, null)] })]);
    assert.is(table(ir, 'prod/api-0', 'ingress'), null);
    assert.equal(
      ir.endpoints[0]?.origins.ingress.map((origin) => origin.policy),
      ['prod/open'],
    );
  });
  test('a finished pod is neither endpoint nor peer (S-320)', () => {
    const ir = compiled([
      policy('prod/p', { ingress: [rule([podPeer(labels({ name: 'api' }), labels({ tier: 'test' }))], null)] }),
    ]);
    assert.equal(table(ir, 'prod/db-0', 'ingress'), ['10.0.2.2']);
    assert.not.ok(ir.endpoints.some((each) => each.name === 'old'));
  });
  test('except is subtracted from its own peer only (S-243, S-246)', () => {
    const peers = [ipBlock('192.168.0.0/29', '192.168.0.2/31', '192.168.0.3'), ipBlock('192.168.0.3')];
    const ir = compiled([policy('prod/p', { ingress: [rule(peers, null)] })]);
    assert.equal(table(ir, 'prod/db-0', 'ingress'), ['192.168.0.0/31 192.168.0.3-192.168.0.7']);
  });
  test('an ingress named port is the subject’s own number, so subjects differ (S-250, S-252)', () => {
    const named = rule(null, [namedPort('TCP', 'mysql')]);
    const ir = compiled([policy('prod/p', { ingress: [named] }), policy('stage/p', { ingress: [named] })]);
    assert.equal(table(ir, 'prod/db-0', 'ingress'), ['', 'TCP 3306-3306 0.0.0.0/0 ::/0']);
    assert.equal(table(ir, 'stage/api-0', 'ingress'), ['', 'TCP 33060-33060 0.0.0.0/0 ::/0']);
    assert.equal(table(ir, 'prod/api-0', 'ingress'), [''], 'a name that it does not declare allows nothing (S-257)');
  });
  test('an egress named port without `to` finds every pod that declares it, in any namespace (S-256)', () => {
    const ir = compiled([policy('prod/p', { egress: [rule(null, [namedPort('TCP', 'mysql')])] })]);
    const expected = ['', 'TCP 3306-3306 10.0.0.7 fd00::7', 'TCP 33060-33060 10.0.2.2'];
    assert.equal(table(ir, 'prod/api-0', 'egress'), expected);
  });
  test('a named port and an ipBlock meet only in pods that declare the name (S-255)', () => {
    const ir = compiled([policy('prod/p', { egress: [rule([ipBlock('10.0.2.0/24')], [namedPort('TCP', 'mysql')])] })]);
    assert.equal(table(ir, 'prod/api-0', 'egress'), ['', 'TCP 33060-33060 10.0.2.2']);
  });
  test('a node’s IR holds that node’s pods and nothing that only others need (P-8)', () => {
    const elsewhere = policy('stage/p', { ingress: [rule([ipBlock('203.0.113.0/24')], null)] });
    const ir = compiled([fromApi, elsewhere], shop, { kind: 'node', name: 'n2' });
    assert.equal(
      ir.endpoints.map((each) => each.name),
      ['api-1'],
    );
    assert.is(ir.profileById.size + ir.addressSetById.size, 0);
  });
  test('address sets carry the name of the workload whose pods they hold', () => {
    const ir = compiled([fromApi]);
    assert.equal([...ir.addressSetById.values()].map((set) => set.label).sort(), ['none', 'prod/api']);
  });
  test('a row names every rule that reaches a port of it, and no other', () => {
    const from = (cidr: string, first: number, last: number, index: number): ReturnType<typeof rule> =>
      rule([ipBlock(cidr)], [port('TCP', first, last)], field(`spec.ingress[${index}]`, index));
    const rules = [
      from('203.0.113.0/24', 80, 90, 0),
      from('198.51.100.0/24', 90, 95, 1),
      from('192.0.2.0/24', 1, 65535, 2),
      rule([ipBlock('172.16.0.0/12')], null, field('spec.ingress[3]', 3)),
      from('172.16.0.0/16', 80, 80, 4),
      rule([ipBlock('198.18.0.0/15')], [port('UDP', 80, 90)], field('spec.ingress[5]', 5)),
    ];
    const ir = compiled([policy('prod/p', { subject: labels({ role: 'db' }), ingress: rules })]);
    const [profile] = [...ir.profileById.values()];
    assert.equal(
      profile?.rows.map(({ transport, first, last, origins }) => [
        `${transport} ${first}-${last}`,
        origins.map(({ path }) => path.replace(/\D/g, '')).join(),
      ]),
      [
        ['TCP 0-79', '2'],
        ['TCP 80-89', '0,2'],
        ['TCP 90-90', '0,1,2'],
        ['TCP 91-95', '1,2'],
        ['TCP 96-65535', '2'],
        ['UDP 80-90', '5'],
      ],
    );
  });
  test('a row for port 0 alone names the rule about all ports (S-228)', () => {
    const rules = [
      rule([ipBlock('192.0.2.0/24')], [port('TCP', 1, 65535)], field('spec.ingress[0]')),
      rule([ipBlock('203.0.113.0/24')], [port('TCP', 1, 79)], field('spec.ingress[1]', 2)),
    ];
    const ir = compiled([policy('prod/p', { subject: labels({ role: 'db' }), ingress: rules })]);
    const [profile] = [...ir.profileById.values()];
    assert.equal(
      profile?.rows.map(({ first, last }) => [first, last]),
      [
        [0, 0],
        [1, 79],
        [80, 65535],
      ],
    );
    assert.ok(profile?.rows[0]?.origins.some(({ path }) => path === 'spec.ingress[0]'));
  });
  test('every row says which policy rule it comes from', () => {
    const [profile] = [...compiled([fromApi]).profileById.values()];
    const origins = must(profile?.rows[0]).origins.map(({ policy: name, path, span }) => [
      name,
      path,
      span.source.line,
    ]);
    assert.equal(origins, [['prod/db-policy', 'spec.ingress[0]', 11]]);
  });
});

describe('lowering stays within bounds', (test) => {
  /** 1, 3, 5, … */
  const odd = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => 2 * index + 1);
  const within = (milliseconds: number, act: () => void): void => {
    const start = performance.now();
    act();
    assert.ok(performance.now() - start < milliseconds, 'took too long');
  };
  test('every second port of a protocol, in one rule: 32,768 rows, each with its origin', () => {
    const everySecond = rule(
      null,
      odd(32_768).map((number) => port('TCP', number)),
    );
    within(10_000, () => {
      const ir = compiled([policy('prod/p', { subject: labels({ role: 'db' }), ingress: [everySecond] })]);
      const [profile] = [...ir.profileById.values()];
      assert.is(profile?.rows.length, 32_768);
      assert.ok(
        profile?.rows.every((row) => row.first % 2 === 1 && row.first === row.last && row.origins.length === 1),
      );
    });
  });
  test('8,000 rules with peers and ports of their own', () => {
    const rules = odd(8000).map((number, index) =>
      rule(
        [ipBlock(`10.${100 + (index >> 8)}.${index & 255}.0/24`)],
        [port('TCP', number)],
        field(`spec.ingress[${index}]`),
      ),
    );
    within(10_000, () => {
      const ir = compiled([policy('prod/p', { subject: labels({ role: 'db' }), ingress: rules })]);
      const [profile] = [...ir.profileById.values()];
      assert.is(ir.addressSetById.size, 8001, 'one for each row, and the empty one');
      assert.equal(
        profile?.rows[7]?.origins.map((origin) => origin.path),
        ['spec.ingress[7]'],
      );
    });
  });
});

describe('addresses that two pods claim (S-323)', (test) => {
  const contested = snapshot(
    [
      pod('a/one', { labels: { app: 'one' }, ips: ['10.0.0.1', 'fd00::1'] }),
      pod('a/two', { labels: { app: 'two' }, ips: ['10.0.0.1'] }),
      pod('a/web', { labels: { app: 'web' }, ips: ['10.0.0.5'] }),
    ],
    { a: {} },
  );
  const policies = [
    policy('a/one', { subject: labels({ app: 'one' }), ingress: [rule([ipBlock('10.0.0.0/28')], null)] }),
    policy('a/two', { subject: labels({ app: 'two' }), ingress: [rule([ipBlock('10.0.0.4/30')], [port('TCP', 80)])] }),
  ];
  const outcome = (allowIncomplete: boolean): ReturnType<ReturnType<typeof createCompiler>['ir']> =>
    createCompiler(
      { policies, snapshot: contested, clusterPolicies: [], skippedByKind: new Map() },
      { ...defaultCompileOptions, allowIncomplete },
    ).ir({ kind: 'snapshot' });
  test('it is an error, and a warning with --allow-incomplete', () => {
    const told = (allowIncomplete: boolean): readonly string[] =>
      outcome(allowIncomplete).diagnostics.map(({ code, severity, message }) => `${severity} ${code}: ${message}`);
    const claim = 'NP3001: pods `a/one` and `a/two` both claim address 10.0.0.1';
    assert.equal(told(false), [`error ${claim}`]);
    assert.is(outcome(false).value, null);
    assert.equal(told(true), [`warning ${claim}`]);
    assert.ok(outcome(true).value !== null);
  });
  test('the address is an endpoint of its own, allowed what every claimant is', () => {
    const ir = compiled(policies, contested);
    assert.equal(table(ir, 'a/one+a/two', 'ingress'), ['', 'TCP 80-80 10.0.0.4/30']);
    assert.equal(table(ir, 'a/one', 'ingress'), ['10.0.0.0/28']);
    assert.not.ok(
      ir.endpoints.some((endpoint) => endpoint.name === 'two'),
      'nothing is left of `two`',
    );
  });
  test('a selector means the address only when it matches every claimant', () => {
    const peersOf = (selector: typeof everything): readonly string[] | null =>
      table(
        compiled(
          [policy('a/p', { subject: labels({ app: 'web' }), ingress: [rule([podPeer(selector)], null)] })],
          contested,
        ),
        'a/web',
        'ingress',
      );
    assert.equal(peersOf(labels({ app: 'one' })), ['fd00::1']);
    assert.equal(peersOf(everything), ['10.0.0.1 10.0.0.5 fd00::1']);
  });
});

describe('pods with the address of a node', (test) => {
  const told = (pods: readonly ReturnType<typeof pod>[]): readonly string[] => {
    const world = snapshot(pods, { a: {} }, { n1: ['192.168.0.1', 'fd00::1'], n2: ['192.168.0.2'] });
    return createCompiler({ policies: [], snapshot: world, clusterPolicies: [], skippedByKind: new Map() })
      .ir({ kind: 'node', name: 'n1' })
      .diagnostics.map(({ code, severity, message }) => `${severity} ${code}: ${message}`);
  };
  test('are told of, and compiled: no rule on the node holds what its own stack receives (NP3020)', () => {
    assert.equal(told([pod('a/lent', { ips: ['192.168.0.2'] }), pod('a/other', { ips: ['10.0.0.1'] })]), [
      'warning NP3020: pod `a/lent` has 192.168.0.2, which is the address of node `n2`',
    ]);
    assert.equal(told([pod('a/six', { ips: ['10.0.0.1', 'fd00::1'] })]), [
      'warning NP3020: pod `a/six` has fd00::1, which is the address of node `n1`',
    ]);
  });
  test('pods on the network of their node have its address by right', () => {
    const onHost = { ...pod('a/host', { ips: ['192.168.0.1'], live: false }), hostNetwork: true };
    assert.equal(told([onHost]), []);
  });
});

describe('namespaces without an object (S-302, S-303)', (test) => {
  const partial = snapshot([pod('a/db', { ips: ['10.0.0.1'] }), pod('b/web', { ips: ['10.0.0.2'] })], { a: {} });
  const allowing = (namespaceSelector: typeof everything): NetworkPolicy =>
    policy('a/p', { ingress: [rule([podPeer(everything, namespaceSelector)], null)] });
  const notX = { requirements: [{ key: 'team', operator: 'NotIn', values: ['x'] }] } as const;
  const outcome = (
    selector: typeof everything,
    allowIncomplete: boolean,
  ): ReturnType<ReturnType<typeof createCompiler>['ir']> =>
    createCompiler(
      { policies: [allowing(selector)], snapshot: partial, clusterPolicies: [], skippedByKind: new Map() },
      { ...defaultCompileOptions, allowIncomplete },
    ).ir({ kind: 'snapshot' });

  test('a selector that asks for its labels fails the compile', () => {
    const { value, diagnostics } = outcome(notX, false);
    assert.is(value, null);
    assert.equal(
      diagnostics.map(({ code, severity }) => [code, severity]),
      [['NP3002', 'error']],
    );
  });
  test('with --allow-incomplete it matches nothing there, and says so', () => {
    const { value, diagnostics } = outcome(notX, true);
    assert.equal(
      diagnostics.map(({ code, severity }) => [code, severity]),
      [['NP3002', 'warning']],
    );
    assert.equal(table(must(value), 'a/db', 'ingress'), ['10.0.0.1']);
  });
  test('a peer that selects no pod there needs no answer', () => {
    const nobody = podPeer(labels({ app: 'nobody' }), notX);
    for (const policies of [
      [policy('a/p', { ingress: [rule([nobody], null)] })],
      [policy('a/p', { egress: [rule([nobody], null)] })],
    ]) {
      const compiler = createCompiler({ policies, snapshot: partial, clusterPolicies: [], skippedByKind: new Map() });
      assert.equal(compiler.ir({ kind: 'snapshot' }).diagnostics, []);
    }
  });
  test('peers of egress rules are asked as well', () => {
    const policies = [policy('a/p', { egress: [rule([podPeer(everything, notX)], null)] })];
    const compiler = createCompiler({ policies, snapshot: partial, clusterPolicies: [], skippedByKind: new Map() });
    assert.equal(
      compiler.diagnostics.map(({ code }) => code),
      ['NP3002'],
    );
  });
  test('the empty selector and the name label are still decided', () => {
    assert.equal(table(must(outcome(everything, false).value), 'a/db', 'ingress'), ['10.0.0.1-10.0.0.2']);
    const byName = labels({ 'kubernetes.io/metadata.name': 'b' });
    assert.equal(table(must(outcome(byName, false).value), 'a/db', 'ingress'), ['10.0.0.2']);
    const otherName = {
      requirements: [...labels({ 'kubernetes.io/metadata.name': 'c' }).requirements, ...notX.requirements],
    };
    assert.equal(outcome(otherName, false).diagnostics, []);
  });
});
