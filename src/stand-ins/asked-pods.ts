// Everything in policies that selects pods.
import { getOrMake } from '../collections/get-or-make.ts';
import type { ClusterPolicy } from '../policy/cluster-policy.ts';
import type { Field, NetworkPolicy, PodPeer } from '../policy/network-policy.ts';
import type { Policies } from '../policy/policies.ts';
import { peerKey } from '../resolve/peers.ts';

/** Pods that somebody asks for. */
export interface AskedPods {
  readonly peer: PodPeer;
  /** Of the policy; `''` for one of a tier. It matters when the peer names no namespaces. */
  readonly namespace: string;
}

/** The subjects and pod peers of all policies, each meaning as written once. Sorted; the most demanding of namespaces first. */
export function askedPods(worlds: readonly Policies[]): readonly AskedPods[] {
  const askedByKey = new Map<string, AskedPods>();
  const ask = (peer: PodPeer, namespace: string): void => {
    getOrMake(askedByKey, peerKey(peer, namespace), () => ({ peer, namespace }));
  };
  const policies = new Set(worlds.flatMap((world) => world.policies));
  for (const policy of policies) for (const peer of selectingIn(policy)) ask(peer, policy.namespace);
  const clusterPolicies = new Set(worlds.flatMap((world) => world.clusterPolicies));
  for (const policy of clusterPolicies) for (const peer of selectingInTier(policy)) ask(peer, '');
  return [...askedByKey]
    .sort(([a, one], [b, other]) => demands(other) - demands(one) || (a < b ? -1 : 1))
    .map(([, asked]) => asked);
}

function selectingIn({ subject, subjectOrigin, ingress, egress }: NetworkPolicy): readonly PodPeer[] {
  const peers = [...(ingress ?? []), ...(egress ?? [])].flatMap((rule) => rule.peers ?? []);
  return [peerOf(subject, subjectOrigin), ...peers.filter((peer) => peer.kind === 'pods')];
}

function peerOf(podSelector: NetworkPolicy['subject'], origin: Field): PodPeer {
  return { kind: 'pods', namespaceSelector: null, podSelector, origin };
}

function selectingInTier({ subject, ingress, egress }: ClusterPolicy): readonly PodPeer[] {
  const peers = [...ingress, ...egress].flatMap((rule) => rule.peers);
  return [subject, ...peers.filter((peer) => peer.kind === 'pods')];
}

function demands({ peer }: AskedPods): number {
  return peer.namespaceSelector?.requirements.length ?? 0;
}
