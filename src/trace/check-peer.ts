// One peer of a policy rule held against the other end of a flow: does it fit, and if not, why not.
import { holds } from '../policy/label-selector.ts';
import type { IpBlockPeer, Peer, PodPeer } from '../policy/network-policy.ts';
import { podKey, type Pod } from '../snapshot/snapshot.ts';
import type { Facts } from './facts.ts';
import { nameLabel, namespaceMatches, peerMatches } from './match-peer.ts';
import { holdsAddress } from './number.ts';
import type { PeerCheck, PeerLack } from './reason.ts';
import type { End } from './side.ts';
import { blockText, labelTexts } from './words.ts';

/** The oracle says whether it fits; this adds why not. */
export function checkPeer(facts: Facts, peer: Peer, index: number, policyNamespace: string, end: End): PeerCheck {
  const fits = peerMatches(facts, peer, policyNamespace, end);
  const lacks = fits ? [] : peerLacks(facts, peer, policyNamespace, end);
  return { index, peer, fits, lacks, wantsBoth: wantsBoth(peer) };
}

function wantsBoth(peer: Peer): boolean {
  if (peer.kind === 'ipBlock' || peer.namespaceSelector === null) return false;
  return peer.namespaceSelector.requirements.length > 0 && peer.podSelector.requirements.length > 0;
}

function peerLacks(facts: Facts, peer: Peer, policyNamespace: string, end: End): readonly PeerLack[] {
  if (peer.kind === 'ipBlock') return [blockLack(peer, end)];
  if (end.pods.length === 0) return [{ kind: 'not-a-pod' }];
  return end.pods.flatMap((pod) => [...namespaceLacks(facts, peer, policyNamespace, pod), ...labelLacks(peer, pod)]);
}

function blockLack(peer: IpBlockPeer, end: End): PeerLack {
  if (peer.cidr.base.family !== end.address.family) return { kind: 'other-family' };
  const except = peer.except.find((each) => holdsAddress(each, end.address, end.number));
  const inside = holdsAddress(peer.cidr, end.address, end.number);
  return inside && except !== undefined ? { kind: 'excepted', except: blockText(except) } : { kind: 'outside' };
}

function namespaceLacks(facts: Facts, peer: PodPeer, policyNamespace: string, pod: Pod): readonly PeerLack[] {
  const { namespace } = pod;
  const answer = namespaceMatches(facts, peer.namespaceSelector, policyNamespace, namespace);
  if (answer === true) return [];
  if (peer.namespaceSelector === null) return [{ kind: 'namespace', pod: podKey(pod), namespace }];
  if (answer === 'unknown') return [{ kind: 'namespace-unknown', namespace }];
  const known = facts.snapshot.namespaceByName.get(namespace)?.labels;
  const labels = known ?? new Map([[nameLabel, namespace]]);
  return peer.namespaceSelector.requirements
    .filter((each) => (known !== undefined || each.key === nameLabel) && !holds(each, labels))
    .map((requirement) => {
      return { kind: 'namespace-label', namespace, requirement, found: labels.get(requirement.key) ?? null };
    });
}

function labelLacks(peer: PodPeer, pod: Pod): readonly PeerLack[] {
  return peer.podSelector.requirements
    .filter((requirement) => !holds(requirement, pod.labels))
    .map((requirement) => {
      const found = pod.labels.get(requirement.key) ?? null;
      return { kind: 'pod-label', pod: podKey(pod), requirement, found, labels: labelTexts(pod.labels) };
    });
}
