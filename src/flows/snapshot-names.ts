// The snapshot by name and by address: what a flow's ends are looked up in. Each index is built when first asked for.
import { getOrMake, groupBy } from '../collections/get-or-make.ts';
import { formatAddress, type Address } from '../net/address.ts';
import { podKey, type Pod, type Snapshot } from '../snapshot/snapshot.ts';

export interface SnapshotNames {
  /** Live or not. */
  readonly pod: (namespace: string, name: string) => Pod | null;
  /** Null for a node that nothing in the snapshot tells of. */
  readonly nodeAddresses: (name: string) => readonly Address[] | null;
  /** Name of the node that has an address, or null; an address that a live pod has is the pod's. */
  readonly nodeOf: (address: Address) => string | null;
  readonly nodeNames: () => readonly string[];
  readonly podsByNamespace: () => ReadonlyMap<string, readonly Pod[]>;
}

/** O(1); each index costs O(pods + nodes) once. */
export function createSnapshotNames(snapshot: Snapshot): SnapshotNames {
  const podByKey = lazily(() => new Map(snapshot.pods.map((pod) => [podKey(pod), pod])));
  const addressesByNode = lazily(() => indexNodes(snapshot));
  const nodeByAddress = lazily(() => indexAddresses(snapshot, addressesByNode()));
  const podsByNamespace = lazily(() => groupBy(snapshot.pods, (pod) => pod.namespace));
  return {
    pod: (namespace, name) => podByKey().get(`${namespace}/${name}`) ?? null,
    nodeAddresses: (name) => addressesByNode().get(name) ?? null,
    nodeOf: (address) => nodeByAddress().get(formatAddress(address)) ?? null,
    nodeNames: () => [...addressesByNode().keys()],
    podsByNamespace,
  };
}

/**
 * Addresses by node. A pod with hostNetwork shows addresses of its node; they serve where the snapshot has no Node
 * object, or one without addresses.
 */
function indexNodes(snapshot: Snapshot): ReadonlyMap<string, readonly Address[]> {
  const addressesByNode = new Map<string, readonly Address[]>();
  for (const [name, node] of snapshot.nodeByName) addressesByNode.set(name, node.addresses);
  const shownByPods = new Map<string, Address[]>();
  for (const { hostNetwork, node, addresses } of snapshot.pods) {
    if (!hostNetwork || node === null || (addressesByNode.get(node) ?? []).length > 0) continue;
    getOrMake(shownByPods, node, () => []).push(...addresses);
  }
  for (const [node, addresses] of shownByPods) addressesByNode.set(node, addresses);
  return addressesByNode;
}

function indexAddresses(
  snapshot: Snapshot,
  addressesByNode: ReadonlyMap<string, readonly Address[]>,
): ReadonlyMap<string, string> {
  const nodeByAddress = new Map<string, string>();
  for (const [node, addresses] of addressesByNode) {
    for (const address of addresses) getOrMake(nodeByAddress, formatAddress(address), () => node);
  }
  for (const pod of snapshot.pods) {
    if (pod.live) for (const address of pod.addresses) nodeByAddress.delete(formatAddress(address));
  }
  return nodeByAddress;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
