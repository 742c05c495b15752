// A few made-up worlds that are larger than any golden case: many peers, many port ranges, all addresses but some, and as
// many endpoints as a node usually takes.
import { createCompiler } from '../../src/compile.ts';
import type { NetworkPolicy, PodPeer } from '../../src/policy/network-policy.ts';
import type { Pod } from '../../src/snapshot/snapshot.ts';
import { ipBlock, labels, pod, podPeer, policy, port, rule, snapshot } from '../kit/build.ts';
import { irOf } from './cases.ts';
import type { NamedIr } from './examine.ts';

/** Each as the node `n1`, where the endpoints are; peers are elsewhere. */
export function largeIrs(): readonly NamedIr[] {
  const endpoints = numbers(110).map(endpoint);
  const peers = numbers(10_000).map(peer);
  return [
    compile('10,000 peers', [...endpoints, ...peers], manyPeers()),
    compile('300 port ranges', [...endpoints, ...peers.slice(0, 600)], [manyPorts()]),
    compile('all addresses but some', endpoints, exceptions()),
    compile('110 profiles', [...endpoints, ...peers.slice(0, 220)], numbers(110).flatMap(ownPolicies)),
  ];
}

function compile(name: string, pods: readonly Pod[], policies: readonly NetworkPolicy[]): NamedIr {
  const world = {
    snapshot: snapshot(pods, { shop: {}, clients: {} }),
    policies,
    clusterPolicies: [],
    skippedByKind: new Map(),
  };
  return { name, ir: irOf(createCompiler(world), { kind: 'node', name: 'n1' }) };
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** Every tenth has a second address of each family. */
function endpoint(index: number): Pod {
  const own = [`10.1.0.${index + 1}`, `fd01::${hex(index + 1)}`];
  const more = index % 10 === 0 ? [`10.1.1.${index + 1}`, `fd01::1:${hex(index + 1)}`] : [];
  return pod(`shop/pod-${index}`, { labels: { tier: `t${index % 10}`, number: `${index}` }, ips: [...own, ...more] });
}

/** Neighbours, but for every seventh address, which nobody has. */
function peer(index: number): Pod {
  const address = index + Math.floor(index / 6);
  return pod(`clients/pod-${index}`, {
    labels: { group: `g${index % 5}`, number: `${index}` },
    ips: [`10.2.${address >> 8}.${address & 255}`, `fd02::${hex(address)}`],
    node: 'n2',
  });
}

function group(name: string): PodPeer {
  return podPeer(labels({ group: name }), labels({ 'kubernetes.io/metadata.name': 'clients' }));
}

/** 2,000 or 4,000 of them at a time, in both directions. */
function manyPeers(): readonly NetworkPolicy[] {
  return numbers(10).map((tier) =>
    policy(`shop/tier-${tier}`, {
      subject: labels({ tier: `t${tier}` }),
      ingress: [
        rule([group(`g${tier % 5}`)], null),
        rule([group(`g${(tier + 1) % 5}`), ipBlock('10.2.8.0/21', '10.2.9.7/32')], [port('TCP', 80), port('UDP', 53)]),
      ],
      egress: [rule([group('g0'), group(`g${1 + (tier % 4)}`)], [port('TCP', 1024 + tier, 65535), port('SCTP', 7)])],
    }),
  );
}

/** Ranges that touch, that have one port, that begin at 1 and end at 65535, for different peers. */
function manyPorts(): NetworkPolicy {
  const ranges = numbers(300).map((index) => {
    const first = index === 0 ? 1 : index * 218;
    const last = index === 299 ? 65535 : index % 3 === 0 ? first + 217 : index % 3 === 1 ? first : first + 100;
    return rule([group(`g${index % 5}`)], [port('TCP', first, last), port('UDP', first, first + (index % 20))]);
  });
  return policy('shop/ports', {
    ingress: [
      ...ranges,
      rule([ipBlock('10.2.0.0/25')], null),
      rule([ipBlock('10.2.0.0/24')], [port('SCTP', 1, 65535)]),
    ],
    egress: [rule(null, [port('TCP', 1, 32767), port('TCP', 32769, 65535)])],
  });
}

/** Exceptions within each other, next to each other, and at both ends. */
function exceptions(): readonly NetworkPolicy[] {
  const single = numbers(150).map((index) => `172.16.${index}.${(index * 7) % 256}/32`);
  const four = ipBlock(
    '0.0.0.0/0',
    ...['0.0.0.0/32', '255.255.255.255/32', '10.0.0.0/8', '10.1.0.0/16', '11.0.0.0/8', '128.0.0.0/2', ...single],
  );
  const pairs = numbers(100).map((index) => `2001:db8:${hex(index)}::${hex(index)}/128`);
  const six = ipBlock(
    '::/0',
    ...['::/128', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128', 'fd01::/16', 'fd01::/64', 'fc00::/8', '::1:0:0/96'],
    ...['64:ff9b::/96', '::ffff:ffff:0:0/128', ...pairs],
  );
  return [
    policy('shop/from', { ingress: [rule([four, six], [port('TCP', 443)]), rule([ipBlock('128.0.0.0/1')], null)] }),
    policy('shop/to', { egress: [rule([four, six], null), rule([ipBlock('::/1')], [port('UDP', 0, 65535)])] }),
  ];
}

function ownPolicies(index: number): readonly NetworkPolicy[] {
  const client = (which: number): PodPeer =>
    podPeer(labels({ number: `${which}` }), labels({ 'kubernetes.io/metadata.name': 'clients' }));
  const subject = labels({ number: `${index}` });
  return [
    policy(`shop/in-${index}`, { subject, ingress: [rule([client(index)], [port('TCP', 1000 + index)])] }),
    policy(`shop/out-${index}`, { subject, egress: [rule([client(110 + index)], [port('UDP', 1, 2000 + index)])] }),
  ];
}

function hex(number: number): string {
  return number.toString(16);
}
