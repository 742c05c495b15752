// What people read, written by hand.
import * as assert from 'uvu/assert';
import { parseAddress } from '../../src/net/address.ts';
import { defaultSemantics } from '../../src/net/semantics-options.ts';
import { everything } from '../../src/policy/label-selector.ts';
import type { NetworkPolicy, Peer, PolicyPort, PolicyRule } from '../../src/policy/network-policy.ts';
import type { Service, Snapshot } from '../../src/snapshot/snapshot.ts';
import { wholeSource } from '../../src/source/source.ts';
import { printTrace } from '../../src/trace/print-trace.ts';
import { createTracer } from '../../src/trace/trace.ts';
import { field, ipBlock, labels, namedPort, pod, podPeer, policy, port, rule, snapshot } from '../kit/build.ts';
import { describe } from '../kit/suite.ts';
import { must } from '../kit/must.ts';
import { question } from './question.ts';

const namespaces = { prod: { team: 'x' }, stage: { team: 'y' } };
const shop = snapshot(
  [
    pod('prod/api', { labels: { name: 'api' }, ips: ['10.0.1.5'] }),
    pod('prod/db', { labels: { role: 'db' }, ips: ['10.0.0.7'], ports: [['mysql', 'TCP', 3306]] }),
    pod('prod/old', { ips: ['10.0.0.8'], live: false }),
    pod('prod/web', { labels: { app: 'web', 'pod-template-hash': '5f' }, ips: ['10.0.1.4'] }),
    pod('stage/web', { labels: { app: 'web' }, ips: ['10.0.2.4'] }),
  ],
  namespaces,
);

const told = (
  policies: readonly NetworkPolicy[],
  asked: Parameters<typeof question>,
  world: Snapshot = shop,
): readonly string[] => {
  const text = printTrace(
    createTracer({ policies, clusterPolicies: [], snapshot: world }, defaultSemantics)(question(...asked)),
  );
  assert.ok(text.endsWith('\n'));
  return text.slice(0, -1).split('\n');
};

/** The lines from the first that begins with `start`, up to an empty one. */
const paragraph = (lines: readonly string[], start: string): readonly string[] => {
  const from = lines.findIndex((line) => line.startsWith(start));
  assert.ok(from >= 0, `${start} in\n${lines.join('\n')}`);
  const rest = lines.slice(from);
  const end = rest.indexOf('');
  return end === -1 ? rest : rest.slice(0, end);
};

const at = (peers: Peer[] | null, ports: PolicyPort[] | null, index = 0, line = 11): PolicyRule =>
  rule(peers, ports, field(`spec.ingress[${index}]`, line));
const toDb = (...rules: PolicyRule[]): NetworkPolicy =>
  policy('prod/db-policy', { subject: labels({ role: 'db' }), ingress: rules, line: 4 });
const apiOnly = toDb(at([podPeer(labels({ name: 'api' }))], [port('TCP', 3306)]));

