import * as assert from 'uvu/assert';
import { createCompiler, defaultCompileOptions } from '../../../src/compile.ts';
import type { Scope } from '../../../src/ir/ir.ts';
import type { SemanticsOptions } from '../../../src/net/semantics-options.ts';
import type { NetworkPolicy } from '../../../src/policy/network-policy.ts';
import type { NftablesPlan, ProfileChain } from '../../../targets/nftables/nftables-plan.ts';
import { planNftables } from '../../../targets/nftables/plan.ts';
import { printNftables } from '../../../targets/nftables/print.ts';
import { field, ipBlock, labels, pod, podPeer, policy, port, rule, snapshot } from '../../kit/build.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';

const cluster = snapshot(
  [
    pod('prod/api-0', { labels: { name: 'api' }, ips: ['10.0.0.9', 'fd00::9'], workload: 'api' }),
    pod('prod/db-0', { labels: { role: 'db' }, ips: ['10.0.0.7', 'fd00::7'], workload: 'db' }),
    pod('prod/far', { labels: { role: 'far' }, ips: ['10.0.1.1'], node: 'n2' }),
  ],
  { prod: {} },
);

const planned = (
  policies: readonly NetworkPolicy[],
  semantics: Partial<SemanticsOptions> = {},
  scope: Scope = { kind: 'node', name: 'n1' },
): NftablesPlan => {
  const options = { ...defaultCompileOptions, semantics: { ...defaultCompileOptions.semantics, ...semantics } };
  const { ir } = createCompiler(
    { policies, snapshot: cluster, clusterPolicies: [], skippedByKind: new Map() },
    options,
  );
  return must(planNftables(must(ir(scope).value), { version: '1.2.3', switches: new Set() }).value);
};

const db = labels({ role: 'db' });
const fromApi = podPeer(labels({ name: 'api' }));
const only = (plan: NftablesPlan): ProfileChain => {
  assert.is(plan.profiles.length, 1);
  return must(plan.profiles[0]);
};

