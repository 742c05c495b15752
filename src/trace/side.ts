// A flow seen from its two ends. Each end judges for itself: the source by its egress, the destination by its ingress.
import type { Address } from '../net/address.ts';
import type { Flow } from '../net/flow.ts';
import type { Protocol } from '../net/protocol.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import { podsAt, type Facts } from './facts.ts';
import { addressNumber } from './number.ts';

export type Direction = 'egress' | 'ingress';

/** One end of a flow. */
export interface End {
  readonly address: Address;
  readonly number: bigint;
  /** The live pods that own the address: none, one, or several that claim it (S-323). */
  readonly pods: readonly Pod[];
  /** The node whose own address this is, or null. */
  readonly node: string | null;
}

/** A flow as one end sees it. */
export interface Side {
  readonly direction: Direction;
  /** The end whose policies are asked. */
  readonly subject: End;
  /** The other end. */
  readonly peer: End;
  readonly protocol: Protocol;
  /** The destination port, whichever side it is (S-226). */
  readonly port: number;
}

/** Both sides of a flow; a connection needs the consent of both (S-502). */
export function sidesOf(facts: Facts, flow: Flow): { readonly egress: Side; readonly ingress: Side } {
  const { protocol, port } = flow;
  const source = endOf(facts, flow.source, flow.sourceNode);
  const destination = endOf(facts, flow.destination, flow.destinationNode);
  return {
    egress: { direction: 'egress', subject: source, peer: destination, protocol, port },
    ingress: { direction: 'ingress', subject: destination, peer: source, protocol, port },
  };
}

/**
 * Whether a pod talks to itself: by the same address, or by another address of its own that nobody else claims.
 *
 * Source: S-601, S-602.
 */
export function isToSelf({ subject, peer }: Side): boolean {
  const [pod] = subject.pods;
  if (pod === undefined) return false;
  if (subject.address.family === peer.address.family && subject.number === peer.number) return true;
  return subject.pods.length === 1 && peer.pods.length === 1 && peer.pods[0] === pod;
}

function endOf(facts: Facts, address: Address, node: string | null): End {
  const number = addressNumber(address);
  return { address, number, pods: podsAt(facts, address, number), node };
}