describe('a denied connection', (test) => {
  test('is told with the nearest rule, what it lacks, and what to change', () =>
    assert.equal(told([apiOnly], ['10.0.1.4', '10.0.0.7', 'TCP 3306']), [
      'deny  prod/web (10.0.1.4) -> prod/db (10.0.0.7) TCP 3306',
      '',
      'prod/web may send this: no policy isolates it for egress.',
      '',
      'prod/db refuses this: it is isolated for ingress by 1 policy',
      '  prod/db-policy  test.yaml:4  selects pods with role=db',
      'and the only rule does not match:',
      '  prod/db-policy ingress[0]  test.yaml:11',
      '    port  TCP 3306 fits',
      '    peer  wants pods with name=api in namespace prod',
      '          prod/web has no label name (its labels: app=web, pod-template-hash=5f)',
      '',
      'To allow it: give prod/web the label name=api, or add podSelector app=web as another peer to prod/db-policy ingress[0].',
    ]));
  test('by a port says which ports there are', () => {
    const lines = told([apiOnly], ['10.0.1.5', '10.0.0.7', 'UDP 3306']);
    assert.equal(paragraph(lines, '  prod/db-policy ingress'), [
      '  prod/db-policy ingress[0]  test.yaml:11',
      '    port  UDP 3306 does not fit: wants TCP 3306',
      '    peer  prod/api fits: pods with name=api in namespace prod',
    ]);
    assert.is(lines.at(-1), 'To allow it: add UDP 3306 to the ports of prod/db-policy ingress[0].');
  });
  test('on both sides needs a change on both', () => {
    const noEgress = policy('stage/closed', { egress: [], line: 20 });
    const lines = told([apiOnly, noEgress], ['10.0.2.4', '10.0.0.7', 'TCP 3306']);
    assert.equal(paragraph(lines, 'stage/web may not'), [
      'stage/web may not send this: it is isolated for egress by 1 policy',
      '  stage/closed  test.yaml:20  selects every pod',
      'and it has no egress rule, so nothing is allowed.',
    ]);
    assert.equal(paragraph(lines, '    peer'), [
      '    peer  wants pods with name=api in namespace prod',
      "          stage/web is in namespace stage; a podSelector alone means the policy's own namespace",
      '          stage/web has no label name (its labels: app=web)',
    ]);
    assert.equal(paragraph(lines, 'To allow it'), [
      'To allow it, all of this is needed:',
      '  add an egress rule to a policy of its own, with podSelector app=web (stage/closed selects every pod): `to` namespaceSelector kubernetes.io/metadata.name=prod and podSelector role=db (in one list item), port TCP 3306.',
      '  add namespaceSelector kubernetes.io/metadata.name=stage and podSelector app=web (in one list item) as another peer to prod/db-policy ingress[0].',
    ]);
  });
  test('by rules for every pod only is not to be mended there, when a narrower policy isolates too', () => {
    const dns = policy('prod/dns', { egress: [rule([ipBlock('10.96.0.0/16')], [port('UDP', 53)])] });
    const web = policy('prod/web', { subject: labels({ app: 'web' }), egress: [] });
    const add = 'add an egress rule to prod/web: `to` podSelector role=db, port TCP 3306';
    assert.is(told([dns, web], ['10.0.1.4', '10.0.0.7', 'TCP 3306']).at(-1), `To allow it: ${add}.`);
  });
  test('from outside says that selectors match pods only, and proposes an ipBlock', () => {
    const lines = told([apiOnly], ['203.0.113.9', '10.0.0.7', 'TCP 3306']);
    assert.is(lines[0], 'deny  203.0.113.9 -> prod/db (10.0.0.7) TCP 3306');
    assert.is(lines[2], '203.0.113.9 is not a pod: no policy limits what it sends.');
    assert.ok(lines.includes('          203.0.113.9 is not a pod, and selectors match pods only'));
    const add = 'add ipBlock 203.0.113.9/32 as another peer to prod/db-policy ingress[0]';
    assert.is(lines.at(-1), `To allow it: ${add}.`);
  });
  test('from a finished pod’s address says that the pod no longer counts (S-245)', () =>
    assert.equal(paragraph(told([apiOnly], ['10.0.0.8', '10.0.0.7']), '10.0.0.8'), [
      '10.0.0.8 is not a pod: no policy limits what it sends.',
      'prod/old had this address, but it has finished and no longer counts.',
    ]));
  test('lists a rule where one half matches before one where neither does, and counts the rest', () => {
    const far = [1, 2, 3, 4].map((index) => at([ipBlock('192.0.2.0/24')], [port('UDP', 53)], index, 20 + index));
    const near = at([podPeer(labels({ app: 'web' }))], [port('TCP', 80)], 5, 30);
    const lines = told([toDb(...far, near)], ['10.0.1.4', '10.0.0.7', 'TCP 3306']);
    assert.equal(
      paragraph(lines, 'and no rule matches').filter((line) => !line.startsWith('    ')),
      [
        'and no rule matches. The nearest first:',
        '  prod/db-policy ingress[5]  test.yaml:30',
        '  prod/db-policy ingress[1]  test.yaml:21',
        '  prod/db-policy ingress[2]  test.yaml:22',
        '  … and 2 more rules',
      ],
    );
  });
  test('puts half a match first, however far the other half is', () => {
    const neither = at([podPeer(labels({ app: 'api' }))], [port('TCP', 81)], 0, 21);
    const half = at([ipBlock('192.0.2.0/24')], [port('TCP', 80)], 1, 22);
    const lines = told([toDb(neither, half)], ['10.0.1.4', '10.0.0.7', 'TCP 80']);
    assert.is(paragraph(lines, 'and no rule matches')[1], '  prod/db-policy ingress[1]  test.yaml:22');
    assert.is(lines.at(-1), 'To allow it: add podSelector app=web as another peer to prod/db-policy ingress[1].');
  });
  test('by two labels proposes no relabelling', () => {
    const lines = told([toDb(at([podPeer(labels({ app: 'api', tier: 'front' }))], null))], ['10.0.1.4', '10.0.0.7']);
    const facts = 'app=web and no label tier (its labels: app=web, pod-template-hash=5f)';
    assert.ok(lines.includes(`          prod/web has ${facts}`));
    assert.is(lines.at(-1), 'To allow it: add podSelector app=web as another peer to prod/db-policy ingress[0].');
  });
  test('by an exception names the exception (S-246)', () => {
    const lines = told([toDb(at([ipBlock('203.0.113.0/24', '203.0.113.8/29')], null))], ['203.0.113.9', '10.0.0.7']);
    assert.equal(paragraph(lines, '    port'), [
      '    port  TCP 80 fits: the rule lists no ports, so it takes all',
      '    peer  wants addresses in 203.0.113.0/24 except 203.0.113.8/29',
      '          203.0.113.9 is in the exception 203.0.113.8/29',
    ]);
    assert.match(lines.at(-1) ?? '', /^To allow it: narrow the exception 203\.0\.113\.8\/29 in prod\/db-policy/);
  });
  test('by a namespace’s name under the wrong key proposes the right one (S-825)', () => {
    const lines = told([toDb(at([podPeer(everything, labels({ name: 'stage' }))], null))], ['10.0.2.4', '10.0.0.7']);
    assert.ok(lines.includes('          namespace stage has no label name'));
    assert.match(lines.at(-1) ?? '', /^To allow it: write kubernetes\.io\/metadata\.name instead of name in /);
  });
  test('by the name of a namespace without an object says nothing about its other labels (S-303)', () => {
    const partial = snapshot(shop.pods, { prod: { team: 'x' } });
    const named = labels({ 'kubernetes.io/metadata.name': 'test', team: 'y' });
    assert.equal(
      paragraph(told([toDb(at([podPeer(everything, named)], null))], ['10.0.2.4', '10.0.0.7'], partial), '    peer'),
      [
        '    peer  wants every pod in namespaces with kubernetes.io/metadata.name=test and team=y',
        '          namespace stage has kubernetes.io/metadata.name=stage',
      ],
    );
  });
  test('by a namespace without an object says that its labels are unknown (S-303)', () => {
    const partial = snapshot(shop.pods, { prod: { team: 'x' } });
    const policies = [toDb(at([podPeer(everything, labels({ team: 'y' }))], null))];
    assert.equal(paragraph(told(policies, ['10.0.2.4', '10.0.0.7'], partial), '    peer'), [
      '    peer  wants every pod in namespaces with team=y',
      '          the snapshot lacks Namespace stage, so its labels are unknown and do not count',
    ]);
  });
});

