// Many pod peers at once → address sets. Pods that no peer tells apart share one set, so each address is looked at once,
// however many peers hold it.
import { getOrMake, groupBy } from '../collections/get-or-make.ts';
import { addressesOf, allAddresses, type AddressSet } from '../net/address-set.ts';
import { formatAddress, type Address } from '../net/address.ts';
import type { PodPeer } from '../policy/network-policy.ts';
import { selectGroups, type LabelGroup } from '../snapshot/label-index.ts';
import type { Cluster } from './cluster.ts';
import { peerKey, peerNamespaces, type Certainty, type PeerPods } from './peers.ts';

/** Answers for the peers that were given. */
export interface PodSets {
  /** The disjoint sets that a peer's addresses consist of. */
  readonly setsOf: (peer: PodPeer, certainty: Certainty) => readonly AddressSet[];
  /** The pods of a peer that declare a port of this name. */
  readonly declaring: (name: string, peer: PodPeer, certainty: Certainty) => PeerPods;
}

/** What peers tell apart: pods with one set of labels, or an address that several pods claim (S-323). */
type Unit = LabelGroup | Contested;

interface Contested {
  readonly address: Address;
  readonly claimants: readonly LabelGroup[];
}

/** O(peers × groups + addresses log addresses). `peers` all name their namespaces. */
export function createPodSets(cluster: Cluster, peers: readonly PodPeer[], certainties: readonly Certainty[]): PodSets {
  const contested = contestedAddresses(cluster);
  const unitsByKey = new Map<string, readonly Unit[]>();
  for (const peer of peers) {
    for (const certainty of certainties) {
      getOrMake(unitsByKey, keyOf(peer, certainty), () => unitsOf(cluster, peer, certainty, contested));
    }
  }
  const stateByUnit = statesOf(unitsByKey.values());
  const setByState = new Map<number, AddressSet>();
  for (const [state, units] of groupBy(stateByUnit.keys(), (unit) => stateByUnit.get(unit) ?? 0)) {
    setByState.set(state, addressesOf(units.flatMap((unit) => addressesIn(cluster, unit))));
  }
  const setsByKey = new Map<string, readonly AddressSet[]>();
  return {
    setsOf: (peer, certainty) => {
      const key = keyOf(peer, certainty);
      return getOrMake(setsByKey, key, () => {
        const states = new Set((unitsByKey.get(key) ?? []).map((unit) => stateByUnit.get(unit) ?? 0));
        return [...states].flatMap((state) => setByState.get(state) ?? []);
      });
    },
    declaring: (name, peer, certainty) => {
      const units = unitsByKey.get(keyOf(peer, certainty)) ?? [];
      const pods = units.flatMap((unit) => ('pods' in unit ? unit.pods : []));
      return {
        pods: pods.filter(({ namedPorts }) => namedPorts.some((port) => port.name === name)),
        within: allAddresses,
      };
    },
  };
}

function keyOf(peer: PodPeer, certainty: Certainty): string {
  return `${certainty} ${peerKey(peer, '')}`;
}

function contestedAddresses(cluster: Cluster): readonly Contested[] {
  return [...cluster.claimantsByAddress].flatMap(([text, pods]) => {
    const address = pods[0]?.addresses.find((each) => formatAddress(each) === text);
    const claimants = pods.flatMap((pod) =>
      (cluster.index.groupsByNamespace.get(pod.namespace) ?? []).filter(({ labels }) => labels === pod.labels),
    );
    return address === undefined ? [] : [{ address, claimants }];
  });
}

/** An address that several pods claim is certain when the peer has all of them, and possible when it has one (S-323). */
function unitsOf(
  cluster: Cluster,
  peer: PodPeer,
  certainty: Certainty,
  contested: readonly Contested[],
): readonly Unit[] {
  const groups = selectGroups(cluster.index, peerNamespaces(cluster, peer, '', certainty), peer.podSelector);
  if (contested.length === 0) return groups;
  const chosen = new Set(groups);
  const held = contested.filter(({ claimants }) =>
    certainty === 'certain' ? claimants.every((each) => chosen.has(each)) : claimants.some((each) => chosen.has(each)),
  );
  return [...groups, ...held];
}

/** A number for each unit that some peer has: the same for units that are in exactly the same peers. */
function statesOf(peers: Iterable<readonly Unit[]>): ReadonlyMap<Unit, number> {
  const stateByUnit = new Map<Unit, number>();
  let last = 0;
  for (const units of peers) {
    const nextByState = new Map<number, number>();
    for (const unit of units) {
      const state = stateByUnit.get(unit) ?? 0;
      stateByUnit.set(
        unit,
        getOrMake(nextByState, state, () => ++last),
      );
    }
  }
  return stateByUnit;
}

function addressesIn(cluster: Cluster, unit: Unit): readonly Address[] {
  if ('address' in unit) return [unit.address];
  const all = unit.pods.flatMap(({ addresses }) => addresses);
  if (cluster.claimantsByAddress.size === 0) return all;
  return all.filter((address) => !cluster.claimantsByAddress.has(formatAddress(address)));
}
