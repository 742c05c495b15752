// Random worlds for a kernel to judge: with flows that real packets can play, and what the oracle says about each.
import { formatAddress, type Address } from '../../src/net/address.ts';
import type { Flow } from '../../src/net/flow.ts';
import { whyNotSendable } from '../../src/replay/sendable.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import type { KernelCase } from '../kit/kernel-requests.ts';
import { formatFlow, oracleOf } from './properties.ts';
import { randomWorld, type RandomWorld } from './random-world.ts';
import { prepareSubject } from './subject.ts';

export interface KernelSample extends KernelCase {
  readonly seed: number;
  /** As manifests, for a report of what went wrong. */
  readonly manifests: RandomWorld;
}

/** The sample of a seed. No two pods share an address; there may be no playable flow. */
export function randomKernelSample(seed: number, flowsPerWorld: number): Promise<KernelSample> {
  return kernelSample(randomWorld(seed, { contested: false }), seed, flowsPerWorld);
}

/** The sample of one world; with `about`, of a shrunk one, asking about one flow only. */
export async function kernelSample(
  manifests: RandomWorld,
  seed: number,
  flowsPerWorld: number,
  about: Flow | null = null,
): Promise<KernelSample> {
  const subject = await prepareSubject(manifests, flowsPerWorld);
  const { compiler, world } = subject;
  const oracle = oracleOf(subject);
  const probes = about === null ? subject.probes : [about];
  const flows = distinct(probes.filter((flow) => isPlayable(flow, world.snapshot)));
  return {
    name: `seed ${seed}`,
    seed,
    manifests,
    snapshot: world.snapshot,
    compiler,
    flows: flows.map((flow) => ({ flow, expect: oracle(flow), text: formatFlow(flow) })),
  };
}

/** One end is a live pod; both can be routed; a node's process uses only the node's own addresses. */
function isPlayable(flow: Flow, snapshot: Snapshot): boolean {
  const ends = [flow.source, flow.destination];
  const ownersOf = (address: Address): readonly unknown[] =>
    snapshot.pods.filter((pod) => pod.live && pod.addresses.some((own) => isSame(own, address)));
  const isOf = (node: string | null, address: Address): boolean =>
    node === null || (snapshot.nodeByName.get(node)?.addresses ?? []).some((own) => isSame(own, address));
  const [sources = [], destinations = []] = ends.map(ownersOf);
  // A packet to another address of its own would never leave the pod (S-601).
  const toSelf = sources.some((pod) => destinations.includes(pod));
  return (
    !toSelf &&
    sources.length + destinations.length > 0 &&
    whyNotSendable(flow) === null &&
    isOf(flow.sourceNode, flow.source) &&
    isOf(flow.destinationNode, flow.destination)
  );
}

function isSame(a: Address, b: Address): boolean {
  return a.family === b.family && a.words.every((word, index) => word === b.words[index]);
}

function distinct(flows: readonly Flow[]): readonly Flow[] {
  const key = ({ source, destination, protocol, port, sourceNode }: Flow): string =>
    [formatAddress(source), formatAddress(destination), protocol, port, sourceNode].join(' ');
  return [...new Map(flows.map((flow) => [key(flow), flow])).values()];
}
