import * as assert from 'uvu/assert';
import { createCompiler } from '../../../src/compile.ts';
import { addressSetId, profileId } from '../../../src/ir/ids.ts';
import type { Ir, NamedAddressSet, PortRow, Profile } from '../../../src/ir/ir.ts';
import { formatIPv4 } from '../../../src/net/address.ts';
import type { NetworkPolicy } from '../../../src/policy/network-policy.ts';
import type { EbpfPlan } from '../../../targets/ebpf/ebpf-plan.ts';
import { planEbpf } from '../../../targets/ebpf/plan.ts';
import { portPrefixes } from '../../../targets/ebpf/port-prefixes.ts';
import { field, ipBlock, labels, pod, podPeer, policy, port, rule, snapshot } from '../../kit/build.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { planned, setOf, table, type Given } from './tables.ts';

const cluster = snapshot(
  [
    pod('prod/api-0', { labels: { name: 'api' }, ips: ['10.0.0.9', 'fd00::9'], workload: 'api' }),
    pod('prod/db-0', { labels: { role: 'db' }, ips: ['10.0.0.7', 'fd00::7'], workload: 'db' }),
    pod('prod/far', { labels: { role: 'far' }, ips: ['10.0.1.1'], node: 'n2' }),
  ],
  { prod: {} },
);

const db = labels({ role: 'db' });
const fromApi = podPeer(labels({ name: 'api' }));
const plan = (policies: readonly NetworkPolicy[], more: Partial<Given> = {}): EbpfPlan =>
  planned({ policies, snapshot: cluster, scope: { kind: 'node', name: 'n1' }, ...more });
const flags = (given: EbpfPlan): string | undefined => table(given, 'config')[0]?.split(' ')[3];

