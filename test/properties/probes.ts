// Which flows to ask about a world: those at the edges of what its policies say. Source: P-2 of the reliability study.
import type { World } from '../../src/input/world.ts';
import { families, formatAddress, type Address, type Family } from '../../src/net/address.ts';
import { lastAddress, type Cidr } from '../../src/net/cidr.ts';
import type { Flow } from '../../src/net/flow.ts';
import { protocols, type Protocol } from '../../src/net/protocol.ts';
import type { ClusterPolicy } from '../../src/policy/cluster-policy.ts';
import type { NetworkPolicy, Peer, PolicyPort, PolicyRule } from '../../src/policy/network-policy.ts';
import { address, neighbour } from './world/address-arithmetic.ts';
import type { Random } from './world/random.ts';
import { externalAddresses, podAddresses } from './world/random-cluster.ts';

/** One end of a flow: an address, and the node whose own processes use it, if any. */
interface Party {
  readonly address: Address;
  readonly node: string | null;
}

interface Parties {
  /** Addresses of live pods: at least one end of almost every probe. */
  readonly pods: readonly Party[];
  /** Everybody: pods, finished pods' addresses, nodes, outside hosts, the edges of every block. */
  readonly all: readonly Party[];
}

/**
 * At most `cap` flows: every pair with every boundary port when they are few enough, else a random choice of which half
 * aims at single policy rules; and a tenth more of uniform noise. Never a flow whose two ends are the same address.
 */
export function chooseProbes(world: World, random: Random, cap: number): readonly Flow[] {
  const rules = [...world.policies.flatMap(rulesOf), ...world.clusterPolicies.flatMap(edgesOfTier)];
  const parties = partiesOf(world, rules);
  const ports = boundaryPorts(world, rules);
  const noise = drawn(Math.floor(cap / 10), () => noiseProbe(parties, random));
  const rest = cap - noise.length;
  const chosen = allProbes(parties, ports, rest) ?? [
    ...drawn(Math.ceil(rest / 2), () => anyProbe(parties, ports, random)),
    ...drawn(Math.floor(rest / 2), () => ruleProbe(parties, rules, ports, random)),
  ];
  return [...chosen, ...noise];
}

/** So many, or fewer where hardly any draw gives a flow: two ends may be of two families, or the same. */
function drawn(count: number, draw: () => Flow | null): readonly Flow[] {
  const flows: Flow[] = [];
  for (let tries = 0; flows.length < count && tries < 5 * count; tries++) {
    const flow = draw();
    if (flow !== null) flows.push(flow);
  }
  return flows;
}

/** Null when there would be more than `cap`. */
function allProbes(parties: Parties, ports: readonly number[], cap: number): readonly Flow[] | null {
  const pairs = pairsOf(parties);
  if (pairs.length * ports.length * protocols.length > cap) return null;
  return pairs.flatMap(([source, destination]) =>
    ports.flatMap((port) => protocols.flatMap((protocol) => flowBetween(source, destination, protocol, port) ?? [])),
  );
}

function pairsOf({ pods, all }: Parties): readonly (readonly [Party, Party])[] {
  const others = all.filter((party) => !pods.includes(party));
  return pods.flatMap((pod) => [
    ...all.map((party) => [pod, party] as const),
    ...others.map((party) => [party, pod] as const),
  ]);
}

function anyProbe({ pods, all }: Parties, ports: readonly number[], random: Random): Flow | null {
  if (pods.length === 0) return null;
  return oriented(random.pick(pods), random.pick(all), random.pick(protocols), random.pick(ports), random);
}

/** Aims at the edges of one rule: an address at the edge of one of its blocks, a port at the edge of one of its ports. */
function ruleProbe(
  parties: Parties,
  rules: readonly PolicyRule[],
  ports: readonly number[],
  random: Random,
): Flow | null {
  if (parties.pods.length === 0 || rules.length === 0) return null;
  const rule = random.pick(rules);
  const edges = blocksOf(rule).flatMap(edgesOf);
  const peer = edges.length > 0 ? partyAt(parties, random.pick(edges)) : random.pick(parties.all);
  const port = rule.ports === null ? null : random.pick(rule.ports);
  const number = port?.kind === 'range' ? random.pick(portEdges(port)) : random.pick(ports);
  const protocol = port === null || random.chance(0.2) ? random.pick(protocols) : port.protocol;
  return oriented(random.pick(parties.pods), peer, protocol, number, random);
}

