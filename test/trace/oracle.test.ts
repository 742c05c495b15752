// What the vectors of section 15 leave out.
import * as assert from 'uvu/assert';
import { defaultSemantics } from '../../src/net/semantics-options.ts';
import { everything, type LabelSelector, type Requirement } from '../../src/policy/label-selector.ts';
import type { NetworkPolicy } from '../../src/policy/network-policy.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { createOracle } from '../../src/trace/oracle.ts';
import { ipBlock, labels, namedPort, pod, podPeer, policy, port, rule, snapshot } from '../kit/build.ts';
import { describe } from '../kit/suite.ts';
import { question } from './question.ts';

const verdict = (
  policies: readonly NetworkPolicy[],
  world: Snapshot,
  ...asked: Parameters<typeof question>
): 'allow' | 'deny' =>
  createOracle({ policies, clusterPolicies: [], snapshot: world }, defaultSemantics)(question(...asked));

const nameLabel = 'kubernetes.io/metadata.name';
const selector = (...requirements: Requirement[]): LabelSelector => ({ requirements });

describe('blocks', (test) => {
  const world = snapshot([pod('a/db', { ips: ['10.0.0.1', 'fd00::1'] })], { a: {} });
  const cases: readonly (readonly [cidr: string, except: string[], from: string, expected: 'allow' | 'deny'])[] = [
    ['10.1.0.0/31', [], '10.0.255.255', 'deny'],
    ['10.1.0.0/31', [], '10.1.0.0', 'allow'],
    ['10.1.0.0/31', [], '10.1.0.1', 'allow'],
    ['10.1.0.0/31', [], '10.1.0.2', 'deny'],
    ['0.0.0.0/0', [], '0.0.0.0', 'allow'],
    ['0.0.0.0/0', [], '255.255.255.255', 'allow'],
    ['128.0.0.0/1', [], '127.255.255.255', 'deny'],
    ['255.255.255.255/32', [], '255.255.255.255', 'allow'],
    ['10.0.0.0/8', ['10.2.0.0/16', '10.2.3.0/24', '10.3.0.0/16'], '10.2.3.4', 'deny'],
    ['10.0.0.0/8', ['10.2.0.0/16', '10.2.3.0/24', '10.3.0.0/16'], '10.3.255.255', 'deny'],
    ['10.0.0.0/8', ['10.2.0.0/16', '10.2.3.0/24', '10.3.0.0/16'], '10.4.0.0', 'allow'],
    ['10.0.0.0/31', ['10.0.0.0/32', '10.0.0.1/32'], '10.0.0.0', 'deny'],
  ];
  const cases6: typeof cases = [
    ['::/0', [], 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'allow'],
    ['2001:db8::/33', [], '2001:db8:7fff:ffff:ffff:ffff:ffff:ffff', 'allow'],
    ['2001:db8::/33', [], '2001:db8:8000::', 'deny'],
    ['2001:db8::/127', [], '2001:db8::1', 'allow'],
    ['2001:db8::/127', [], '2001:db8::2', 'deny'],
    ['2001:db8::/32', ['2001:db8::/64'], '2001:db8::ffff:0:0:0', 'deny'],
    ['2001:db8::/32', ['2001:db8::/64'], '2001:db8:0:1::', 'allow'],
    ['0.0.0.0/0', [], '2001:db8::1', 'deny'],
  ];
  for (const [cidr, except, from, expected] of [...cases, ...cases6]) {
    test(`${cidr} except [${except.join(' ')}] and ${from}: ${expected} (S-243, S-247, S-426)`, () => {
      const policies = [policy('a/p', { ingress: [rule([ipBlock(cidr, ...except)], null)] })];
      assert.is(verdict(policies, world, from, from.includes(':') ? 'fd00::1' : '10.0.0.1'), expected);
    });
  }
  test('an exception says nothing about the other peers of its rule (S-246)', () => {
    const peers = [ipBlock('10.0.0.0/8', '10.2.0.0/16'), ipBlock('10.2.3.4')];
    const policies = [policy('a/p', { ingress: [rule(peers, null)] })];
    assert.is(verdict(policies, world, '10.2.3.4', '10.0.0.1'), 'allow');
    assert.is(verdict(policies, world, '10.2.3.5', '10.0.0.1'), 'deny');
  });
});