describe('the ebpf plan', (test) => {
  test('without policies only the config is there, and nothing is restricted', () => {
    const empty = plan([]);
    assert.equal(
      empty.maps.map(({ layout, entries }) => `${layout.name} ${entries}`),
      [
        ...['config 1', 'endpoints4 0', 'endpoints6 0', 'profiles 0', 'ports 0'],
        ...['peers4 0', 'peers6 0', 'blocks4 0', 'blocks6 0', 'members 0'],
      ],
    );
    assert.is(flags(empty), '0');
  });
  test('the config has version 1, the flags, and the digest in ASCII with zeros behind it', () => {
    const { keys, values } = must(plan([policy('prod/p', { subject: db, ingress: [] })]).maps[0]);
    assert.equal([...keys], [0, 0, 0, 0]);
    assert.equal([...values.subarray(0, 8)], [1, 0, 0, 0, 4, 0, 0, 0]);
    assert.match(Buffer.from(values.subarray(8, 34)).toString('latin1'), /^[a-z2-7]{26}$/);
    assert.equal([...values.subarray(34)], [0, 0, 0, 0, 0, 0]);
  });
  test('options are flags (S-604, S-431 d)', () => {
    const isolated = [policy('prod/p', { subject: db, egress: [] })];
    assert.is(flags(plan(isolated)), '4');
    assert.is(flags(plan(isolated, { semantics: { icmpEcho: true } })), '5');
    assert.is(flags(plan(isolated, { semantics: { allowEgressToOwnNode: true } })), '6');
    assert.is(flags(plan([], { semantics: { icmpEcho: true } })), '1');
  });
  test('a restricted endpoint has one number at each of its addresses, and a profile for each direction', () => {
    const ingress = plan([policy('prod/p', { subject: db, ingress: [] })]);
    assert.equal(table(ingress, 'endpoints4'), ['10.0.0.7 → 1 0 1']);
    assert.equal(table(ingress, 'endpoints6'), ['fd00::7 → 1 0 1']);
    const egress = plan([policy('prod/p', { subject: db, egress: [] })]);
    assert.equal(table(egress, 'endpoints4'), ['10.0.0.7 → 1 1 0']);
  });
  test('endpoints that share a profile share its number', () => {
    const both = plan([policy('prod/p', { ingress: [] })]);
    assert.equal(table(both, 'endpoints4'), ['10.0.0.7 → 2 0 1', '10.0.0.9 → 1 0 1']);
    assert.equal(table(both, 'profiles'), ['1 → 0']);
    assert.equal([table(both, 'ports'), table(both, 'members')], [[], []]);
  });
  test('peers on a port are the members of the row’s set, in both families', () => {
    const given = plan([policy('prod/p', { subject: db, ingress: [rule([fromApi], [port('TCP', 3306)])] })]);
    assert.equal(table(given, 'ports'), ['1 6 3306/16 → 1']);
    assert.equal(table(given, 'peers4'), ['10.0.0.9 → 1']);
    assert.equal(table(given, 'peers6'), ['fd00::9 → 1']);
    assert.equal(table(given, 'members'), ['1 1 → 1']);
    assert.equal(table(given, 'profiles'), ['1 → 0']);
  });
  test('peers on everything are the set of the profile itself', () => {
    const given = plan([policy('prod/p', { subject: db, ingress: [rule([ipBlock('10.9.0.0/16')], null)] })]);
    assert.equal(table(given, 'profiles'), ['1 → 1']);
    assert.equal(table(given, 'ports'), []);
    assert.equal(table(given, 'blocks4'), ['10.9.0.0/16 → 1']);
    assert.equal([table(given, 'peers4'), table(given, 'blocks6')], [[], []]);
  });
  test('everybody of one family is a prefix of length 0 (S-426)', () => {
    const given = plan([policy('prod/p', { subject: db, ingress: [rule([ipBlock('::/0')], [port('UDP', 53)])] })]);
    assert.equal(table(given, 'blocks6'), ['::/0 → 1']);
    assert.equal(table(given, 'blocks4'), []);
  });
  test('an exception is a single without members, or with those of others', () => {
    const except = rule([ipBlock('10.0.0.0/8', '10.0.0.9/32')], [port('TCP', 80)]);
    const alone = plan([policy('prod/p', { subject: db, ingress: [except] })]);
    assert.equal(table(alone, 'peers4'), ['10.0.0.9 → 0']);
    assert.equal(table(alone, 'blocks4'), ['10.0.0.0/8 → 1']);
    const other = rule([fromApi], [port('TCP', 443)]);
    const both = plan([policy('prod/p', { subject: db, ingress: [except, other] })]);
    const [only443] = table(both, 'peers4');
    assert.match(must(only443), /^10\.0\.0\.9 → [12]$/);
    assert.is(table(both, 'members').length, 2);
  });
  test('ports are sorted by profile, protocol number and port; a whole protocol is one entry', () => {
    const ports = [port('UDP', 0, 65535), port('SCTP', 90), port('TCP', 443), port('TCP', 80, 81)];
    const given = plan([policy('prod/p', { subject: db, ingress: [rule([fromApi], ports)] })]);
    assert.equal(table(given, 'ports'), ['1 6 80/15 → 1', '1 6 443/16 → 1', '1 17 0/0 → 1', '1 132 90/16 → 1']);
  });
  test('protocols without ports are protocol 0', () => {
    // Policies cannot say this; other sources of rules can.
    const own = setOf('10.0.0.9');
    const ir = handMade([['OTHER', own]]);
    const given = must(planEbpf(ir, { version: 'x', switches: new Set() }).value);
    assert.equal(table(given, 'ports'), ['1 0 0/0 → 1']);
  });
  test('nothing of what cannot touch the node’s pods is in its plan (P-8)', () => {
    const here = policy('prod/p', { subject: db, ingress: [rule([fromApi], [port('TCP', 3306)])] });
    const there = policy('prod/q', {
      subject: labels({ role: 'far' }),
      ingress: [rule([ipBlock('10.8.0.0/16')], null)],
    });
    assert.equal(plan([here, there]), plan([here]));
  });
  test('equal meaning gives the same generation, whatever the policies are called; another meaning another one', () => {
    const ports = [port('TCP', 80), port('TCP', 81)];
    const one = plan([policy('prod/p', { subject: db, ingress: [rule([fromApi], ports)] })]);
    const two = plan([
      policy('prod/z', { subject: db, ingress: [rule([fromApi], [port('TCP', 81)])] }),
      policy('prod/a', { subject: db, ingress: [rule([fromApi], [port('TCP', 80)])] }),
    ]);
    assert.equal(two.maps, one.maps);
    assert.is(two.generation, one.generation);
    assert.match(one.generation, /^[0-9a-f]{16}$/);
    const other = plan([policy('prod/p', { subject: db, ingress: [rule([fromApi], [port('TCP', 80)])] })]);
    assert.is.not(other.generation, one.generation);
  });
  test('the legend says what numbers stand for, in text that ends no comment', () => {
    const at = field('spec.ingress[0]', 7);
    const { legend, header } = plan([
      policy('prod/p', { subject: db, ingress: [rule([fromApi], [port('TCP', 80)], at)] }),
    ]);
    assert.equal(header, ['netpolc 1.2.3 - node n1', '2 endpoints, 1 of them restricted, 1 profile']);
    assert.equal(legend, [
      'endpoint 1 = prod/db-0',
      'profile 1 = ingress, isolated by prod/p podSelector test.yaml:1',
      'profile 1 TCP 80 from set 1: prod/p ingress[0] test.yaml:7',
      'set 1 = prod/api',
    ]);
    const hostile = planned({
      policies: [policy('prod/p', { ingress: [] })],
      snapshot: snapshot([pod('prod/x\nmap delete \\', { ips: ['10.0.0.1'] })], { prod: {} }),
    });
    assert.is(hostile.legend[0], 'endpoint 1 = prod/x_map delete _');
  });
  test('more entries than there is room for are an error that names a policy, and no plan (NP5001)', () => {
    // Set n is the first n addresses of a block: 2,100 identities in 1,050 sets each on average.
    const rows = Array.from(
      { length: 2100 },
      (_, n) => ['TCP', setOf(`10.0.0.0-${formatIPv4(0x0a000000 + n)}`)] as const,
    );
    const { value, diagnostics } = planEbpf(handMade(rows), { version: 'x', switches: new Set() });
    assert.is(value, null);
    assert.equal(
      diagnostics.map(({ code, message, span }) => [code, message, span?.source.line]),
      [
        [
          'NP5001',
          'ebpf cannot express this: 2206050 map entries (most of them in `members`) are needed and 2097152 are possible',
          4,
        ],
      ],
    );
  });
});

