// The snapshot made ready for questions: indexes, contested addresses, unknown namespaces. Built once per compile.
import { getOrMake, groupBy } from '../collections/get-or-make.ts';
import { addressKey, formatAddress, type AddressKey } from '../net/address.ts';
import { indexPods, type LabelIndex } from '../snapshot/label-index.ts';
import type { Pod, Snapshot } from '../snapshot/snapshot.ts';

export interface Cluster {
  readonly snapshot: Snapshot;
  readonly index: LabelIndex;
  /** Every live pod, in snapshot order. */
  readonly livePods: readonly Pod[];
  /** Live pods by node, in snapshot order. */
  readonly livePodsByNode: ReadonlyMap<string | null, readonly Pod[]>;
  /** Live pods by the name of a container port they declare. */
  readonly podsByPortName: ReadonlyMap<string, readonly Pod[]>;
  /** A live pod for each address: the first that claims it. */
  readonly podByAddress: ReadonlyMap<AddressKey, Pod>;
  /** Live pods by the text of an address that several of them claim (S-323). Empty in a sound snapshot. */
  readonly claimantsByAddress: ReadonlyMap<string, readonly Pod[]>;
  /** Namespaces that have live pods but no Namespace object (S-302), sorted. */
  readonly unknownNamespaces: readonly string[];
}

const clusterBySnapshot = new WeakMap<Snapshot, Cluster>();

/** Indexes a snapshot, once however many worlds share it. O(pods + labels). */
export function indexCluster(snapshot: Snapshot): Cluster {
  return getOrMake(clusterBySnapshot, snapshot, () => makeCluster(snapshot));
}

function makeCluster(snapshot: Snapshot): Cluster {
  const livePods = snapshot.pods.filter((pod) => pod.live);
  const index = indexPods(livePods);
  const { podByAddress, claimantsByAddress } = indexAddresses(livePods);
  const unknownNamespaces = [...index.groupsByNamespace.keys()]
    .filter((name) => !snapshot.namespaceByName.has(name))
    .sort();
  const livePodsByNode = groupBy(livePods, (pod) => pod.node);
  const podsByPortName = indexPortNames(livePods);
  return {
    snapshot,
    index,
    livePods,
    livePodsByNode,
    podsByPortName,
    podByAddress,
    claimantsByAddress,
    unknownNamespaces,
  };
}

function indexPortNames(pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const podsByPortName = new Map<string, Pod[]>();
  for (const pod of pods) {
    for (const name of new Set(pod.namedPorts.map((port) => port.name))) {
      getOrMake(podsByPortName, name, () => []).push(pod);
    }
  }
  return podsByPortName;
}

/** Every address with the first pod that claims it, and the addresses that others claim as well. */
function indexAddresses(pods: readonly Pod[]): Pick<Cluster, 'podByAddress' | 'claimantsByAddress'> {
  const podByAddress = new Map<AddressKey, Pod>();
  const claimantsByAddress = new Map<string, Pod[]>();
  for (const pod of pods) {
    for (const address of pod.addresses) {
      const first = getOrMake(podByAddress, addressKey(address), () => pod);
      if (first !== pod) getOrMake(claimantsByAddress, formatAddress(address), () => [first]).push(pod);
    }
  }
  return { podByAddress, claimantsByAddress };
}
