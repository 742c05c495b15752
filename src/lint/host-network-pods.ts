// Pods on the network of their node, which selectors describe and policies never mean. Source: S-320, S-606.
import { peerNamespaces } from '../resolve/peers.ts';
import type { Cluster } from '../resolve/cluster.ts';
import { indexPods, selectGroups } from '../snapshot/label-index.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import type { Selection } from './selections.ts';

/** Answers which of them a selection describes. O(pods) to prepare. */
export function hostNetworkPods(cluster: Cluster): (selection: Selection) => readonly Pod[] {
  const onNodes = cluster.snapshot.pods.filter(({ hostNetwork, addresses }) => hostNetwork && addresses.length > 0);
  // The index is one of live pods.
  const index = indexPods(onNodes.map((pod) => ({ ...pod, live: true })));
  return ({ peer, namespace }) => {
    if (onNodes.length === 0) return [];
    const groups = selectGroups(index, peerNamespaces(cluster, peer, namespace, 'certain'), peer.podSelector);
    return groups.flatMap(({ pods }) => pods);
  };
}
