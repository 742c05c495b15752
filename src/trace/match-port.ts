// Whether a flow's protocol and destination port are among the ports of a policy rule.
import type { PolicyPort } from '../policy/network-policy.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import type { Side } from './side.ts';

/** Entries are alternatives; no list means every port of every protocol. Source: S-217, S-227. */
export function portsMatch(ports: readonly PolicyPort[] | null, side: Side, subject: Pod): boolean {
  return ports === null || ports.some((port) => portMatches(port, side, subject));
}

/** Source: S-221 to S-226; S-250 to S-252 and S-255 for names. */
export function portMatches(port: PolicyPort, side: Side, subject: Pod): boolean {
  if (port.protocol !== side.protocol) return false;
  if (port.kind === 'range') return port.range.first <= side.port && side.port <= port.range.last;
  const owners = portOwners(side, subject);
  return owners.length > 0 && owners.every((pod) => numbersOf(pod, port).includes(side.port));
}

/**
 * The pods that a port name is looked up on: the destination. For ingress that is the subject; for egress the other end,
 * where every claimant of a contested address must agree (S-323). None when the destination is no pod (S-255).
 *
 * Source: S-250, S-256.
 */
export function portOwners(side: Side, subject: Pod): readonly Pod[] {
  return side.direction === 'ingress' ? [subject] : side.peer.pods;
}

/** The numbers that a pod gives a port name for a protocol; none when it does not declare it. Source: S-251, S-253. */
export function numbersOf(pod: Pod, port: PolicyPort & { readonly kind: 'named' }): readonly number[] {
  return pod.namedPorts
    .filter((declared) => declared.name === port.name && declared.protocol === port.protocol)
    .map((declared) => declared.port);
}
