// Pods that no object stands for: what selectors of policies wait for.
import * as assert from 'uvu/assert';
import type { ClusterPolicy } from '../../src/policy/cluster-policy.ts';
import { everything } from '../../src/policy/label-selector.ts';
import type { NetworkPolicy, PodPeer } from '../../src/policy/network-policy.ts';
import { addStandIns } from '../../src/stand-ins/add-stand-ins.ts';
import { field, labels, pod, podPeer, policy, rule } from '../kit/build.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { selecting, standIn, template, texts, worldOf, type Written } from './worlds.ts';

const other = '(any other)/(any other)';
const nameLabel = 'kubernetes.io/metadata.name';
const allowing = (...peers: readonly PodPeer[]): NetworkPolicy => policy('a/p', { ingress: [rule(peers, null)] });
const guard = (subject: PodPeer, peer: PodPeer): ClusterPolicy => ({
  kind: 'ClusterNetworkPolicy',
  name: 'guard',
  tier: 'Admin',
  priority: 1,
  subject,
  ingress: [{ name: null, action: 'Deny', peers: [peer], ports: null, origin: field('spec.ingress[0]') }],
  egress: [],
  origin: field(''),
});
const future = (parts: Parameters<typeof standIn>[0]): readonly string[] => texts(standIn(parts, true).futurePods);

describe('future pods', (test) => {
  test('there is any other pod, and any other pod of each namespace with policies', () => {
    assert.equal(future({}), [other]);
    assert.equal(future({ policies: [policy('a/p', {}), policy('a/q', {}), policy('b/p', {})] }), [
      other,
      'a/(any other)',
      'b/(any other)',
    ]);
    const bare = pod('a/x', { ips: ['10.0.0.1'] });
    assert.equal(future({ pods: [bare], policies: [policy('a/p', {})] }), [other]);
    assert.equal(future({ templates: [template('a/x')], policies: [policy('a/p', {})] }), [other]);
    const labelled = pod('a/x', { ips: ['10.0.0.1'], labels: { k: 'v' } });
    assert.equal(future({ pods: [labelled], policies: [policy('a/p', {})] }), [other, 'a/(any other)']);
  });

  test('a subject and a peer that select nobody get a pod each in the policy’s namespace', () => {
    const db = policy('a/p', {
      subject: labels({ role: 'db' }),
      ingress: [rule([podPeer(labels({ role: 'api' }))], null)],
    });
    assert.equal(future({ policies: [db] }), [other, 'a/(any other)', 'a/(role=api) role=api', 'a/(role=db) role=db']);
    const there = [pod('a/x', { ips: ['10.0.0.1'], labels: { role: 'db', tier: '1' } })];
    const templates = [template('a/y', { role: 'api' })];
    assert.equal(future({ policies: [db], pods: there, templates }), [other, 'a/(any other)']);
    const elsewhere = [pod('b/x', { ips: ['10.0.0.1'], labels: { role: 'db' } })];
    assert.equal(future({ policies: [db], pods: elsewhere, templates }), [
      other,
      'a/(any other)',
      'a/(role=db) role=db',
    ]);
    const finished = [pod('a/x', { ips: ['10.0.0.1'], labels: { role: 'db' }, live: false })];
    assert.ok(future({ policies: [db], pods: finished }).includes('a/(role=db) role=db'));
  });

  test('peers of egress count, those of a direction that is not among the types do not exist', () => {
    const egress = policy('a/p', { egress: [rule([podPeer(labels({ role: 'db' }))], null), rule(null, null)] });
    assert.equal(future({ policies: [egress] }), [other, 'a/(any other)', 'a/(role=db) role=db']);
  });

  test('a pod bears the labels that its selector asks for and no others', () => {
    const one = (...of: readonly Written[]): readonly string[] =>
      future({ policies: [allowing(podPeer(selecting(...of)))] }).slice(1);
    assert.equal(one(['b', 'In', 'x', 'y'], ['a', 'In', 'z']), ['a/(a=z,b=x) a=z,b=x', 'a/(any other)']);
    assert.equal(one(['a', 'Exists'], ['b', 'DoesNotExist'], ['c', 'NotIn', 'x']), ['a/(a) a=any', 'a/(any other)']);
    assert.equal(one(['a', 'Exists'], ['a', 'NotIn', 'any', 'any-2']), ['a/(a) a=any-3', 'a/(any other)']);
    assert.equal(one(['a', 'In', '']), ['a/(a=) a=', 'a/(any other)']);
    assert.equal(one(['a', 'In', 'x', 'y'], ['a', 'In', 'y', 'z']), ['a/(a=y) a=y', 'a/(any other)']);
    assert.equal(one(['a', 'In', 'x', 'y'], ['a', 'NotIn', 'x']), ['a/(a=y) a=y', 'a/(any other)']);
    assert.equal(one(['a', 'NotIn', 'x']), ['a/(any other)']);
  });

  test('a selector that nothing can match gets none (S-406)', () => {
    for (const contradiction of [
      selecting(['a', 'In', 'x'], ['a', 'In', 'y']),
      selecting(['a', 'In', 'x'], ['a', 'NotIn', 'x']),
      selecting(['a', 'In', 'x'], ['a', 'DoesNotExist']),
      selecting(['a', 'Exists'], ['a', 'DoesNotExist']),
    ]) {
      assert.equal(future({ policies: [allowing(podPeer(contradiction))] }), [other, 'a/(any other)']);
      assert.equal(future({ policies: [allowing(podPeer(everything, contradiction))] }), [other, 'a/(any other)']);
    }
  });

  test('a pod that was made for one selector does not keep another from having its own', () => {
    const policies = [allowing(podPeer(labels({ a: 'x', b: 'y' })), podPeer(labels({ a: 'x' })))];
    assert.equal(future({ policies }), [other, 'a/(a=x) a=x', 'a/(a=x,b=y) a=x,b=y', 'a/(any other)']);
  });

  test('equal made-up pods are made once', () => {
    const policies = [
      allowing(podPeer(labels({ a: 'x', b: 'y' })), podPeer(labels({ b: 'y', a: 'x' }))),
      policy('a/q', { subject: selecting(['a', 'In', 'x', 'z'], ['b', 'In', 'y']) }),
    ];
    assert.equal(future({ policies }), [other, 'a/(a=x,b=y) a=x,b=y', 'a/(any other)']);
  });

  test('they are live, on no node, without ports, called like their workload, and know who asked', () => {
    const db = policy('a/p', { subject: labels({ role: 'db' }), line: 7 });
    const { world, futurePods } = standIn({ policies: [db] }, true);
    const made = must([...futurePods].find(({ name }) => name === '(role=db)'));
    assert.equal(
      [made.live, made.node, made.hostNetwork, made.namedPorts, made.workload, made.addresses.length],
      [true, null, false, [], '(role=db)', 2],
    );
    assert.equal(made.source, { name: 'test.yaml', text: null, line: 7, column: 1 });
    assert.equal(new Set(world.snapshot.pods), futurePods);
  });
});

