// Whether the other end of a flow is among the peers of a policy rule.
import { holds, matches, type LabelSelector } from '../policy/label-selector.ts';
import type { IpBlockPeer, Peer, PodPeer } from '../policy/network-policy.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import type { Facts } from './facts.ts';
import { holdsAddress } from './number.ts';
import type { End } from './side.ts';

/** The label that every namespace carries with its own name. Source: S-301. */
export const nameLabel = 'kubernetes.io/metadata.name';

/** Peers are alternatives; no list means everyone. Source: S-216, S-234. */
export function peersMatch(facts: Facts, peers: readonly Peer[] | null, policyNamespace: string, end: End): boolean {
  return peers === null || peers.some((peer) => peerMatches(facts, peer, policyNamespace, end));
}

/** Selectors match pods and only pods; a contested address only when they match all its claimants (S-245, S-323). */
export function peerMatches(facts: Facts, peer: Peer, policyNamespace: string, end: End): boolean {
  if (peer.kind === 'ipBlock') return blockMatches(peer, end);
  return end.pods.length > 0 && end.pods.every((pod) => podMatches(facts, peer, policyNamespace, pod));
}

/** In `cidr` and in none of `except`, pod or not. Source: S-243, S-246, S-247, S-425, S-426. */
function blockMatches(peer: IpBlockPeer, end: End): boolean {
  if (!holdsAddress(peer.cidr, end.address, end.number)) return false;
  return !peer.except.some((except) => holdsAddress(except, end.address, end.number));
}

/** Both selectors of one peer must hold. Source: S-240 to S-242, S-244. */
function podMatches(facts: Facts, peer: PodPeer, policyNamespace: string, pod: Pod): boolean {
  const inNamespace = namespaceMatches(facts, peer.namespaceSelector, policyNamespace, pod.namespace);
  return inNamespace === true && matches(peer.podSelector, pod.labels);
}

/**
 * Whether a peer looks in a namespace; without a namespaceSelector that is the policy's own and no other.
 *
 * Of a namespace without an object only the name is known: a selector that asks for anything else is `unknown`, unless
 * the name already rules it out. Source: S-213, S-240, S-241, S-302, S-303.
 */
export function namespaceMatches(
  facts: Facts,
  selector: LabelSelector | null,
  policyNamespace: string,
  namespace: string,
): boolean | 'unknown' {
  if (selector === null) return namespace === policyNamespace;
  const known = facts.snapshot.namespaceByName.get(namespace);
  if (known !== undefined) return matches(selector, known.labels);
  const name = new Map([[nameLabel, namespace]]);
  const answers = selector.requirements.map((each) => (each.key === nameLabel ? holds(each, name) : 'unknown'));
  if (answers.includes(false)) return false;
  return answers.includes('unknown') ? 'unknown' : true;
}
