// Section 15 of the semantics, as far as decoded policies go. Expectations are the section's own.
import * as assert from 'uvu/assert';
import { defaultSemantics } from '../../src/net/semantics-options.ts';
import { everything, type LabelSelector } from '../../src/policy/label-selector.ts';
import type { NetworkPolicy, Peer } from '../../src/policy/network-policy.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { createOracle } from '../../src/trace/oracle.ts';
import { ipBlock, labels, namedPort, pod, podPeer, policy, port, rule, snapshot } from '../kit/build.ts';
import { describe } from '../kit/suite.ts';
import { question } from './question.ts';

const namespaces = { a: { team: 'x' }, b: { team: 'y' }, c: {} };
const db = pod('a/db', { labels: { role: 'db' }, ips: ['10.0.0.1', 'fd00::1'], ports: [['http', 'TCP', 80]] });
const aWeb = pod('a/web', { labels: { role: 'web' }, ips: ['10.0.0.2', 'fd00::2'] });
const bWeb = pod('b/web', { labels: { role: 'web' }, ips: ['10.0.1.1', 'fd00::1:1'], ports: [['http', 'TCP', 8080]] });
const x = pod('c/x', { ips: ['10.0.2.1', 'fd00::2:1'], node: 'n2' });
const cluster = snapshot([db, aWeb, bWeb, x], namespaces);

const places: Readonly<Record<string, readonly [address: string, node?: string]>> = {
  'a/db': ['10.0.0.1'],
  'a/web': ['10.0.0.2'],
  'b/web': ['10.0.1.1'],
  'c/x': ['10.0.2.1'],
  E: ['203.0.113.9'],
  H: ['192.168.5.10'],
  E6: ['2001:db8::9'],
  'a/db6': ['fd00::1'],
  'b/web6': ['fd00::1:1'],
  'own node': ['192.0.2.1', 'n1'],
  'other node': ['192.0.2.2', 'n2'],
};

/** `✓ b/web → a/db UDP 53`; TCP 80 unless said. */
function check(policies: readonly NetworkPolicy[], lines: readonly string[], world: Snapshot = cluster): void {
  const oracle = createOracle({ policies, clusterPolicies: [], snapshot: world }, defaultSemantics);
  for (const line of lines) {
    const [, mark, from = '', to = '', what] = /^([✓✗]) (.+?) → (\S+(?: node)?)(?: (\S+ \d+))?$/.exec(line) ?? [];
    const [source, sourceNode] = places[from] ?? [from];
    const [destination, destinationNode] = places[to] ?? [to];
    const nodes = {
      ...(sourceNode === undefined ? {} : { source: sourceNode }),
      ...(destinationNode === undefined ? {} : { destination: destinationNode }),
    };
    assert.is(oracle(question(source, destination, what, nodes)), mark === '✓' ? 'allow' : 'deny', line);
  }
}

const inA = (...rules: Parameters<typeof rule>[]): NetworkPolicy[] => [
  policy('a/p', { ingress: rules.map((each) => rule(...each)) }),
];
const from = (...peers: Exclude<Peer, null>[]): NetworkPolicy[] => inA([peers, null]);
const web = labels({ role: 'web' });
const notTeamX: LabelSelector = { requirements: [{ key: 'team', operator: 'NotIn', values: ['x'] }] };

