import * as assert from 'uvu/assert';
import type { Profile } from '../../../src/ir/ir.ts';
import { parseAddress } from '../../../src/net/address.ts';
import type { IptablesPlan } from '../../../targets/iptables/iptables-plan.ts';
import { planIptables } from '../../../targets/iptables/plan.ts';
import { field, ipBlock, labels, pod, podPeer, policy, port, rule, snapshot } from '../../kit/build.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { walk } from './walk.ts';
import { chainsOf, compiled, db, planned, planOf } from './worlds.ts';

const fromApi = podPeer(labels({ name: 'api' }));
const tcp80 = [rule([fromApi], [port('TCP', 80)])];

const comments = (plan: IptablesPlan): readonly string[] =>
  must(plan.rules[0]).chains.flatMap(({ rules }) => rules.flatMap(({ comment }) => comment ?? []));

describe('the iptables plan', (test) => {
  test('has both families and a header', () => {
    const plan = planned([]);
    assert.equal(
      plan.rules.map(({ family }) => family),
      ['IPv4', 'IPv6'],
    );
    assert.equal(plan.header, ['netpolc 1.2.3 - node n1', '2 endpoints, 0 of them restricted, 0 profiles']);
  });
  test('an isolated endpoint is found by each of its addresses, in its direction only', () => {
    const plan = planned([policy('prod/p', { subject: db, ingress: [] })]);
    assert.equal(chainsOf(plan, 'IPv4', 'I'), [
      ['-s 10.0.0.7/32 -d 10.0.0.7/32 -j RETURN', '-d 10.0.0.7/32 -g NPC1-P'],
    ]);
    assert.equal(chainsOf(plan, 'IPv6', 'I'), [
      ['-s fd00::7/128 -d fd00::7/128 -j RETURN', '-d fd00::7/128 -g NPC1-P'],
    ]);
    assert.equal([chainsOf(plan, 'IPv4', 'E'), chainsOf(plan, 'IPv6', 'E')], [[], []]);
    assert.equal(chainsOf(plan, 'IPv4', 'P'), [['-j DROP']]);
  });
  test('an endpoint reaches each of its addresses from each of them, in one direction restricted or in both (S-601)', () => {
    const world = snapshot([pod('prod/two', { ips: ['10.0.0.1', '10.0.0.2', 'fd00::1'] })], { prod: {} });
    const at = (text: string): NonNullable<ReturnType<typeof parseAddress>> => must(parseAddress(text));
    for (const isolated of [{ ingress: [] }, { egress: [] }, { ingress: [], egress: [] }]) {
      const plan = planned([policy('prod/p', isolated)], { world });
      const passes = (from: string, to: string): string =>
        walk(plan, 'forward', { source: at(from), destination: at(to), protocol: 'tcp', port: 80 }).verdict;
      for (const [from, to] of [
        ['10.0.0.1', '10.0.0.1'],
        ['10.0.0.1', '10.0.0.2'],
        ['10.0.0.2', '10.0.0.1'],
        ['10.0.0.2', '10.0.0.2'],
        ['fd00::1', 'fd00::1'],
      ] as const) {
        assert.is(passes(from, to), 'pass', `${from} -> ${to}`);
      }
      assert.is([passes('10.0.0.1', '10.0.0.3'), passes('10.0.0.3', '10.0.0.1')].includes('drop'), true);
    }
  });
  test('endpoints stand in the order of their addresses, many of them in a tree of ranges', () => {
    const pods = [...Array(9).keys()].map((index) => pod(`prod/p${9 - index}`, { ips: [`10.0.0.${index + 1}`] }));
    const plan = planned([policy('prod/p', { egress: [] })], { world: snapshot(pods, { prod: {} }) });
    const [root, ...bottoms] = chainsOf(plan, 'IPv4', 'E');
    assert.equal(root, [
      '-m iprange --src-range 10.0.0.1-10.0.0.4 -g NPC1-E',
      '-m iprange --src-range 10.0.0.5-10.0.0.9 -g NPC1-E',
    ]);
    assert.equal(
      bottoms.map((lines) => lines.length),
      [8, 10],
    );
    assert.is(bottoms[1]?.at(-1), '-s 10.0.0.9/32 -g NPC1-P');
  });
  test('a row is its ports, and a chain of its peers that refuses all others', () => {
    const plan = planned([policy('prod/p', { subject: db, ingress: tcp80 })]);
    assert.equal(chainsOf(plan, 'IPv4', 'P'), [['-p tcp -m multiport --dports 80 -g NPC1-R', '-j DROP']]);
    assert.equal(chainsOf(plan, 'IPv4', 'R'), [['-m set --match-set npc4s src -j RETURN', '-j DROP']]);
    assert.equal(chainsOf(plan, 'IPv6', 'R'), [['-m set --match-set npc6s src -j RETURN', '-j DROP']]);
    assert.equal(
      must(plan.sets).map(({ elements, note }) => [note, ...elements]),
      [
        ['prod/api', '10.0.0.9'],
        ['prod/api', 'fd00::9'],
      ],
    );
  });
  test('egress looks at the destination', () => {
    const plan = planned([policy('prod/p', { subject: db, egress: tcp80 })]);
    assert.equal(chainsOf(plan, 'IPv4', 'R'), [['-m set --match-set npc4s dst -j RETURN', '-j DROP']]);
  });
  test('peers of one family only leave nothing in the other but the refusal', () => {
    const plan = planned([
      policy('prod/p', { subject: db, ingress: [rule([ipBlock('10.9.0.0/16')], [port('TCP', 80)])] }),
    ]);
    assert.equal([chainsOf(plan, 'IPv6', 'P'), chainsOf(plan, 'IPv6', 'R')], [[['-j DROP']], []]);
  });
  test('a rule without ports allows every protocol, before all ports', () => {
    const everything = rule([ipBlock('10.9.0.0/16'), ipBlock('10.8.0.1/32')], null);
    const plan = planned([policy('prod/p', { subject: db, ingress: [everything, ...tcp80] })]);
    assert.equal(chainsOf(plan, 'IPv4', 'P'), [
      [
        '-m set --match-set npc4s src -j RETURN',
        '-m set --match-set npc4b src -j RETURN',
        '-p tcp -m multiport --dports 80 -g NPC1-R',
        '-j DROP',
      ],
    ]);
  });
  test('the whole of a family is allowed without a look at the address', () => {
    const all = ipBlock('0.0.0.0/0');
    const every = planned([policy('prod/p', { subject: db, ingress: [rule([all], null)] })]);
    assert.equal(
      [chainsOf(every, 'IPv4', 'P'), chainsOf(every, 'IPv6', 'P')],
      [[['-j RETURN', '-j DROP']], [['-j DROP']]],
    );
    const ports = planned([policy('prod/p', { subject: db, ingress: [rule([all], [port('TCP', 80)])] })]);
    assert.equal(chainsOf(ports, 'IPv4', 'P'), [['-p tcp -m multiport --dports 80 -j RETURN', '-j DROP']]);
    assert.equal(must(ports.sets), []);
  });
  test('protocols without ports are what is left when TCP, UDP and SCTP are refused', () => {
    // Policies cannot say this; other sources of rules can.
    const ir = compiled([policy('prod/p', { subject: db, ingress: [rule([fromApi], [port('UDP', 53)])] })]);
    const [id, profile] = must([...ir.profileById][0]);
    const other = { ...must(profile.rows[0]), transport: 'OTHER' as const, first: 0, last: 65535 };
    const changed: Profile = { ...profile, rows: [other, ...profile.rows] };
    const plan = planOf({ ...ir, profileById: new Map([[id, changed]]) });
    assert.equal(chainsOf(plan, 'IPv4', 'P'), [
      [
        '-p udp -m multiport --dports 53 -g NPC1-R',
        '-p sctp -j DROP',
        '-p tcp -j DROP',
        '-p udp -j DROP',
        '-g NPC1-R',
        '-j DROP',
      ],
    ]);
  });
  test('rows of equal peers share a chain, and its comment names every policy', () => {
    const ingress = [
      rule([fromApi], [port('TCP', 80)], field('spec.ingress[0]', 7)),
      rule([fromApi], [port('UDP', 443)], field('spec.ingress[1]', 9)),
    ];
    const plan = planned([policy('prod/p', { subject: db, ingress, line: 4 })]);
    const rows = must(plan.rules[0]).chains.filter(({ name }) => name.startsWith('NPC1-R'));
    assert.equal(
      rows.map(({ notes }) => notes),
      [['TCP 80, UDP 443', 'prod/p ingress[0] test.yaml:7', 'prod/p ingress[1] test.yaml:9']],
    );
    assert.equal(comments(plan).slice(1), [
      'prod/db-0',
      'isolated by prod/p podSelector test.yaml:4',
      'prod/p ingress[0] test.yaml:7 +1',
      'other peers on TCP 80, UDP 443, isolated by prod/p podSelector test.yaml:4',
    ]);
  });
  test('the first comment says which rules are loaded', () => {
    assert.match(must(comments(planned([]))[0]), /^netpolc ir:[a-z2-7]{26}$/);
  });
  test('comments are never longer than iptables keeps', () => {
    const long = 'x'.repeat(250);
    const at = {
      ...field('spec.ingress[0]'),
      span: { ...field('').span, source: { ...field('').span.source, name: long } },
    };
    const ingress = [
      rule(
        [fromApi],
        Array.from({ length: 100 }, (_, index) => port('TCP', 2 * index + 1)),
        at,
      ),
    ];
    const plan = planned([policy('prod/p', { subject: db, ingress })]);
    assert.ok(Math.max(...comments(plan).map(({ length }) => length)) <= 200);
  });
  test('without ipset, ranges are matched by rules', () => {
    const peers = [ipBlock('10.9.0.0/16', '10.9.1.0/24'), ipBlock('10.8.0.1/32'), ipBlock('fd01::/64')];
    const plan = planOf(compiled([policy('prod/p', { subject: db, egress: [rule(peers, null)] })]), 'no-ipset');
    assert.equal(chainsOf(plan, 'IPv4', 'P'), [
      [
        '-d 10.8.0.1/32 -j RETURN',
        '-d 10.9.0.0/24 -j RETURN',
        '-m iprange --dst-range 10.9.2.0-10.9.255.255 -j RETURN',
        '-j DROP',
      ],
    ]);
    assert.equal(chainsOf(plan, 'IPv6', 'P'), [['-d fd01::/64 -j RETURN', '-j DROP']]);
    assert.is(plan.sets, null);
  });
  test('nothing of what cannot touch the node’s pods is in its plan (P-8)', () => {
    const here = policy('prod/p', { subject: db, ingress: tcp80 });
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
    const withoutComments = (plan: IptablesPlan): unknown =>
      JSON.parse(JSON.stringify(plan), (key, value: unknown) => (['notes', 'comment'].includes(key) ? null : value));
    assert.equal(withoutComments(planned(two)), withoutComments(planned(one)));
  });
  test('another option, another name of what packets enter', () => {
    const policies = [policy('prod/p', { subject: db, egress: [] })];
    const names = [{}, { icmpEcho: true }, { allowEgressToOwnNode: true }].map((semantics) => {
      const { forward, input } = must(planned(policies, { semantics }).rules[0]);
      return [forward, input].join();
    });
    assert.is(new Set(names).size, 3);
  });
  test('two contents with one name are an error and no artifact (NP5002)', () => {
    const ir = compiled([policy('prod/p', { subject: db, ingress: tcp80 })]);
    const set = must(planOf(ir).sets?.[0]);
    // A book in which the name of a set was taken before.
    const taken = { claim: (name: string) => (name === set.name ? null : name) };
    const outcome = planIptables(ir, { version: 'test', switches: new Set() }, taken);
    assert.is(outcome.value, null);
    assert.equal(
      outcome.diagnostics.map(({ code }) => code),
      ['NP5002'],
    );
  });
});