describe('port prefixes', (test) => {
  const texts = (first: number, last: number): readonly string[] =>
    portPrefixes(first, last).map((prefix) => `${prefix.port}/${prefix.length}`);
  test('one port, all ports, and ranges that are prefixes are one', () => {
    assert.equal(texts(80, 80), ['80/16']);
    assert.equal(texts(0, 65535), ['0/0']);
    assert.equal(texts(1024, 2047), ['1024/6']);
    assert.equal(texts(32768, 65535), ['32768/1']);
    assert.equal(texts(65535, 65535), ['65535/16']);
  });
  test('others are cut where bits end', () => {
    assert.equal(texts(1000, 1005), ['1000/14', '1004/15']);
    assert.equal(texts(0, 79), ['0/10', '64/12']);
    assert.is(texts(1, 65535).length, 16);
    assert.is(texts(1, 65534).length, 30);
  });
});

/** An IR of one endpoint whose ports 0, 1, … (or OTHER) have these sets of peers. */
function handMade(rows: readonly (readonly ['TCP' | 'OTHER', ReturnType<typeof setOf>])[]): Ir {
  const { ir } = createCompiler({
    policies: [policy('prod/p', { subject: db, ingress: [] })],
    snapshot: cluster,
    clusterPolicies: [],
    skippedByKind: new Map(),
  });
  const base = must(ir({ kind: 'node', name: 'n1' }).value);
  const origins = [{ policy: 'prod/p', path: 'spec.ingress[0]', span: field('', 4).span }];
  const empty = setOf();
  const portRows = rows.map(([transport, peers], index): PortRow => {
    const [first, last] = transport === 'OTHER' ? [0, 65535] : [index, index];
    return { transport, first, last, peers: addressSetId(peers), origins };
  });
  const id = profileId('ingress', addressSetId(empty), portRows);
  const profile: Profile = { id, direction: 'ingress', every: addressSetId(empty), rows: portRows, origins: [] };
  const sets = [empty, ...rows.map(([, peers]) => peers)].map((addresses): NamedAddressSet => ({
    id: addressSetId(addresses),
    addresses,
    label: 'mixed',
  }));
  return {
    ...base,
    endpoints: base.endpoints.map((endpoint) => (endpoint.ingress === null ? endpoint : { ...endpoint, ingress: id })),
    profileById: new Map([[id, profile]]),
    addressSetById: new Map(sets.sort((a, b) => (a.id < b.id ? -1 : 1)).map((set) => [set.id, set])),
  };
}