describe('the address of a Service (S-420, S-421)', (test) => {
  const service: Service = {
    namespace: 'prod',
    name: 'db',
    type: 'ClusterIP',
    selector: new Map([['role', 'db']]),
    externalTrafficPolicy: 'Cluster',
    clusterIPs: [must(parseAddress('10.96.0.7'))],
    ports: [],
    source: wholeSource('test.yaml', ''),
  };
  const world: Snapshot = { ...shop, services: [service] };
  test('is named as such, for no policy ever sees it', () =>
    assert.equal(told([], ['10.0.1.4', '10.96.0.7'], world).slice(-1), [
      '10.96.0.7 is Service prod/db: policies see the pod behind it and its target port. Trace that one too.',
    ]));
  test('is nothing to write a rule for', () => {
    const closed = policy('prod/web', { subject: labels({ app: 'web' }), egress: [] });
    const allow = 'allow the pods behind Service prod/db at their target ports';
    const last = told([closed], ['10.0.1.4', '10.96.0.7'], world).at(-1);
    assert.is(last, `To allow it: ${allow}; rules for its own address have no effect.`);
  });
});

describe('AND and OR (S-242, S-804)', (test) => {
  const both = toDb(at([podPeer(labels({ app: 'web' }), labels({ team: 'x' }))], null));
  const either = toDb(at([podPeer(everything, labels({ team: 'y' })), podPeer(labels({ name: 'api' }))], null));
  test('one peer with two selectors says that both must hold', () =>
    assert.equal(paragraph(told([both], ['10.0.2.4', '10.0.0.7']), '    peer'), [
      '    peer  wants pods with app=web in namespaces with team=x',
      '          namespace stage has team=y',
      '          it is one peer (one list item), so both must hold',
    ]));
  test('one peer with two selectors says nothing of both to what is no pod', () =>
    assert.equal(paragraph(told([both], ['203.0.113.9', '10.0.0.7']), '    peer'), [
      '    peer  wants pods with app=web in namespaces with team=x',
      '          203.0.113.9 is not a pod, and selectors match pods only',
    ]));
  test('two peers say that each is enough, when neither fits', () =>
    assert.equal(paragraph(told([either], ['10.0.1.4', '10.0.0.7']), '    peer'), [
      '    peer  wants one of 2; each would be enough alone:',
      '          from[0]  every pod in namespaces with team=y',
      '                   namespace prod has team=x',
      '          from[1]  pods with name=api in namespace prod',
      '                   prod/web has no label name (its labels: app=web, pod-template-hash=5f)',
    ]));
  test('and warn when one of them fits that would not if both had to', () =>
    assert.equal(paragraph(told([either], ['10.0.2.4', '10.0.0.7']), '    peer'), [
      '    peer  stage/web fits: every pod in namespaces with team=y (from[0])',
      '          from[0] and from[1] are two peers: either is enough;',
      '          both would have to hold if they were one list item',
    ]));
  test('but say nothing of it where both hold', () => {
    const same = toDb(at([podPeer(everything, labels({ team: 'y' })), podPeer(labels({ app: 'web' }))], null));
    assert.equal(paragraph(told([same], ['10.0.2.4', '10.0.0.7']), '    peer'), [
      '    peer  stage/web fits: every pod in namespaces with team=y (from[0])',
    ]);
  });
});