describe('named ports', (test) => {
  const world = snapshot(
    [
      pod('a/client', { labels: { app: 'client' }, ips: ['10.0.0.1'] }),
      pod('a/old', { ips: ['10.0.0.2'], live: false, ports: [['dns', 'TCP', 53]] }),
      pod('b/one', {
        ips: ['10.0.1.1'],
        ports: [
          ['dns', 'TCP', 53],
          ['dns', 'TCP', 5353],
          ['dns', 'UDP', 1053],
        ],
      }),
      pod('b/two', { ips: ['10.0.1.2'], ports: [['DNS', 'TCP', 53]] }),
    ],
    { a: {}, b: {} },
  );
  const out = (peers: Parameters<typeof rule>[0], protocol: 'TCP' | 'UDP' = 'TCP'): NetworkPolicy[] => [
    policy('a/p', { egress: [rule(peers, [namedPort(protocol, 'dns')])] }),
  ];
  test('all numbers that a pod gives a name count (S-253)', () => {
    assert.is(verdict(out(null), world, '10.0.0.1', '10.0.1.1', 'TCP 53'), 'allow');
    assert.is(verdict(out(null), world, '10.0.0.1', '10.0.1.1', 'TCP 5353'), 'allow');
  });
  test('but only those of the protocol (S-251)', () => {
    assert.is(verdict(out(null), world, '10.0.0.1', '10.0.1.1', 'TCP 1053'), 'deny');
    assert.is(verdict(out(null), world, '10.0.0.1', '10.0.1.1', 'UDP 1053'), 'deny');
    assert.is(verdict(out(null, 'UDP'), world, '10.0.0.1', '10.0.1.1', 'UDP 1053'), 'allow');
  });
  test('names differ by case (S-251)', () =>
    assert.is(verdict(out(null), world, '10.0.0.1', '10.0.1.2', 'TCP 53'), 'deny'));
  test('a block and a name meet only in live pods that declare it (S-255)', () => {
    const block = out([ipBlock('10.0.0.0/16')]);
    assert.is(verdict(block, world, '10.0.0.1', '10.0.1.1', 'TCP 53'), 'allow');
    assert.is(verdict(block, world, '10.0.0.1', '10.0.0.2', 'TCP 53'), 'deny', 'a finished pod');
    assert.is(verdict(block, world, '10.0.0.1', '10.0.0.9', 'TCP 53'), 'deny', 'no pod');
    assert.is(verdict(out([ipBlock('10.0.0.0/24')]), world, '10.0.0.1', '10.0.1.1', 'TCP 53'), 'deny', 'outside');
  });
  test('a node has no port names (S-255)', () =>
    assert.is(verdict(out(null), world, '10.0.0.1', '192.0.2.7', 'TCP 53', { destination: 'n1' }), 'deny'));
});