describe('namespaces of future pods', (test) => {
  const prod = { team: 'a', env: 'prod' };

  test('it is the first that the selector means, by name', () => {
    const policies = [allowing(podPeer(labels({ role: 'db' }), labels({ team: 'a' })))];
    const namespaces = { z: { team: 'a' }, y: prod, x: { team: 'b' } };
    assert.equal(future({ policies, namespaces }), [other, 'a/(any other)', 'y/(role=db) role=db']);
  });

  test('none is made when a namespace that is meant has such a pod', () => {
    const policies = [allowing(podPeer(labels({ role: 'db' }), labels({ team: 'a' })))];
    const pods = [pod('z/x', { ips: ['10.0.0.1'], labels: { role: 'db' } })];
    assert.equal(future({ policies, pods, namespaces: { z: { team: 'a' }, y: prod } }), [other, 'a/(any other)']);
    assert.equal(future({ policies, pods, namespaces: { z: { team: 'b' }, y: prod } }), [
      other,
      'a/(any other)',
      'y/(role=db) role=db',
    ]);
  });

  test('where none is meant, one is made up with the labels that are asked for', () => {
    const policies = [
      allowing(
        podPeer(everything, selecting(['team', 'In', 'b', 'c'], ['env', 'Exists'], ['old', 'DoesNotExist'])),
        podPeer(labels({ role: 'db' }), labels({ team: 'b' })),
      ),
    ];
    const { world, futurePods } = standIn({ policies, namespaces: { y: prod } }, true);
    assert.equal(texts(futurePods), [other, '(env,team=b)/(any other)', '(team=b)/(role=db) role=db', 'a/(any other)']);
    const found = [...world.snapshot.namespaceByName].map(([name, { labels: has }]) => [name, Object.fromEntries(has)]);
    assert.equal(found, [
      ['(any other)', { [nameLabel]: '(any other)' }],
      ['(env,team=b)', { env: 'any', team: 'b', [nameLabel]: '(env,team=b)' }],
      ['(team=b)', { team: 'b', [nameLabel]: '(team=b)' }],
      ['y', { ...prod, [nameLabel]: 'y' }],
    ]);
  });

  test('one that is asked for by its name bears it', () => {
    const byName = (...more: readonly Written[]): NetworkPolicy =>
      allowing(podPeer(labels({ role: 'db' }), selecting([nameLabel, 'In', 'shop'], ...more)));
    const { world, futurePods } = standIn({ policies: [byName(['team', 'In', 'x'])] }, true);
    assert.equal(texts(futurePods), [other, 'a/(any other)', 'shop/(role=db) role=db']);
    assert.equal(Object.fromEntries(must(world.snapshot.namespaceByName.get('shop')).labels), {
      team: 'x',
      [nameLabel]: 'shop',
    });
    const notOther = allowing(podPeer(everything, selecting([nameLabel, 'NotIn', 'shop'], [nameLabel, 'Exists'])));
    assert.equal(future({ policies: [notOther], namespaces: { shop: {} } }), [other, 'a/(any other)']);
    const impossible = allowing(podPeer(everything, selecting([nameLabel, 'In', 'No-Such_Name'])));
    assert.equal(future({ policies: [impossible] }), [other, 'a/(any other)']);
    const nameless = allowing(podPeer(everything, selecting([nameLabel, 'DoesNotExist'])));
    assert.equal(future({ policies: [nameless] }), [other, 'a/(any other)']);
  });

  test('of selectors for one name the most demanding makes the namespace', () => {
    const peers = [labels({ [nameLabel]: 'shop' }), labels({ [nameLabel]: 'shop', team: 'x' })];
    for (const order of [peers, [...peers].reverse()]) {
      const { world, futurePods } = standIn(
        { policies: [allowing(...order.map((each) => podPeer(everything, each)))] },
        true,
      );
      assert.equal(texts(futurePods), [other, 'a/(any other)', 'shop/(any other)']);
      assert.is(world.snapshot.namespaceByName.get('shop')?.labels.get('team'), 'x');
    }
  });

  test('a namespace with pods and without an object stays open: it gets pods by its name only', () => {
    const pods = [pod('shop/x', { ips: ['10.0.0.1'], labels: { role: 'api' } })];
    const asking = (more: Readonly<Record<string, string>>): NetworkPolicy =>
      allowing(podPeer(labels({ role: 'db' }), labels({ [nameLabel]: 'shop', ...more })));
    const named = standIn({ pods, policies: [asking({})] }, true);
    assert.equal(texts(named.futurePods), [other, 'a/(any other)', 'shop/(role=db) role=db']);
    assert.is(named.world.snapshot.namespaceByName.has('shop'), false);
    const open = standIn({ pods, policies: [asking({ team: 'x' })] }, true);
    assert.equal(texts(open.futurePods), [other, 'a/(any other)']);
    assert.is(open.world.snapshot.namespaceByName.has('shop'), false);
  });

  test('subjects and peers of tiers are asked for as well', () => {
    const clusterPolicies = [
      guard(podPeer(labels({ role: 'db' }), everything), podPeer(everything, labels({ team: 'x' }))),
    ];
    assert.equal(future({ clusterPolicies }), [
      '(any other)/(any other)',
      '(any other)/(role=db) role=db',
      '(team=x)/(any other)',
    ]);
    assert.equal(future({ clusterPolicies, namespaces: { z: {} } }), [
      other,
      '(team=x)/(any other)',
      'z/(role=db) role=db',
    ]);
  });
});

