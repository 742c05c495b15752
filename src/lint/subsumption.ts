// Whether one rule allows everything that another one does, as they are written, whatever pods there are.
import { cidrSet, equalSets, allAddresses, isSubset, subtract, union, type AddressSet } from '../net/address-set.ts';
import type { IpBlockPeer, NetworkPolicy, Peer, PodPeer, PolicyPort, PolicyRule } from '../policy/network-policy.ts';
import { implies } from './selector-sets.ts';

/** Sound, not complete: `true` is a proof. Both rules are of one direction and of policies in one namespace. */
export function isRuleWithin(narrow: PolicyRule, wide: PolicyRule): boolean {
  return arePortsWithin(narrow.ports, wide.ports) && arePeersWithin(narrow.peers, wide.peers);
}

/** Whether every pod that `narrow` is for is one of `wide`'s. Both are in one namespace. */
export function isSubjectWithin(narrow: NetworkPolicy, wide: NetworkPolicy): boolean {
  return implies(narrow.subject, wide.subject);
}

function arePeersWithin(narrow: PolicyRule['peers'], wide: PolicyRule['peers']): boolean {
  if (wide === null) return true;
  const blocks = union(wide.flatMap((peer) => (peer.kind === 'ipBlock' ? [blockSet(peer)] : [])));
  if (equalSets(blocks, allAddresses)) return true;
  return narrow?.every((peer) => isPeerWithin(peer, wide, blocks)) ?? false;
}

function isPeerWithin(narrow: Peer, wide: readonly Peer[], blocks: AddressSet): boolean {
  if (narrow.kind === 'ipBlock') return isSubset(blockSet(narrow), blocks);
  return wide.some((peer) => peer.kind === 'pods' && arePodsWithin(narrow, peer));
}

/** The policy's own namespace is within every one, and otherwise not compared with selectors. */
function arePodsWithin(narrow: PodPeer, wide: PodPeer): boolean {
  if (!implies(narrow.podSelector, wide.podSelector)) return false;
  if (wide.namespaceSelector === null) return narrow.namespaceSelector === null;
  if (narrow.namespaceSelector === null) return wide.namespaceSelector.requirements.length === 0;
  return implies(narrow.namespaceSelector, wide.namespaceSelector);
}

function arePortsWithin(narrow: PolicyRule['ports'], wide: PolicyRule['ports']): boolean {
  if (wide === null) return true;
  return narrow?.every((port) => isPortWithin(port, wide)) ?? false;
}

function isPortWithin(narrow: PolicyPort, wide: readonly PolicyPort[]): boolean {
  const same = wide.filter(({ protocol }) => protocol === narrow.protocol);
  const { first, last } = narrow.kind === 'named' ? { first: 1, last: 65535 } : narrow.range;
  if (narrow.kind === 'named' && same.some((port) => port.kind === 'named' && port.name === narrow.name)) return true;
  let reached = Math.max(first, 1) - 1;
  const ranges = same.flatMap((port) => (port.kind === 'range' ? [port.range] : []));
  for (const range of [...ranges].sort((a, b) => a.first - b.first)) {
    if (range.first <= reached + 1) reached = Math.max(reached, range.last);
  }
  return reached >= last;
}

function blockSet({ cidr, except }: IpBlockPeer): AddressSet {
  return subtract(cidrSet(cidr), union(except.map(cidrSet)));
}