describe('named ports', (test) => {
  const named = toDb(at(null, [namedPort('TCP', 'mysql')]));
  test('that fit say which number they are', () =>
    assert.equal(paragraph(told([named], ['10.0.1.4', '10.0.0.7', 'TCP 3306']), '    port'), [
      '    port  TCP 3306 fits: on prod/db it is the TCP port named mysql',
      '    peer  prod/web fits: the rule lists no `from`, so it takes everyone',
    ]));
  test('that are another number on the destination say so', () =>
    assert.equal(paragraph(told([named], ['10.0.1.4', '10.0.0.7', 'TCP 80']), '    port').slice(0, 2), [
      '    port  TCP 80 does not fit: wants the TCP port named mysql',
      '          the TCP port named mysql is 3306 on prod/db',
    ]));
  const out = policy('prod/out', {
    egress: [rule(null, [namedPort('TCP', 'mysql'), port('UDP', 53)], field('spec.egress[0]', 8))],
  });
  test('that the destination does not declare say so, and propose to declare it', () => {
    const lines = told([out], ['10.0.1.4', '10.0.2.4', 'TCP 80']);
    assert.equal(paragraph(lines, '    port').slice(0, 2), [
      '    port  TCP 80 does not fit: wants the TCP port named mysql or UDP 53',
      '          stage/web declares no TCP port named mysql',
    ]);
    const add = 'add TCP 80 to the ports of prod/out egress[0]';
    assert.is(lines.at(-1), `To allow it: name port TCP 80 of stage/web \`mysql\` in its containers, or ${add}.`);
  });
  test('never fit what is no pod (S-255)', () =>
    assert.ok(
      told([out], ['10.0.1.4', '203.0.113.9', 'TCP 80']).includes(
        '          203.0.113.9 is not a pod, and only pods have port names',
      ),
    ));
});