describe('future pods of several worlds', (test) => {
  const db = policy('a/p', { subject: labels({ role: 'db' }) });

  test('each world gets what any of them asks for and none has', () => {
    const web = policy('a/q', { subject: labels({ role: 'web' }) });
    const pods = [pod('a/x', { ips: ['10.0.0.1'], labels: { role: 'web' } })];
    const [one, two] = addStandIns([worldOf({ policies: [db, web] }), worldOf({ pods })], { futurePods: true });
    const wanted = [other, 'a/(any other)', 'a/(role=db) role=db'];
    assert.equal(texts(must(one).futurePods), wanted);
    assert.equal(texts(must(two).futurePods), wanted);
    assert.equal(texts(must(two).world.snapshot.pods), [...wanted, 'a/x role=web']);
    assert.equal([...must(one).futurePods], [...must(two).futurePods]);
  });

  test('a namespace of one world is one of the others, where no pod is in it', () => {
    const base = worldOf({ pods: [pod('b/x', { ips: ['10.0.0.1'] })] });
    const head = worldOf({ policies: [db], namespaces: { a: { team: 'x' }, b: { team: 'y' } } });
    const [one, two] = addStandIns([base, head], { futurePods: true });
    assert.is(must(one).world.snapshot.namespaceByName.get('a')?.labels.get('team'), 'x');
    assert.is(must(one).world.snapshot.namespaceByName.has('b'), false);
    assert.equal([...must(two).world.snapshot.namespaceByName.keys()], ['(any other)', 'a', 'b']);
    const populated = worldOf({ pods: [pod('a/x', { ips: ['10.0.0.1'], live: false })] });
    const [open] = addStandIns([populated, head], { futurePods: true });
    assert.is(must(open).world.snapshot.namespaceByName.has('a'), false);
  });

  test('a namespace serves when it is meant in every world', () => {
    const policies = [allowing(podPeer(labels({ role: 'db' }), labels({ team: 'x' })))];
    const stood = addStandIns(
      [
        worldOf({ policies, namespaces: { m: { team: 'x' }, n: { team: 'x' } } }),
        worldOf({ namespaces: { m: { team: 'y' }, n: { team: 'x' } } }),
      ],
      { futurePods: true },
    );
    for (const { futurePods } of stood)
      assert.equal(texts(futurePods), [other, 'a/(any other)', 'n/(role=db) role=db']);
  });
});