describe('test vectors of the semantics', (test) => {
  test('T-01 without policies everything passes', () =>
    check([], ['✓ b/web → a/db', '✓ a/db → E', '✓ E → a/db UDP 53', '✓ E6 → a/db6', '✓ E → H']));
  test('T-02 a policy without rules denies all ingress of its namespace', () =>
    check(inA(), ['✗ b/web → a/db', '✗ a/web → a/db', '✓ a/db → b/web', '✗ E → a/db', '✗ b/web6 → a/db6']));
  test('T-03 an egress section without policyTypes means both types', () =>
    check(
      [policy('a/p', { ingress: [], egress: [rule(null, null)] })],
      ['✗ b/web → a/db', '✓ a/db → E', '✓ a/db → E SCTP 9'],
    ));
  test('T-04 an empty egress list without policyTypes means Ingress only', () =>
    check([policy('a/p', { ingress: [] })], ['✓ a/db → E', '✗ E → a/db']));
  test('T-05 Egress without rules denies what goes out', () =>
    check([policy('a/p', { egress: [] })], ['✗ a/db → E', '✓ E → a/db', '✗ a/db → b/web', '✗ a/db6 → E6']));
  test('T-06 an empty ingress rule lets everything in', () =>
    check(inA([null, null]), ['✓ b/web → a/db', '✓ E → a/db SCTP 1', '✓ a/db → E']));
  test('T-07 egress rules are inert when Egress is not among the types', () =>
    check([policy('a/p', { ingress: [] })], ['✓ a/db → E', '✓ a/db → b/web']));
  test('T-08 an empty `from` means everyone', () => check(inA([null, null]), ['✓ b/web → a/db', '✓ E → a/db']));
  test('T-09 an empty podSelector is the policy’s own namespace', () =>
    check(from(podPeer(everything)), ['✓ a/web → a/db', '✗ b/web → a/db', '✗ E → a/db']));
  test('T-10 an empty namespaceSelector is every pod and nothing else', () =>
    check(from(podPeer(everything, everything)), ['✓ a/web → a/db', '✓ b/web → a/db', '✓ c/x → a/db', '✗ E → a/db']));
  test('T-11 a podSelector never leaves the policy’s namespace', () =>
    check(from(podPeer(web)), ['✓ a/web → a/db', '✗ b/web → a/db']));
  test('T-12 two selectors in one peer must both hold', () =>
    check(from(podPeer(web, labels({ team: 'y' }))), ['✓ b/web → a/db', '✗ a/web → a/db']));
  test('T-13 the same selectors as two peers are alternatives', () => {
    const peers = [podPeer(everything, labels({ team: 'y' })), podPeer(web)];
    check(from(...peers), ['✓ b/web → a/db', '✓ a/web → a/db', '✗ c/x → a/db', '✗ a/db → a/web']);
  });
  test('T-14 NotIn holds where the key is absent', () =>
    check(from(podPeer(everything, notTeamX)), ['✓ b/web → a/db', '✓ c/x → a/db', '✗ a/web → a/db']));
  test('T-15 the name label selects a namespace by name', () =>
    check(from(podPeer(everything, labels({ 'kubernetes.io/metadata.name': 'c' }))), [
      '✓ c/x → a/db',
      '✗ b/web → a/db',
    ]));
  test('T-16 an empty port entry is all of TCP', () =>
    check(inA([null, [port('TCP', 0, 65535)]]), ['✓ E → a/db TCP 1', '✓ E → a/db TCP 65535', '✗ E → a/db UDP 80']));
  test('T-17 an empty port list is every protocol', () =>
    check(inA([null, null]), ['✓ E → a/db UDP 1', '✓ E → a/db SCTP 65535']));
  test('T-18 a port is allowed for its protocol only', () =>
    check(inA([null, [port('UDP', 80)]]), ['✗ E → a/db TCP 80', '✓ E → a/db UDP 80', '✗ E → a/db SCTP 80']));
  test('T-19 a range includes both its ends', () =>
    check(inA([null, [port('TCP', 80, 82)]]), [
      '✗ E → a/db TCP 79',
      '✓ E → a/db TCP 80',
      '✓ E → a/db TCP 82',
      '✗ E → a/db TCP 83',
    ]));
  test('T-20 a named port of ingress is the subject’s own', () =>
    check(inA([null, [namedPort('TCP', 'http')]]), [
      '✓ E → a/db TCP 80',
      '✗ E → a/db TCP 8080',
      '✗ E → a/web TCP 80',
      '✗ b/web → a/web TCP 8080',
    ]));
  test('T-21 a named port of egress is the destination’s own, and never an outside address', () =>
    check(
      [policy('a/p', { egress: [rule(null, [namedPort('TCP', 'http')])] })],
      ['✓ a/db → b/web TCP 8080', '✗ a/db → b/web TCP 80', '✗ a/db → E TCP 80', '✓ a/web → a/db TCP 80'],
    ));
  test('T-22 a named port matches its protocol only', () =>
    check(inA([null, [namedPort('UDP', 'http')]]), ['✗ E → a/db TCP 80', '✗ E → a/db UDP 80']));

  const almostAll = rule([ipBlock('0.0.0.0/0', '203.0.113.0/24')], null);
  test('T-23 ipBlock is literal: pods too, minus its exceptions, one family', () =>
    check(
      [policy('a/p', { ingress: [almostAll] })],
      ['✗ E → a/db', '✓ H → a/db', '✓ b/web → a/db', '✗ b/web6 → a/db6', '✗ E6 → a/db6'],
    ));
  test('T-24 another policy may allow what an exception leaves out', () =>
    check(
      [policy('a/p', { ingress: [almostAll] }), policy('a/q', { ingress: [rule([ipBlock('203.0.113.9/32')], null)] })],
      ['✓ E → a/db', '✗ 203.0.113.8 → a/db'],
    ));
  test('T-25 the source’s side denies what the destination allows', () =>
    check(
      [policy('a/in', { ingress: [rule(null, null)] }), policy('b/out', { egress: [] })],
      ['✗ b/web → a/db', '✓ c/x → a/db'],
    ));
  test('T-26 the destination’s side denies what the source allows', () =>
    check(
      [policy('a/out', { egress: [rule([podPeer(everything, everything)], null)] }), policy('b/in', { ingress: [] })],
      ['✗ a/db → b/web', '✓ a/db → c/x'],
    ));
  test('T-27 an ingress rule never satisfies the egress side of another subject of the same policy', () =>
    check(
      [policy('a/p', { ingress: [rule([podPeer(web)], null)], egress: [] })],
      ['✗ a/web → a/db', '✗ a/db → a/web', '✗ b/web → a/db'],
    ));
  test('T-28 a finished pod’s address is its new owner’s alone', () => {
    const finished = pod('a/web', { labels: { role: 'web' }, ips: ['10.0.2.1'], live: false });
    check(from(podPeer(web)), ['✗ c/x → a/db'], snapshot([db, finished, x], namespaces));
  });
  test('T-29 a hostNetwork pod is no subject', () => {
    const onHost = { ...pod('a/db', { labels: { role: 'db' }, ips: ['192.0.2.1'], live: false }), hostNetwork: true };
    check(inA(), ['✓ E → own node', '✓ other node → own node'], snapshot([onHost, x], namespaces));
  });
  test('T-30 the pod’s own node reaches it, another does not', () =>
    check(inA(), ['✓ own node → a/db', '✗ other node → a/db', '✗ 192.0.2.1 → a/db']));
  test('T-31 a pod reaches itself under every policy', () =>
    check([policy('a/p', { ingress: [], egress: [] })], ['✓ a/db → a/db', '✓ a/db6 → a/db6', '✗ a/db → a/web']));
  test('T-32 a port is the pod’s own, as it is behind the Service', () => {
    check(inA([null, [port('TCP', 8080)]]), ['✗ b/web → a/db TCP 80']);
    check(inA([null, [port('TCP', 80)]]), ['✓ b/web → a/db TCP 80']);
  });
  test('T-50 what cannot be known of a namespace without an object matches nothing', () => {
    const partial = snapshot([db, aWeb, bWeb, x], { a: { team: 'x' }, c: {} });
    check(from(podPeer(everything, notTeamX)), ['✗ b/web → a/db', '✓ c/x → a/db'], partial);
  });
});