describe('the nftables plan', (test) => {
  test('without policies there is nothing to look up', () => {
    const plan = planned([]);
    assert.equal([plan.endpointMaps, plan.addressSets, plan.selfSets, plan.profiles], [[], [], [], []]);
    assert.is(plan.hooks.judgeOwnNode, false);
    assert.is(plan.hooks.dropLinkLocal, false);
  });
  test('an isolated endpoint is looked up by each of its addresses, in its direction only', () => {
    const plan = planned([policy('prod/p', { subject: db, ingress: [] })]);
    assert.equal(
      plan.endpointMaps.map(({ name, elements }) => [
        name,
        ...elements.map(({ address, note }) => `${address} ${note}`),
      ]),
      [
        ['ingress4', '10.0.0.7 prod/db-0'],
        ['ingress6', 'fd00::7 prod/db-0'],
      ],
    );
    assert.equal(plan.hooks.egress, []);
    assert.equal(plan.hooks.ingress, [
      { field: 'ip daddr', map: 'ingress4' },
      { field: 'ip6 daddr', map: 'ingress6' },
    ]);
    assert.equal(plan.selfSets.map(({ elements }) => elements).flat(), ['10.0.0.7 . 10.0.0.7', 'fd00::7 . fd00::7']);
  });
  test('an endpoint reaches each of its addresses from each of them, in one direction restricted or in both (S-601)', () => {
    const world = snapshot([pod('prod/two', { ips: ['10.0.0.1', '10.0.0.2', 'fd00::1'] })], { prod: {} });
    for (const isolated of [{ ingress: [] }, { egress: [] }, { ingress: [], egress: [] }]) {
      const policies = [policy('prod/p', isolated)];
      const { ir } = createCompiler({ policies, snapshot: world, clusterPolicies: [], skippedByKind: new Map() });
      const plan = must(
        planNftables(must(ir({ kind: 'snapshot' }).value), { version: '1.2.3', switches: new Set() }).value,
      );
      assert.equal(
        plan.selfSets.map(({ elements }) => elements),
        [
          ['10.0.0.1 . 10.0.0.1', '10.0.0.1 . 10.0.0.2', '10.0.0.2 . 10.0.0.1', '10.0.0.2 . 10.0.0.2'],
          ['fd00::1 . fd00::1'],
        ],
      );
    }
  });
  test('rows of protocols without ports are what is left beside TCP, UDP and SCTP', () => {
    // Policies cannot say this; other sources of rules can.
    const plan = planned([policy('prod/p', { subject: db, ingress: [rule([fromApi], [port('UDP', 1, 65535)])] })]);
    const profile = only(plan);
    const others = { ...profile, protocols: [{ protocol: null, chain: 'others' }] };
    const print = (profiles: readonly ProfileChain[]): string =>
      printNftables({ ...plan, profiles })[0]?.content.toString() ?? '';
    assert.match(print([profile]), /^ {4}meta l4proto udp goto in_prod_db_\w+_udp$/m);
    assert.match(print([others]), /^ {4}meta l4proto != \{ tcp, udp, sctp \} goto others$/m);
  });
  test('a port is one element of a hash; its peers are looked up in their own family', () => {
    const profile = only(planned([policy('prod/p', { subject: db, ingress: [rule([fromApi], [port('TCP', 3306)])] })]));
    assert.equal(profile.ports, [{ key: 'tcp . 3306', chain: `${profile.name}_tcp_3306` }]);
    assert.equal(profile.every, []);
    const [row] = profile.rows;
    assert.equal(
      row?.peers.map(({ field: side, match }) => [side, Object.keys(match)]),
      [
        ['ip saddr', ['set']],
        ['ip6 saddr', ['set']],
      ],
    );
  });
  test('egress looks at the destination', () => {
    const egress = [rule([fromApi], [port('TCP', 80)])];
    const profile = only(planned([policy('prod/p', { subject: db, egress })]));
    assert.equal(
      profile.rows[0]?.peers.map((peer) => peer.field),
      ['ip daddr', 'ip6 daddr'],
    );
    assert.ok(profile.name.startsWith('out_prod_db_'));
  });
  test('eight ports in a row are elements, nine are a range, all are the protocol', () => {
    const open = (first: number, last: number): ProfileChain =>
      only(planned([policy('prod/p', { subject: db, ingress: [rule([fromApi], [port('UDP', first, last)])] })]));
    assert.equal(open(10, 17).ports.length, 8);
    assert.equal(open(10, 17).portRanges, []);
    assert.equal(open(10, 18).ports, []);
    assert.equal(
      open(10, 18).portRanges.map(({ protocol, elements }) => [protocol, ...elements.map(({ key }) => key)]),
      [['udp', '10-18']],
    );
    assert.equal(
      open(1, 65535).protocols.map(({ protocol }) => protocol),
      ['udp'],
    );
    assert.equal([open(1, 65535).ports, open(1, 65535).portRanges], [[], []]);
  });
  test('a rule without ports allows every protocol by one lookup', () => {
    const profile = only(planned([policy('prod/p', { subject: db, ingress: [rule([ipBlock('10.9.0.0/16')], null)] })]));
    assert.equal(
      profile.every.map((peer) => peer.field),
      ['ip saddr'],
    );
    assert.equal([profile.rows, profile.ports, profile.protocols], [[], [], []]);
  });
  test('the whole of a family is matched without a set', () => {
    const profile = only(planned([policy('prod/p', { subject: db, ingress: [rule([ipBlock('0.0.0.0/0')], null)] })]));
    assert.equal(
      profile.every.map((peer) => peer.match),
      [{ nfproto: 'ipv4' }],
    );
  });
  test('rows of equal peers share a chain, and its comment names every policy', () => {
    const ingress = [
      rule([fromApi], [port('TCP', 80)], field('spec.ingress[0]', 7)),
      rule([fromApi], [port('TCP', 443)], field('spec.ingress[1]', 9)),
    ];
    const profile = only(planned([policy('prod/p', { subject: db, ingress })]));
    assert.equal(profile.rows.length, 1);
    assert.equal(profile.rows[0]?.notes, [
      'TCP 80, TCP 443',
      'prod/p ingress[0] test.yaml:7',
      'prod/p ingress[1] test.yaml:9',
    ]);
    assert.is(profile.rows[0]?.peers[0]?.comment, 'prod/p ingress[0] test.yaml:7 +1');
    assert.equal(new Set(profile.ports.map(({ chain }) => chain)).size, 1);
  });
  test('the refusal of a profile names the policies that isolate, for the kernel keeps no other comments', () => {
    const both = [policy('prod/p', { subject: db, ingress: [], line: 4 }), policy('prod/q', { ingress: [], line: 9 })];
    const plan = planned(both);
    assert.equal(
      plan.profiles.map(({ isolation }) => isolation),
      ['isolated by prod/p podSelector test.yaml:4 +1'],
    );
  });
  test('options reach the hooks (S-604, S-431 d)', () => {
    const isolated = [policy('prod/p', { subject: db, egress: [] })];
    assert.is(planned(isolated).hooks.judgeOwnNode, true);
    assert.is(planned(isolated, { allowEgressToOwnNode: true }).hooks.judgeOwnNode, false);
    assert.is(planned(isolated).hooks.icmpEcho, false);
    assert.is(planned(isolated, { icmpEcho: true }).hooks.icmpEcho, true);
  });
  test('nothing of what cannot touch the node’s pods is in its plan (P-8)', () => {
    const here = policy('prod/p', { subject: db, ingress: [rule([fromApi], [port('TCP', 3306)])] });
    const elsewhere = policy('prod/q', {
      subject: labels({ role: 'far' }),
      ingress: [rule([ipBlock('10.8.0.0/16')], null)],
    });
    assert.equal(planned([here, elsewhere]), planned([here]));
  });
  test('equal meaning gives equal plans, comments aside', () => {
    const one = [policy('prod/p', { subject: db, ingress: [rule([fromApi], [port('TCP', 80), port('TCP', 81)])] })];
    const two = [
      policy('prod/z', { subject: db, ingress: [rule([fromApi], [port('TCP', 81)])] }),
      policy('prod/a', { subject: db, ingress: [rule([fromApi], [port('TCP', 80)])] }),
    ];
    const withoutComments = (plan: NftablesPlan): unknown =>
      JSON.parse(JSON.stringify(plan), (key, value: unknown) =>
        ['notes', 'comment', 'isolation'].includes(key) ? null : value,
      );
    assert.equal(withoutComments(planned(two)), withoutComments(planned(one)));
  });
  test('two contents with one name are an error and no artifact (NP5002)', () => {
    const { ir } = createCompiler({
      policies: [policy('prod/p', { subject: db, ingress: [] })],
      snapshot: cluster,
      clusterPolicies: [],
      skippedByKind: new Map(),
    });
    const sound = must(ir({ kind: 'node', name: 'n1' }).value);
    const [profile] = [...sound.profileById.values()].map((each) => must(each));
    const like = (id: string): readonly [string, NonNullable<typeof profile>] => [id, { ...must(profile), id }];
    const [one, two] = [`${'a'.repeat(26)}${'b'.repeat(26)}`, `${'a'.repeat(26)}${'c'.repeat(26)}`];
    const colliding = { ...sound, profileById: new Map([like(one), like(two)]) };
    const outcome = planNftables(colliding, { version: 'test', switches: new Set() });
    assert.is(outcome.value, null);
    assert.equal(
      outcome.diagnostics.map(({ code }) => code),
      ['NP5002'],
    );
  });
});