/** Anything at all, also what no sane sender would send: a node's process using another address (S-424, S-603). */
function noiseProbe(parties: Parties, random: Random): Flow | null {
  const family = random.pick(families);
  const words = family === 'IPv4' ? 1 : 4;
  const somewhere: Party = {
    address: { family, words: Array.from({ length: words }, () => random.below(2 ** 32)) },
    node: random.chance(0.7) ? null : random.pick(['n1', 'n2']),
  };
  const known = parties.pods.length > 0 && random.chance(0.9) ? parties.pods : [...parties.all, somewhere];
  const near = random.pick(known);
  const far = random.chance(0.5) ? somewhere : random.pick(parties.all);
  return oriented(near, far, random.pick(protocols), 1 + random.below(65535), random);
}

function oriented(a: Party, b: Party, protocol: Protocol, port: number, random: Random): Flow | null {
  return random.chance(0.5) ? flowBetween(a, b, protocol, port) : flowBetween(b, a, protocol, port);
}

/** Null for two families, or for an address and itself (which never leaves its network namespace, S-601). */
function flowBetween(source: Party, destination: Party, protocol: Protocol, port: number): Flow | null {
  if (source.address.family !== destination.address.family) return null;
  if (formatAddress(source.address) === formatAddress(destination.address)) return null;
  return {
    source: source.address,
    destination: destination.address,
    protocol,
    port,
    sourceNode: source.node,
    destinationNode: destination.node,
  };
}

function partiesOf({ snapshot }: World, rules: readonly PolicyRule[]): Parties {
  const partyByText = new Map<string, Party>();
  const add = (known: Address, node: string | null = null): void => {
    const text = formatAddress(known);
    if (!partyByText.has(text)) partyByText.set(text, { address: known, node });
  };
  for (const pod of snapshot.pods) if (pod.live) pod.addresses.forEach((each) => add(each));
  const pods = [...partyByText.values()];
  for (const node of snapshot.nodeByName.values()) node.addresses.forEach((each) => add(each, node.name));
  for (const pod of snapshot.pods) pod.addresses.forEach((each) => add(each));
  for (const text of families.flatMap((family) => someAddresses(family))) add(address(text));
  for (const edge of rules.flatMap(blocksOf).flatMap(edgesOf)) add(edge);
  return { pods, all: [...partyByText.values()] };
}

function someAddresses(family: Family): readonly string[] {
  return [...externalAddresses[family], ...podAddresses[family].slice(0, 2)];
}

function partyAt(parties: Parties, edge: Address): Party {
  const text = formatAddress(edge);
  return parties.all.find((party) => formatAddress(party.address) === text) ?? { address: edge, node: null };
}

function rulesOf(policy: NetworkPolicy): readonly PolicyRule[] {
  return [...(policy.ingress ?? []), ...(policy.egress ?? [])];
}

/** What rules of a tier say about addresses and numbers, as rules to probe the edges of. */
function edgesOfTier({ ingress, egress }: ClusterPolicy): readonly PolicyRule[] {
  return [...ingress, ...egress].map(({ peers, ports, origin }) => {
    const cidrs = peers.flatMap((peer) => (peer.kind === 'networks' ? peer.cidrs : []));
    const ranges = (ports ?? []).filter((port) => port.kind === 'range');
    return {
      peers: cidrs.map((cidr): Peer => ({ kind: 'ipBlock', cidr, except: [], origin })),
      ports: ranges.length === 0 ? null : ranges,
      origin,
    };
  });
}

function blocksOf(rule: PolicyRule): readonly Cidr[] {
  return (rule.peers ?? []).flatMap((peer) => (peer.kind === 'ipBlock' ? [peer.cidr, ...peer.except] : []));
}

/** First and last address of a prefix, and the ones before and after it. */
function edgesOf(cidr: Cidr): readonly Address[] {
  const last = lastAddress(cidr);
  return [cidr.base, last, neighbour(cidr.base, -1), neighbour(last, 1)].filter((edge) => edge !== null);
}

function boundaryPorts({ snapshot }: World, rules: readonly PolicyRule[]): readonly number[] {
  const declared = snapshot.pods.flatMap((pod) => pod.namedPorts.map(({ port }) => port));
  const edges = rules.flatMap((rule) => rule.ports ?? []).flatMap(portEdges);
  return [...new Set([80, 443, ...declared, ...edges])].sort((a, b) => a - b);
}

/** The ends of a port range and their neighbours, where they are ports. */
function portEdges(port: PolicyPort): readonly number[] {
  if (port.kind === 'named') return [];
  const { first, last } = port.range;
  return [first - 1, first, last, last + 1].filter((edge) => edge >= 1 && edge <= 65535);
}
