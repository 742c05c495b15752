// The protocols that policies speak of, and the port universe.

/** A protocol with ports, as Kubernetes writes it. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** A protocol, or `OTHER` for everything that is not TCP, UDP or SCTP (S-1201). */
export type TransportClass = Protocol | 'OTHER';

export const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/** IANA protocol numbers. */
export const protocolNumber: Readonly<Record<Protocol, number>> = { TCP: 6, UDP: 17, SCTP: 132 };

export function isProtocol(text: string): text is Protocol {
  return text === 'TCP' || text === 'UDP' || text === 'SCTP';
}

/** Inclusive port interval, 0 ≤ first ≤ last ≤ 65535. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Every port. Begins at 0 so that "all ports" covers what a packet can carry; port 0 is allowed exactly where all of
 * 1…65535 are, so that `1-65535` and "no port given" mean the same. Source: S-228.
 */
export const allPorts: PortRange = { first: 0, last: 65535 };
