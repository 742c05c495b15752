// Peers of a policy rule → the exact addresses they stand for.
import { getOrMake } from '../collections/get-or-make.ts';
import { addressesOf, allAddresses, cidrSet, subtract, union, type AddressSet } from '../net/address-set.ts';
import { formatAddress, type Address } from '../net/address.ts';
import type { LabelSelector } from '../policy/label-selector.ts';
import type { IpBlockPeer, Peer, PodPeer } from '../policy/network-policy.ts';
import { selectGroups, type LabelGroup } from '../snapshot/label-index.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import type { Cluster } from './cluster.ts';
import { matchesUnknownNamespace, selectNamespaces } from './select-namespaces.ts';

/** Answers what peers stand for, remembering every selector it has answered. */
export interface PeerResolver {
  /** The addresses of a rule's peers; null means everyone (S-216). */
  readonly addresses: (peers: readonly Peer[] | null, policyNamespace: string) => AddressSet;
  /** The live pods among a rule's peers that declare a port of this name (S-250, S-255, S-256). */
  readonly podsDeclaring: (name: string, peers: readonly Peer[] | null, policyNamespace: string) => readonly PeerPods[];
}

/** Pods that one peer matches, and which addresses it covers (all of them for selectors). */
export interface PeerPods {
  readonly pods: readonly Pod[];
  readonly within: AddressSet;
}

/**
 * What counts where the snapshot leaves something open: what is `certain`, or everything that is `possible`. Open are
 * selectors about namespaces without an object, and addresses that several pods claim. Source: S-303, S-323.
 */
export type Certainty = 'certain' | 'possible';

/** Whether nothing is open, so that both certainties give the same answers. */
export function isDecided({ unknownNamespaces, claimantsByAddress }: Cluster): boolean {
  return unknownNamespaces.length === 0 && claimantsByAddress.size === 0;
}

export function createPeerResolver(cluster: Cluster): PeerResolver {
  const groupsByKey = new Map<string, readonly LabelGroup[]>();
  const addressesByKey = new Map<string, AddressSet>();

  const groups = (peer: PodPeer, namespace: string): readonly LabelGroup[] =>
    getOrMake(groupsByKey, peerKey(peer, namespace), () =>
      selectGroups(cluster.index, peerNamespaces(cluster, peer, namespace, 'certain'), peer.podSelector),
    );
  const addresses = (peer: Peer, namespace: string): AddressSet =>
    peer.kind === 'ipBlock'
      ? blockSet(peer)
      : getOrMake(addressesByKey, peerKey(peer, namespace), () => podAddresses(cluster, groups(peer, namespace)));
  const podsDeclaring = (name: string, peer: Peer | null, namespace: string): PeerPods => {
    const declaring = cluster.podsByPortName.get(name) ?? [];
    if (peer === null) return { pods: declaring, within: allAddresses };
    if (peer.kind === 'ipBlock') return { pods: declaring, within: blockSet(peer) };
    const chosen = groups(peer, namespace).flatMap((group) => group.pods);
    return { pods: chosen.filter((pod) => pod.namedPorts.some((port) => port.name === name)), within: allAddresses };
  };

  return {
    addresses: (peers, namespace) =>
      peers === null ? allAddresses : union(peers.map((peer) => addresses(peer, namespace))),
    podsDeclaring: (name, peers, namespace) => (peers ?? [null]).map((peer) => podsDeclaring(name, peer, namespace)),
  };
}

/**
 * The addresses of all pods in groups. An address that several pods claim counts only when every claimant is among
 * them (S-323).
 */
function podAddresses(cluster: Cluster, groups: readonly LabelGroup[]): AddressSet {
  const pods = groups.flatMap((group) => group.pods);
  const all = addressesOf(pods.flatMap((pod) => pod.addresses));
  if (cluster.claimantsByAddress.size === 0) return all;
  const chosen = new Set(pods);
  const agreed = (address: Address): boolean =>
    (cluster.claimantsByAddress.get(formatAddress(address)) ?? []).every((pod) => chosen.has(pod));
  const disputed = pods.flatMap((pod) => pod.addresses.filter((address) => !agreed(address)));
  return subtract(all, addressesOf(disputed));
}

/** The namespaces a peer looks in; null means all. An unknown answer is no certain match (S-303). */
export function peerNamespaces(
  cluster: Cluster,
  peer: PodPeer,
  policyNamespace: string,
  certainty: Certainty,
): ReadonlySet<string> | null {
  const selector = peer.namespaceSelector;
  if (selector === null) return new Set([policyNamespace]);
  if (selector.requirements.length === 0) return null;
  const unknown = cluster.unknownNamespaces.filter((name) => {
    const answer = matchesUnknownNamespace(selector, name);
    return answer === 'unknown' ? certainty === 'possible' : answer;
  });
  return new Set([...selectNamespaces(cluster.snapshot, selector), ...unknown]);
}

/** Source: S-243, S-246, S-247, S-425. */
function blockSet(peer: IpBlockPeer): AddressSet {
  return subtract(cidrSet(peer.cidr), union(peer.except.map(cidrSet)));
}

/** Equal for peers of equal meaning as written; the namespace matters only when the peer names none. */
export function peerKey(peer: PodPeer, policyNamespace: string): string {
  const scope = peer.namespaceSelector === null ? policyNamespace : selectorKey(peer.namespaceSelector);
  return JSON.stringify([peer.namespaceSelector === null, scope, selectorKey(peer.podSelector)]);
}

function selectorKey(selector: LabelSelector): string {
  return JSON.stringify(selector.requirements.map(({ key, operator, values }) => [key, operator, ...values]));
}