describe('namespaces without an object', (test) => {
  const world = snapshot(
    [pod('a/db', { ips: ['10.0.0.1'] }), pod('b/web', { labels: { app: 'web' }, ips: ['10.0.1.1'] })],
    { a: {} },
  );
  const is = (operator: 'In' | 'NotIn', ...values: string[]): Requirement => ({ key: nameLabel, operator, values });
  const cases: readonly (readonly [why: string, namespaceSelector: LabelSelector, expected: 'allow' | 'deny'])[] = [
    ['the empty selector is decided', everything, 'allow'],
    ['the name is decided', selector(is('In', 'b')), 'allow'],
    ['another name is decided', selector(is('In', 'c')), 'deny'],
    ['a negated name is decided', selector(is('NotIn', 'a')), 'allow'],
    ['the name label exists everywhere', selector({ key: nameLabel, operator: 'Exists', values: [] }), 'allow'],
    ['an absent label is unknown', selector({ key: 'team', operator: 'DoesNotExist', values: [] }), 'deny'],
    ['NotIn is unknown', selector({ key: 'team', operator: 'NotIn', values: ['x'] }), 'deny'],
    [
      'a decided name does not decide the rest',
      selector(is('In', 'b'), { key: 'team', operator: 'NotIn', values: ['x'] }),
      'deny',
    ],
  ];
  for (const [why, namespaceSelector, expected] of cases) {
    test(`${why}: ${expected} (S-302, S-303)`, () => {
      const policies = [policy('a/p', { ingress: [rule([podPeer(everything, namespaceSelector)], null)] })];
      assert.is(verdict(policies, world, '10.0.1.1', '10.0.0.1'), expected);
    });
  }
  test('its own policies select its pods all the same (S-302)', () => {
    const policies = [policy('b/p', { subject: labels({ app: 'web' }), ingress: [rule([podPeer(everything)], null)] })];
    assert.is(verdict(policies, world, '10.0.0.1', '10.0.1.1'), 'deny');
  });
});

describe('addresses that several pods claim (S-323)', (test) => {
  const contested = snapshot(
    [
      pod('a/one', { labels: { app: 'one' }, ips: ['10.0.0.1', '10.0.0.3'], ports: [['http', 'TCP', 80]] }),
      pod('a/two', {
        labels: { app: 'two' },
        ips: ['10.0.0.1', '10.0.0.2'],
        node: 'n2',
        ports: [
          ['http', 'TCP', 80],
          ['http', 'TCP', 8080],
        ],
      }),
      pod('a/web', { labels: { app: 'web' }, ips: ['10.0.0.5'] }),
    ],
    { a: {} },
  );
  const onlyOne = policy('a/one', { subject: labels({ app: 'one' }), ingress: [rule([ipBlock('10.0.0.5')], null)] });
  const onlyTwo = policy('a/two', { subject: labels({ app: 'two' }), ingress: [rule(null, [port('TCP', 80)])] });
  test('one isolated claimant is enough to isolate it', () => {
    assert.is(verdict([onlyOne], contested, '203.0.113.9', '10.0.0.1'), 'deny');
    assert.is(verdict([onlyOne], contested, '203.0.113.9', '10.0.0.2'), 'allow', 'an address of `two` alone');
  });
  test('a connection must be allowed for every claimant', () => {
    assert.is(verdict([onlyOne, onlyTwo], contested, '10.0.0.5', '10.0.0.1', 'TCP 80'), 'allow');
    assert.is(verdict([onlyOne, onlyTwo], contested, '10.0.0.5', '10.0.0.1', 'TCP 81'), 'deny');
    assert.is(verdict([onlyOne, onlyTwo], contested, '10.0.0.6', '10.0.0.1', 'TCP 80'), 'deny');
  });
  test('as source, too', () => {
    const closed = policy('a/two', { subject: labels({ app: 'two' }), egress: [] });
    assert.is(verdict([closed], contested, '10.0.0.1', '203.0.113.9'), 'deny');
  });

  const toPeers = (...selectors: LabelSelector[]): NetworkPolicy =>
    policy('a/p', {
      subject: labels({ app: 'web' }),
      egress: [
        rule(
          selectors.map((each) => podPeer(each)),
          null,
        ),
      ],
    });
  test('a selector peer must match every claimant, and alone', () => {
    assert.is(verdict([toPeers(labels({ app: 'one' }))], contested, '10.0.0.5', '10.0.0.1'), 'deny');
    assert.is(verdict([toPeers(everything)], contested, '10.0.0.5', '10.0.0.1'), 'allow');
    const each = toPeers(labels({ app: 'one' }), labels({ app: 'two' }));
    assert.is(verdict([each], contested, '10.0.0.5', '10.0.0.1'), 'deny');
    assert.is(verdict([each], contested, '10.0.0.5', '10.0.0.2'), 'allow');
  });
  test('a named port must mean the number on every claimant', () => {
    const named = policy('a/p', { subject: labels({ app: 'web' }), egress: [rule(null, [namedPort('TCP', 'http')])] });
    assert.is(verdict([named], contested, '10.0.0.5', '10.0.0.1', 'TCP 80'), 'allow');
    assert.is(verdict([named], contested, '10.0.0.5', '10.0.0.1', 'TCP 8080'), 'deny');
    assert.is(verdict([named], contested, '10.0.0.5', '10.0.0.2', 'TCP 8080'), 'allow');
  });
  test('it has an own node only when all its claimants are there', () => {
    const deny = policy('a/deny', { ingress: [] });
    assert.is(verdict([deny], contested, '192.0.2.1', '10.0.0.1', 'TCP 80', { source: 'n1' }), 'deny');
    assert.is(verdict([deny], contested, '192.0.2.2', '10.0.0.2', 'TCP 80', { source: 'n2' }), 'allow');
  });
  test('it reaches itself, but a claimant’s other address is not certainly the same pod', () => {
    const deny = policy('a/deny', { ingress: [] });
    assert.is(verdict([deny], contested, '10.0.0.1', '10.0.0.1'), 'allow');
    for (const other of ['10.0.0.2', '10.0.0.3']) {
      assert.is(verdict([deny], contested, '10.0.0.1', other), 'deny');
      assert.is(verdict([deny], contested, other, '10.0.0.1'), 'deny');
    }
  });
});

