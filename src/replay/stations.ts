// Which nodes a flow meets, and how: the questions that its verdict is put together from.
import { getOrMake } from '../collections/get-or-make.ts';
import type { Scope } from '../ir/ir.ts';
import { formatAddress, type Address } from '../net/address.ts';
import type { Flow } from '../net/flow.ts';
import type { Pod, Snapshot } from '../snapshot/snapshot.ts';
import type { Probe } from './probe.ts';

/** One node, or, for pods that are on none, the whole snapshot as one gateway. */
export interface NodeProbes {
  readonly scope: Scope;
  readonly ownAddresses: readonly Address[];
  /** In order of flows; `flow` is the index of the flow it belongs to. */
  readonly probes: readonly { readonly flow: number; readonly probe: Probe }[];
}

/** Every node that a pod of a flow is on, with its probes. A flow without pods meets no node. O(pods + flows). */
export function nodesOfFlows(snapshot: Snapshot, flows: readonly Flow[]): readonly NodeProbes[] {
  const podsByAddress = livePodsByAddress(snapshot);
  const probesByNode = new Map<string | null, { readonly flow: number; readonly probe: Probe }[]>();
  for (const [index, flow] of flows.entries()) {
    const sources = podsByAddress.get(formatAddress(flow.source)) ?? [];
    const destinations = podsByAddress.get(formatAddress(flow.destination)) ?? [];
    const nodes = new Set([...sources, ...destinations].map((pod) => pod.node));
    for (const node of nodes) {
      const probe = probeAt(node, flow, sources, destinations);
      if (probe === null) continue;
      const probes = getOrMake(probesByNode, node, () => []);
      // A source port for every probe of a node, so that connections do not meet.
      probes.push({ flow: index, probe: { ...probe, tuple: { ...probe.tuple, sourcePort: portOf(probes.length) } } });
    }
  }
  return [...probesByNode].map(([node, probes]) => ({
    scope: node === null ? { kind: 'snapshot' } : { kind: 'node', name: node },
    ownAddresses: node === null ? [] : (snapshot.nodeByName.get(node)?.addresses ?? []),
    probes,
  }));
}

/** The same flows at one gateway that every pod is behind: the scope of the whole snapshot. */
export function gatewayOfFlows(snapshot: Snapshot, flows: readonly Flow[]): NodeProbes {
  const podsByAddress = livePodsByAddress(snapshot);
  const probes = flows.flatMap((flow, index) => {
    // Traffic of a node itself, and to it, is a matter of that node.
    if (flow.sourceNode !== null || flow.destinationNode !== null) return [];
    const probe: Probe = {
      tuple: { ...flow, sourcePort: portOf(index), destinationPort: flow.port },
      kind: 'forward',
      sourceIsLocal: podsByAddress.has(formatAddress(flow.source)),
      destinationIsLocal: podsByAddress.has(formatAddress(flow.destination)),
    };
    return probe.sourceIsLocal || probe.destinationIsLocal ? [{ flow: index, probe }] : [];
  });
  return { scope: { kind: 'snapshot' }, ownAddresses: [], probes };
}

/** How a flow meets a node; null when it leaves from the node itself towards another's pod. */
function probeAt(node: string | null, flow: Flow, sources: readonly Pod[], destinations: readonly Pod[]): Probe | null {
  const { source, destination, protocol, port } = flow;
  const tuple = { source, destination, protocol, sourcePort: 0, destinationPort: port };
  const sourceIsLocal = sources.some((pod) => pod.node === node);
  const destinationIsLocal = destinations.some((pod) => pod.node === node);
  const fromNode = node !== null && flow.sourceNode === node;
  const toNode = node !== null && flow.destinationNode === node;
  if (fromNode) return destinationIsLocal ? { tuple, kind: 'output', sourceIsLocal, destinationIsLocal } : null;
  return { tuple, kind: toNode ? 'input' : 'forward', sourceIsLocal, destinationIsLocal };
}

function livePodsByAddress(snapshot: Snapshot): ReadonlyMap<string, readonly Pod[]> {
  const podsByAddress = new Map<string, Pod[]>();
  for (const pod of snapshot.pods) {
    if (!pod.live) continue;
    for (const address of pod.addresses) getOrMake(podsByAddress, formatAddress(address), () => []).push(pod);
  }
  return podsByAddress;
}

/** 10000…59999, over and over: with 50,000 probes between one pair of addresses on one port two would meet. */
function portOf(index: number): number {
  return 10_000 + (index % 50_000);
}
