// Claims over random worlds, and which flows they mean, by the words of their documentation: no code of the prover is used.
import { formatAddress, type Address } from '../../src/net/address.ts';
import type { Flow } from '../../src/net/flow.ts';
import type { Protocol } from '../../src/net/protocol.ts';
import type { Pod, Snapshot } from '../../src/snapshot/snapshot.ts';

export interface TestClaim {
  readonly kind: 'never' | 'always' | 'only';
  readonly sources: readonly TestEnd[];
  readonly destinations: readonly TestDestination[];
  readonly family: 'IPv4' | 'IPv6' | null;
}

/** An end as it is written, and who is meant by it. */
export interface TestEnd {
  readonly text: string;
  /** What a live pod answers; absent where the end is about addresses. */
  readonly ofPod?: (pod: Pod) => Answer;
  /** Whether an address is in a block, is the address, or is outside. */
  readonly ofAddress?: (address: Address, isPod: boolean) => boolean;
  /** Nodes that are named; with `ofAddress`, by one of their addresses. */
  readonly nodes?: readonly string[];
}

export interface TestDestination extends TestEnd {
  /** Null: every port of every protocol. */
  readonly ports: readonly TestPorts[] | null;
}

export interface TestPorts {
  readonly protocol: Protocol;
  readonly first: number;
  readonly last: number;
}

export type Answer = 'yes' | 'no' | 'maybe';

export function claimText({ kind, sources, destinations, family }: TestClaim): string {
  const to = destinations.map(({ text, ports }) => (ports === null ? text : `${text}:${ports.map(portText).join()}`));
  const over = family === null ? '' : ` over ${family}`;
  return `${kind} ${sources.map(({ text }) => text).join(', ')} -> ${to.join(', ')}${over}`;
}

function portText({ protocol, first, last }: TestPorts): string {
  return `${first === last ? first : `${first}-${last}`}/${protocol}`;
}

export interface Meaning {
  /** Whether the claim speaks of the flow. */
  readonly means: (claim: TestClaim, flow: Flow) => boolean;
  /** The live pods at an address. */
  readonly podsAt: (address: Address) => readonly Pod[];
}

/** Prepares the answers for one world. */
export function createMeaning(snapshot: Snapshot, allowEgressToOwnNode: boolean): Meaning {
  const pods = new Map<string, Pod[]>();
  for (const pod of snapshot.pods.filter(({ live }) => live)) {
    for (const address of pod.addresses) {
      const text = formatAddress(address);
      pods.set(text, [...(pods.get(text) ?? []), pod]);
    }
  }
  const podsAt = (address: Address): readonly Pod[] => pods.get(formatAddress(address)) ?? [];
  const isIn = (end: TestEnd, address: Address, node: string | null, wanted: 'some' | 'all'): boolean => {
    const owners = podsAt(address);
    if (owners.length === 0 && isNamedBy(end, address, node)) return true;
    if (end.ofAddress?.(address, owners.length > 0) === true) return true;
    const answers = owners.map((pod) => end.ofPod?.(pod) ?? 'no');
    if (answers.length === 0) return false;
    return wanted === 'all' ? answers.every((each) => each === 'yes') : answers.some((each) => each !== 'no');
  };
  const isOwnNode = (owners: readonly Pod[], node: string | null): boolean =>
    node !== null && owners.length > 0 && owners.every((pod) => pod.node === node);

  const means = (claim: TestClaim, flow: Flow): boolean => {
    const [from, to] = [podsAt(flow.source), podsAt(flow.destination)];
    if (from.length === 0 && to.length === 0) return false;
    if (from.length === 1 && to.length === 1 && from[0] === to[0]) return false;
    if (formatAddress(flow.source) === formatAddress(flow.destination)) return false;
    if (claim.family !== null && claim.family !== flow.source.family) return false;
    if (isOwnNode(to, flow.sourceNode)) {
      if (claim.kind === 'only' || !claim.sources.some((end) => isNamedBy(end, flow.source, flow.sourceNode)))
        return false;
    }
    if (allowEgressToOwnNode && isOwnNode(from, flow.destinationNode)) {
      if (!claim.destinations.some((end) => isNamedBy(end, flow.destination, flow.destinationNode))) return false;
    }
    const isSource = claim.sources.some((end) =>
      isIn(end, flow.source, flow.sourceNode, claim.kind === 'only' ? 'all' : 'some'),
    );
    if (isSource === (claim.kind === 'only')) return false;
    return claim.destinations.some(
      (end) => isIn(end, flow.destination, flow.destinationNode, 'some') && onPorts(end, flow),
    );
  };
  return { means, podsAt };
}

function isNamedBy({ nodes = [], ofAddress }: TestEnd, address: Address, node: string | null): boolean {
  return node !== null && nodes.includes(node) && (ofAddress?.(address, false) ?? true);
}

function onPorts({ ports }: TestDestination, { protocol, port }: Flow): boolean {
  if (ports === null) return true;
  return ports.some((each) => each.protocol === protocol && each.first <= port && port <= each.last);
}
