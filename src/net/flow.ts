// The question that the oracle, the IR and the kernel all answer.
import type { Address } from './address.ts';
import type { Protocol } from './protocol.ts';

/**
 * One connection as the packet filter sees its first packet: after destination translation (S-420), both addresses of
 * one family. Which pod, if any, owns an address is looked up by whoever answers.
 */
export interface Flow {
  readonly source: Address;
  readonly destination: Address;
  readonly protocol: Protocol;
  /** Destination port, 1…65535. */
  readonly port: number;
  /** Name of the node whose own process sends this (S-603, S-606), or null. Null for pods and outside hosts. */
  readonly sourceNode: string | null;
  /** Name of the node that owns the destination address (S-604), or null. */
  readonly destinationNode: string | null;
}

export type Verdict = 'allow' | 'deny';
