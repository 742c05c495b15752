// Which nodes a flow meets, and how: the questions that its verdict is put together from.
import { getOrMake } from '../collections/get-or-make.ts';
import type { Scope } from '../ir/ir.ts';
import { addressKey, type Address, type AddressKey } from '../net/address.ts';
import type { Flow } from '../net/flow.ts';
import type { Pod, Snapshot } from '../snapshot/snapshot.ts';
import { tupleKey, type Tuple } from './packet.ts';
import type { Probe } from './probe.ts';

/** One node, or, for pods that are on none, the whole snapshot as one gateway. */
export interface NodeProbes {
  readonly scope: Scope;
  readonly ownAddresses: readonly Address[];
  /** Distinct; `flows` are the indexes of the flows that ask it. Source ports are 0 until the replay chooses them. */
  readonly probes: readonly { readonly flows: readonly number[]; readonly probe: Probe }[];
}

/** Every node that a pod of a flow is on, with its probes. A flow without pods meets no node. O(pods + flows). */
export function nodesOfFlows(snapshot: Snapshot, flows: readonly Flow[]): readonly NodeProbes[] {
  const podsByAddress = livePodsByAddress(snapshot);
  const collectors = new Map<string | null, ProbeCollector>();
  for (const [index, flow] of flows.entries()) {
    const sources = podsByAddress.get(addressKey(flow.source)) ?? [];
    const destinations = podsByAddress.get(addressKey(flow.destination)) ?? [];
    for (const node of new Set([...sources, ...destinations].map((pod) => pod.node))) {
      const probe = probeAt(node, flow, sources, destinations);
      if (probe === null) continue;
      getOrMake(collectors, node, collectProbes).add(index, probe);
    }
  }
  return [...collectors].map(([node, collector]) => ({
    scope: node === null ? { kind: 'snapshot' } : { kind: 'node', name: node },
    ownAddresses: ownAddresses(
      node === null ? [] : (snapshot.nodeByName.get(node)?.addresses ?? []),
      collector.probes(),
    ),
    probes: collector.probes(),
  }));
}

/**
 * What a node answers to: what its object says and what flows call its own. The two differ where only pods on the node's
 * network tell its address; a packet to an address that nobody has would count as stopped.
 */
function ownAddresses(known: readonly Address[], probes: NodeProbes['probes']): readonly Address[] {
  const used = probes.flatMap(({ probe: { kind, tuple } }) =>
    kind === 'input' ? [tuple.destination] : kind === 'output' ? [tuple.source] : [],
  );
  return [...new Map([...known, ...used].map((address) => [addressKey(address), address])).values()];
}

/** The same flows at one gateway that every pod is behind: the scope of the whole snapshot. */
export function gatewayOfFlows(snapshot: Snapshot, flows: readonly Flow[]): NodeProbes {
  const podsByAddress = livePodsByAddress(snapshot);
  const collector = collectProbes();
  for (const [index, flow] of flows.entries()) {
    // Traffic of a node itself, and to it, is a matter of that node.
    if (flow.sourceNode !== null || flow.destinationNode !== null) continue;
    const sourceIsLocal = podsByAddress.has(addressKey(flow.source));
    const destinationIsLocal = podsByAddress.has(addressKey(flow.destination));
    if (!sourceIsLocal && !destinationIsLocal) continue;
    collector.add(index, { tuple: tupleOf(flow), kind: 'forward', sourceIsLocal, destinationIsLocal });
  }
  return { scope: { kind: 'snapshot' }, ownAddresses: [], probes: collector.probes() };
}

interface ProbeCollector {
  readonly add: (flow: number, probe: Probe) => void;
  readonly probes: () => NodeProbes['probes'];
}

/** Flows that ask the same share a probe. */
function collectProbes(): ProbeCollector {
  const byKey = new Map<string, { readonly flows: number[]; readonly probe: Probe }>();
  return {
    add: (flow, probe) => {
      getOrMake(byKey, `${probe.kind} ${tupleKey(probe.tuple)}`, () => ({ flows: [], probe })).flows.push(flow);
    },
    probes: () => [...byKey.values()],
  };
}

/** How a flow meets a node; null when it leaves from the node itself towards another's pod. */
function probeAt(node: string | null, flow: Flow, sources: readonly Pod[], destinations: readonly Pod[]): Probe | null {
  const tuple = tupleOf(flow);
  const sourceIsLocal = sources.some((pod) => pod.node === node);
  const destinationIsLocal = destinations.some((pod) => pod.node === node);
  const fromNode = node !== null && flow.sourceNode === node;
  const toNode = node !== null && flow.destinationNode === node;
  if (fromNode) return destinationIsLocal ? { tuple, kind: 'output', sourceIsLocal, destinationIsLocal } : null;
  return { tuple, kind: toNode ? 'input' : 'forward', sourceIsLocal, destinationIsLocal };
}

function livePodsByAddress(snapshot: Snapshot): ReadonlyMap<AddressKey, readonly Pod[]> {
  const podsByAddress = new Map<AddressKey, Pod[]>();
  for (const pod of snapshot.pods) {
    if (!pod.live) continue;
    for (const address of pod.addresses) getOrMake(podsByAddress, addressKey(address), () => []).push(pod);
  }
  return podsByAddress;
}

/** The source port is the node's and filled in when all nodes are known. */
function tupleOf({ source, destination, protocol, port }: Flow): Tuple {
  return { source, destination, protocol, sourcePort: 0, destinationPort: port };
}
