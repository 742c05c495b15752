// Namespaces, nodes and pods of a small world.
import { families, type Family } from '../../../src/net/address.ts';
import { manifest, nil, several, type Json, type Manifest } from './manifest.ts';
import type { Random } from './random.ts';
import { randomLabels } from './random-selector.ts';

export interface ClusterOptions {
  /** Whether two live pods may claim one address (S-323). */
  readonly contested: boolean;
}

export interface RandomCluster {
  readonly objects: readonly Manifest[];
  /** Names of every namespace that has a pod or an object. */
  readonly namespaces: readonly string[];
  /** The world can only be read with `--allow-incomplete`. */
  readonly incomplete: boolean;
}

const nodes = ['n1', 'n2'] as const;
type NodeName = (typeof nodes)[number];
export const nodeAddresses: Readonly<Record<NodeName, Readonly<Record<Family, string>>>> = {
  n1: { IPv4: '192.168.0.1', IPv6: 'fd01::1' },
  n2: { IPv4: '192.168.0.2', IPv6: 'fd01::2' },
};

/** Neighbours on both sides of a /24 and a /112, so that prefixes cut between pods. */
export const podAddresses: Readonly<Record<Family, readonly string[]>> = {
  IPv4: [...[0, 1, 2, 3, 4, 5, 254, 255].map((last) => `10.0.0.${last}`), '10.0.1.0', '10.0.1.1', '10.0.1.8'],
  IPv6: [
    'fd00::',
    ...[1, 2, 3, 4, 5].map((last) => `fd00::${last}`),
    'fd00::fffe',
    'fd00::ffff',
    'fd00::1:0',
    'fd00::1:8',
  ],
};

/** Outside the cluster, between pods, multicast, and the ends of the address space. */
export const externalAddresses: Readonly<Record<Family, readonly string[]>> = {
  IPv4: ['203.0.113.5', '203.0.113.6', '9.255.255.255', '10.0.0.128', '224.0.0.1', '0.0.0.0', '255.255.255.255'],
  IPv6: [
    '2001:db8::5',
    'fd00::8000',
    'fcff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    'fe80::1',
    'ff02::1',
    '::',
    'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  ],
};

/** 1–4 namespaces, 1–8 pods, two nodes. Source: P-1 of the reliability study. */
export function randomCluster(random: Random, options: ClusterOptions): RandomCluster {
  const namespaces = random.shuffle(['default', 'a', 'b', 'c-1']).slice(0, 1 + random.below(4));
  const known = namespaces.filter(() => !random.chance(0.1));
  const pods = randomPods(random, namespaces, options);
  return {
    objects: [
      ...known.map((name) => namespaceObject(random, name)),
      ...nodes.filter(() => !random.chance(0.05)).map((name) => nodeObject(random, name)),
      ...pods.objects,
    ],
    namespaces,
    incomplete: pods.contested || known.length < namespaces.length,
  };
}

function namespaceObject(random: Random, name: string): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: manifest({ name, labels: randomLabels(random) }) };
}

function nodeObject(random: Random, name: NodeName): Manifest {
  const addresses = families
    .filter(() => !random.chance(0.1))
    .map((family) => ({ type: random.pick(['InternalIP', 'ExternalIP']), address: nodeAddresses[name][family] }));
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: manifest({ name, labels: nil(random) }),
    status: { addresses: [...addresses, { type: 'Hostname', address: name }] },
  };
}

interface Pods {
  readonly objects: readonly Manifest[];
  readonly contested: boolean;
}

function randomPods(random: Random, namespaces: readonly string[], options: ClusterOptions): Pods {
  const free = { IPv4: [...random.shuffle(podAddresses.IPv4)], IPv6: [...random.shuffle(podAddresses.IPv6)] };
  const taken: string[] = [];
  let contested = false;
  const objects = several(random, 1, 8, (index) => {
    const fate = random.chance(0.1) ? 'finished' : random.chance(0.1) ? 'hostNetwork' : 'live';
    const node = random.pick(nodes);
    const ips = fate === 'hostNetwork' ? Object.values(nodeAddresses[node]) : freshAddresses(random, free);
    const shared = taken.length > 0 ? random.pick(taken) : null;
    // A finished pod keeps showing an address that may be somebody else's by now (S-320).
    const reuses =
      fate === 'finished' ? random.chance(0.5) : fate === 'live' && options.contested && random.chance(0.1);
    if (reuses && shared !== null && fate === 'live') contested = true;
    const all = reuses && shared !== null ? replaced(ips, shared) : ips;
    if (fate === 'live') taken.push(...all);
    return podObject(random, { name: `p${index}`, namespace: random.pick(namespaces), node, fate, ips: all });
  });
  return { objects, contested };
}

/** Both families with probability ½, else one of them; now and then two of one family, or none. */
function freshAddresses(random: Random, free: Readonly<Record<Family, string[]>>): readonly string[] {
  if (random.chance(0.04)) return [];
  const count = { IPv4: 1, IPv6: 1 };
  if (random.chance(0.5)) count[random.pick(families)] = 0;
  else if (random.chance(0.05)) count[random.pick(families)] = 2;
  return random.shuffle(families).flatMap((family) => free[family].splice(0, count[family]));
}

/** `ips` with one address in the place of its own family's, or added. */
function replaced(ips: readonly string[], by: string): readonly string[] {
  const sameFamily = (ip: string): boolean => ip.includes(':') === by.includes(':');
  return [...ips.filter((ip) => !sameFamily(ip)), by];
}

interface PodFacts {
  readonly name: string;
  readonly namespace: string;
  readonly node: string;
  readonly fate: 'live' | 'finished' | 'hostNetwork';
  readonly ips: readonly string[];
}

function podObject(random: Random, facts: PodFacts): Manifest {
  const { name, namespace, node, fate, ips } = facts;
  const onlyPodIp = ips.length === 1 && random.chance(0.3);
  const phase = fate === 'finished' ? random.pick(['Succeeded', 'Failed']) : livePhase(random);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: manifest({
      name,
      namespace,
      labels: randomLabels(random),
      deletionTimestamp: random.chance(0.05) ? '2024-01-01T00:00:00Z' : undefined,
    }),
    spec: manifest({
      nodeName: ips.length > 0 && !random.chance(0.02) ? node : undefined,
      hostNetwork: fate === 'hostNetwork' ? true : random.pick([undefined, undefined, false, null]),
      initContainers: random.chance(0.2) ? [randomContainer(random, 'init', true)] : nil(random),
      containers: several(random, 1, 2, (index) => randomContainer(random, `c${index}`, false)),
    }),
    status: manifest({
      phase,
      podIP: ips[0] ?? nil(random),
      podIPs: onlyPodIp || ips.length === 0 ? nil(random) : ips.map((ip) => ({ ip })),
    }),
  };
}

function livePhase(random: Random): Json | undefined {
  return random.chance(0.8) ? 'Running' : random.pick(['Pending', 'Unknown']);
}

/** Names are distinct in one container, as admission demands (S-253); two containers may use the same. */
function randomContainer(random: Random, name: string, init: boolean): Manifest {
  const names = random.shuffle(['http', 'dns', null, null]).slice(0, random.below(4));
  const ports = names.map((portName) =>
    manifest({
      name: portName ?? nil(random),
      protocol: random.pick(['TCP', 'TCP', 'UDP', 'SCTP', null, undefined]),
      containerPort: random.pick([80, 81, 443, 65535]),
    }),
  );
  const restartPolicy = init ? random.pick(['Always', undefined]) : undefined;
  return manifest({ name, ports: ports.length === 0 ? random.pick([nil(random), []]) : ports, restartPolicy });
}