describe('an allowed connection', (test) => {
  test('is told with the rules that allow it', () => {
    const second = policy('prod/more', { ingress: [at([ipBlock('10.0.0.0/8')], [port('TCP', 3000, 4000)])], line: 30 });
    const lines = told([second, apiOnly], ['10.0.1.5', '10.0.0.7', 'TCP 3306']);
    assert.equal(lines, [
      'allow  prod/api (10.0.1.5) -> prod/db (10.0.0.7) TCP 3306',
      '',
      'prod/api may send this: no policy isolates it for egress.',
      '',
      'prod/db accepts this: it is isolated for ingress by 2 policies',
      '  prod/db-policy  test.yaml:4  selects pods with role=db',
      '  prod/more  test.yaml:30  selects every pod',
      'and 2 rules allow it, each alone:',
      '  prod/db-policy ingress[0]  test.yaml:11',
      '    port  TCP 3306 fits',
      '    peer  prod/api fits: pods with name=api in namespace prod',
      '  prod/more ingress[0]  test.yaml:11',
      '    port  TCP 3306 fits: it is in TCP 3000-4000',
      '    peer  prod/api fits: addresses in 10.0.0.0/8',
    ]);
  });
  test('of a pod with itself asks no policy (S-601)', () =>
    assert.equal(told([apiOnly], ['10.0.0.7', '10.0.0.7']), [
      'allow  prod/db (10.0.0.7) -> prod/db (10.0.0.7) TCP 80',
      '',
      'A pod may always talk to itself: no policy is asked.',
    ]));
  test('from the own node says so (S-603)', () =>
    assert.equal(told([apiOnly], ['192.0.2.1', '10.0.0.7', 'TCP 80', { source: 'n1' }]), [
      'allow  node n1 (192.0.2.1) -> prod/db (10.0.0.7) TCP 80',
      '',
      'node n1 is not a pod: no policy limits what it sends.',
      '',
      'prod/db accepts this: its own node n1 may always reach it, as health checks need.',
    ]));
  test('to the own node says which option allows it (S-604)', () => {
    const closed = policy('prod/closed', { egress: [] });
    const options = { ...defaultSemantics, allowEgressToOwnNode: true };
    const tracer = createTracer({ policies: [closed], clusterPolicies: [], snapshot: shop }, options);
    const text = printTrace(tracer(question('10.0.0.7', '192.0.2.1', 'UDP 53', { destination: 'n1' })));
    assert.match(text, /^prod\/db may send this: --allow-egress-to-own-node lets it reach its own node n1\.$/m);
    assert.match(text, /^node n1 is not a pod: no policy limits what reaches it\.$/m);
  });
});

describe('unsound and hostile input', (test) => {
  test('an address with several claimants is told for each (S-323)', () => {
    const contested = snapshot(
      [...shop.pods, pod('prod/twin', { labels: { app: 'twin' }, ips: ['10.0.0.7'] })],
      namespaces,
    );
    const lines = told([apiOnly], ['10.0.1.4', '10.0.0.7', 'TCP 3306'], contested);
    assert.is(lines[0], 'deny  prod/web (10.0.1.4) -> prod/db and prod/twin (10.0.0.7) TCP 3306');
    assert.ok(lines.includes('2 pods claim 10.0.0.7: each of them must allow this.'));
    assert.ok(lines.includes('prod/twin accepts this: no policy isolates it for ingress.'));
    assert.ok(lines.includes('prod/db refuses this: it is isolated for ingress by 1 policy'));
    assert.is(lines.at(-1), 'To allow it: find out which of prod/db and prod/twin really has 10.0.0.7.');
  });
  test('a hostNetwork pod is told to be seen as its node (S-606)', () => {
    const agent = { ...pod('prod/agent', { ips: ['192.0.2.1'], live: false }), hostNetwork: true };
    const world = snapshot([...shop.pods, agent], namespaces);
    const lines = told([apiOnly], ['192.0.2.1', '10.0.0.7', 'TCP 80', { source: 'n2' }], world);
    const expected = "prod/agent uses its node's network (hostNetwork): policies see the node and not the pod.";
    assert.equal(paragraph(lines, 'node n2')[1], expected);
  });
  test('nothing from the input can steer a terminal', () => {
    const hostile = '\u001b[2J\u202e\nallow';
    const world = snapshot([pod(`prod/${hostile}`, { labels: { [hostile]: hostile }, ips: ['10.0.0.1'] })], namespaces);
    const policies = [policy(`prod/${hostile}`, { ingress: [at([podPeer(labels({ [hostile]: 'x' }))], null)] })];
    const lines = told(policies, ['203.0.113.9', '10.0.0.1'], world);
    assert.not.match(lines.join('\n'), /[\u001b\u202e]|^allow/m);
    assert.match(lines[0] ?? '', /^deny {2}203\.0\.113\.9 -> prod\/<U\+001B>\[2J<U\+202E>\\nallow \(10\.0\.0\.1\)/);
  });
});