describe('nodes and loops', (test) => {
  const world = snapshot(
    [
      pod('a/db', { ips: ['10.0.0.1', '10.0.0.9', 'fd00::1'], node: 'n1' }),
      { ...pod('a/pending', { ips: ['10.0.0.3'] }), node: null },
    ],
    { a: {} },
    { n1: ['192.0.2.1'], n2: ['192.0.2.2'] },
  );
  const closed = [policy('a/p', { ingress: [], egress: [] })];
  test('egress to the own node is judged like any other (S-604)', () =>
    assert.is(verdict(closed, world, '10.0.0.1', '192.0.2.1', 'TCP 80', { destination: 'n1' }), 'deny'));
  test('unless the option lets it pass, for the own node only', () => {
    const oracle = createOracle(
      { policies: closed, clusterPolicies: [], snapshot: world },
      { ...defaultSemantics, allowEgressToOwnNode: true },
    );
    assert.is(oracle(question('10.0.0.1', '192.0.2.1', 'TCP 80', { destination: 'n1' })), 'allow');
    assert.is(oracle(question('10.0.0.1', '192.0.2.2', 'TCP 80', { destination: 'n2' })), 'deny');
    assert.is(oracle(question('10.0.0.1', '192.0.2.1')), 'deny', 'an address is not enough to be the node');
  });
  test('a node’s address alone does not make the node (S-603)', () =>
    assert.is(verdict(closed, world, '192.0.2.1', '10.0.0.1'), 'deny'));
  test('a block on node addresses admits another node (S-605)', () => {
    const policies = [policy('a/p', { ingress: [rule([ipBlock('192.0.2.2')], null)] })];
    assert.is(verdict(policies, world, '192.0.2.2', '10.0.0.1', 'TCP 80', { source: 'n2' }), 'allow');
  });
  test('a pod without a node has no own node', () => {
    assert.is(verdict(closed, world, '192.0.2.1', '10.0.0.3', 'TCP 80', { source: 'n1' }), 'deny');
    assert.is(verdict(closed, world, '203.0.113.9', '10.0.0.3'), 'deny', 'not even what comes from no node');
  });
  test('a pod reaches itself by another of its addresses (S-601)', () =>
    assert.is(verdict(closed, world, '10.0.0.1', '10.0.0.9'), 'allow'));
  test('outside addresses have no policies (S-506), not even towards themselves', () =>
    assert.is(verdict(closed, world, '203.0.113.9', '203.0.113.9'), 'allow'));
});
