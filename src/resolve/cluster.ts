// The snapshot made ready for questions: indexes, contested addresses, unknown namespaces. Built once per compile.
import { formatAddress } from '../net/address.ts';
import { addressesOf, type AddressSet } from '../net/address-set.ts';
import { indexPods, type LabelIndex } from '../snapshot/label-index.ts';
import type { Pod, Snapshot } from '../snapshot/snapshot.ts';

export interface Cluster {
  readonly snapshot: Snapshot;
  readonly index: LabelIndex;
  /** Every live pod, in snapshot order. */
  readonly livePods: readonly Pod[];
  /** Live pods by the name of a container port they declare. */
  readonly podsByPortName: ReadonlyMap<string, readonly Pod[]>;
  /** Live pods by the text of an address that several of them claim (S-323). Empty in a sound snapshot. */
  readonly claimantsByAddress: ReadonlyMap<string, readonly Pod[]>;
  /** The contested addresses as a set. */
  readonly contested: AddressSet;
  /** Namespaces that have live pods but no Namespace object (S-302), sorted. */
  readonly unknownNamespaces: readonly string[];
}

/** Indexes a snapshot. O(pods + labels). */
export function indexCluster(snapshot: Snapshot): Cluster {
  const livePods = snapshot.pods.filter((pod) => pod.live);
  const index = indexPods(livePods);
  const claimantsByAddress = contestedAddresses(livePods);
  const contested = addressesOf(
    [...claimantsByAddress.values()].flatMap((pods) =>
      pods.flatMap((pod) => pod.addresses.filter((address) => claimantsByAddress.has(formatAddress(address)))),
    ),
  );
  const unknownNamespaces = [...index.groupsByNamespace.keys()]
    .filter((name) => !snapshot.namespaceByName.has(name))
    .sort();
  const podsByPortName = indexPortNames(livePods);
  return { snapshot, index, livePods, podsByPortName, claimantsByAddress, contested, unknownNamespaces };
}

function indexPortNames(pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const podsByPortName = new Map<string, Pod[]>();
  for (const pod of pods) {
    for (const name of new Set(pod.namedPorts.map((port) => port.name))) {
      const known = podsByPortName.get(name);
      if (known === undefined) podsByPortName.set(name, [pod]);
      else known.push(pod);
    }
  }
  return podsByPortName;
}

function contestedAddresses(pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const firstByAddress = new Map<string, Pod>();
  const claimants = new Map<string, Pod[]>();
  for (const pod of pods) {
    for (const address of pod.addresses) {
      const text = formatAddress(address);
      const first = firstByAddress.get(text);
      if (first === undefined) firstByAddress.set(text, pod);
      else claimants.set(text, [...(claimants.get(text) ?? [first]), pod]);
    }
  }
  return claimants;
}
