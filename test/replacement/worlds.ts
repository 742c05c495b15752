// Two worlds that replace each other: they differ in peers, blocks, profiles and rows, and agree about some flows.
import { createCompiler, emitScope } from '../../src/compile.ts';
import { printText } from '../../src/diagnostics/text.ts';
import type { Family } from '../../src/net/address.ts';
import type { NetworkPolicy } from '../../src/policy/network-policy.ts';
import type { Pod, Snapshot } from '../../src/snapshot/snapshot.ts';
import type { Artifact, Target } from '../../src/target.ts';
import { ipBlock, labels, pod, podPeer, policy, port, rule, snapshot } from '../kit/build.ts';

export type WorldName = 'P' | 'Q';

export const worldNames: readonly WorldName[] = ['P', 'Q'];

export function otherWorld(name: WorldName): WorldName {
  return name === 'P' ? 'Q' : 'P';
}

/** Every name of a host below, with its addresses. */
export const addressOf: Readonly<Record<string, Readonly<Record<Family, string>>>> = {
  client: { IPv4: '10.0.3.1', IPv6: 'fd00:0:0:3::1' },
  stranger: { IPv4: '10.0.4.1', IPv6: 'fd00:0:0:4::1' },
  server1: { IPv4: '10.0.1.1', IPv6: 'fd00:0:0:1::1' },
  server2: { IPv4: '10.0.1.2', IPv6: 'fd00:0:0:1::2' },
  sender: { IPv4: '10.0.2.1', IPv6: 'fd00:0:0:2::1' },
  outside: { IPv4: '203.0.113.7', IPv6: '2001:db8:7::7' },
};

/** Allowed in P alone, and in Q alone: they tell which of the two is in force. */
export const portOf: Readonly<Record<WorldName, number>> = { P: 5000, Q: 6000 };

/** What node `n1` loads in a world. */
export function artifactsOf(name: WorldName, target: Target): readonly Artifact[] {
  const compiler = createCompiler({
    policies: policiesOf(name),
    snapshot: snapshotOf(name),
    clusterPolicies: [],
    skippedByKind: new Map(),
  });
  const { value, diagnostics } = emitScope(compiler, { kind: 'node', name: 'n1' }, target, { version: 'test' });
  if (value === null) throw new Error(printText(diagnostics, { color: false }));
  return value;
}

/** Enough peers for a load to take a while. */
const peers = 600;
const blocks = 100;
const workers = 10;

const numberOf: Readonly<Record<WorldName, number>> = { P: 1, Q: 2 };

function snapshotOf(name: WorldName): Snapshot {
  const hosts = ['server1', 'server2', 'sender', 'client', 'stranger'].map((host) =>
    pod(`a/${host}`, {
      labels: { app: host.replace(/\d$/, ''), host },
      ips: Object.values(addressOf[host] ?? {}),
      node: ['client', 'stranger'].includes(host) ? 'n2' : 'n1',
    }),
  );
  return snapshot([...hosts, ...peerPods(name), ...workerPods(name)], { a: {} });
}

/** Pods of other nodes, in scattered addresses. */
function peerPods(name: WorldName): readonly Pod[] {
  return Array.from({ length: peers }, (_, index) => {
    const [high, low] = [Math.floor(index / 100), 2 + 2 * (index % 100)];
    return pod(`a/peer${index}`, {
      labels: { app: 'client', group: `g${index % workers}` },
      ips: [`10.${100 * numberOf[name]}.${high}.${low}`, `fd00:0:${numberOf[name]}:${high + 1}::${low}`],
      node: 'n2',
    });
  });
}

/** Other pods of the node, each with a policy of its own. */
function workerPods(name: WorldName): readonly Pod[] {
  return Array.from({ length: workers }, (_, index) =>
    pod(`a/worker${index}`, {
      labels: { worker: `w${index}` },
      ips: [`10.0.${10 * numberOf[name]}.${index + 1}`, `fd00:0:0:${10 * numberOf[name]}::${index + 1}`],
    }),
  );
}

function policiesOf(name: WorldName): readonly NetworkPolicy[] {
  const [own, number] = [portOf[name], numberOf[name]];
  const both = (each: number) => [port('TCP', each), port('UDP', each)];
  return [
    policy('a/servers', {
      subject: labels({ app: 'server' }),
      ingress: [rule([podPeer(labels({ app: 'client' }))], [...both(80), ...both(own)])],
      egress: [],
    }),
    // A profile of its own for one of the two.
    policy('a/server2', {
      subject: labels({ host: 'server2' }),
      ingress: [rule([ipBlock(`192.168.${number}.0/24`)], [port('TCP', 8000 + number)])],
    }),
    policy('a/sender', {
      subject: labels({ app: 'sender' }),
      ingress: [],
      egress: [
        rule([ipBlock('203.0.113.0/24', '203.0.113.128/25'), ipBlock('2001:db8:7::/48')], [...both(443), ...both(own)]),
      ],
    }),
    ...Array.from({ length: workers }, (_, index) => workerPolicy(index, number)),
  ];
}

function workerPolicy(index: number, number: number): NetworkPolicy {
  const someBlocks = Array.from({ length: blocks / workers }, (_, block) => [
    ipBlock(`172.${16 + number}.${16 * block}.0/20`, `172.${16 + number}.${16 * block + index}.0/24`),
    ipBlock(`fd01:${number}:${index}:${block}::/64`),
  ]);
  return policy(`a/worker${index}`, {
    subject: labels({ worker: `w${index}` }),
    ingress: [
      rule([podPeer(labels({ group: `g${index}` }))], [port('TCP', 7000 + index, 7100 + index * number)]),
      rule(someBlocks.flat(), null),
    ],
    egress: [rule([podPeer(labels({ group: `g${index}` }))], [port('UDP', 53)])],
  });
}
