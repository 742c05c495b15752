// Names address sets for people, from facts of the snapshot alone: renaming a policy renames nothing.
import { getOrMake } from '../collections/get-or-make.ts';
import { addressKey, families, wordsOf, type Address } from '../net/address.ts';
import {
  addressesOf,
  allAddresses,
  equalSets,
  isEmpty,
  isSubset,
  rangeCount,
  wholeFamily,
} from '../net/address-set.ts';
import type { AddressSet } from '../net/address-set.ts';
import { formatRange } from '../net/range-text.ts';
import type { Cluster } from '../resolve/cluster.ts';
import type { Pod } from '../snapshot/snapshot.ts';

/**
 * `none`, `any`, `any-ipv4`, `any-ipv6`, `prod/api` (only pods of one workload), `prod` (of one namespace), `pods`,
 * the text of a single range, or `mixed`. Each whole-cluster question is worked out once; otherwise O(set).
 */
export function createSetLabels(cluster: Cluster): (addresses: AddressSet) => string {
  const setByScope = new Map<string, AddressSet>();
  const setOf = (scope: string): AddressSet =>
    getOrMake(setByScope, scope, () => addressesOf(podsIn(cluster, scope).flatMap((pod) => pod.addresses)));
  const within = (addresses: AddressSet, scope: string): boolean => isSubset(addresses, setOf(scope));

  return (addresses) => {
    if (isEmpty(addresses)) return 'none';
    if (equalSets(addresses, allAddresses)) return 'any';
    for (const family of families) if (equalSets(addresses, wholeFamily(family))) return `any-${family.toLowerCase()}`;
    const pod = cluster.podByAddress.get(addressKey(firstAddress(addresses)));
    if (pod !== undefined) {
      // The narrowest first: the set of all pods is made only when a set reaches beyond a namespace.
      if (within(addresses, `${pod.namespace}/${pod.workload}`)) return `${pod.namespace}/${pod.workload}`;
      if (within(addresses, `${pod.namespace}/`)) return pod.namespace;
      if (within(addresses, '')) return 'pods';
    }
    const single = families.filter((family) => rangeCount(addresses, family) === 1);
    const empty = families.filter((family) => rangeCount(addresses, family) === 0);
    const [only] = single;
    return single.length === 1 && empty.length === 1 && only !== undefined
      ? formatRange(addresses[only], 0, only)
      : 'mixed';
  };
}

/** `''` all pods, `namespace/` those of a namespace, `namespace/workload` those of a workload. */
function podsIn(cluster: Cluster, scope: string): readonly Pod[] {
  if (scope === '') return cluster.livePods;
  const [namespace = '', workload] = scope.split('/', 2);
  const groups = cluster.index.groupsByNamespace.get(namespace) ?? [];
  const pods = groups.flatMap((group) => group.pods);
  return workload === '' ? pods : pods.filter((pod) => pod.workload === workload);
}

function firstAddress(addresses: AddressSet): Address {
  const family = addresses.IPv4.length > 0 ? 'IPv4' : 'IPv6';
  return { family, words: [...addresses[family].subarray(0, wordsOf(family))] };
}
