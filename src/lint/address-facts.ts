// Which addresses of the cluster an ipBlock holds.
import { getOrMake } from '../collections/get-or-make.ts';
import {
  addressesOf,
  allAddresses,
  cidrSet,
  intersect,
  isSubset,
  subtract,
  union,
  type AddressSet,
} from '../net/address-set.ts';
import type { Address, Family } from '../net/address.ts';
import { families } from '../net/address.ts';
import { parseCidr } from '../net/cidr.ts';
import { formatRange } from '../net/range-text.ts';
import type { IpBlockPeer } from '../policy/network-policy.ts';
import type { Cluster } from '../resolve/cluster.ts';

/**
 * `pods`: of live pods. `podRanges`: what nodes hand out to pods. `dualStack`: of live pods with both families. `nodes`,
 * `services`: of Node objects, cluster IPs.
 */
export type AddressKind = 'pods' | 'podRanges' | 'dualStack' | 'nodes' | 'services';

export interface AddressFacts {
  readonly all: (kind: AddressKind) => AddressSet;
  /** Source: S-243, S-247. */
  readonly inBlock: (block: IpBlockPeer) => AddressSet;
  /** O(ranges of the block × log of the others), once the kind has been asked for. */
  readonly overlaps: (block: IpBlockPeer, kind: AddressKind) => boolean;
  /** The addresses of the kind that the block holds, as text of ranges: the first, and how many there are. Dearer. */
  readonly held: (block: IpBlockPeer, kind: AddressKind) => AddressSet;
}

export function createAddressFacts(cluster: Cluster): AddressFacts {
  const sets = new Map<AddressKind, AddressSet>();
  const others = new Map<AddressKind, AddressSet>();
  const blocks = new Map<string, AddressSet>();
  const all = (kind: AddressKind): AddressSet => getOrMake(sets, kind, () => addressesOfKind(cluster, kind));
  const inBlock = (block: IpBlockPeer): AddressSet =>
    getOrMake(blocks, JSON.stringify([block.cidr, block.except]), () =>
      subtract(cidrSet(block.cidr), union(block.except.map(cidrSet))),
    );
  return {
    all,
    inBlock,
    overlaps: (block, kind) =>
      !isSubset(
        inBlock(block),
        getOrMake(others, kind, () => subtract(allAddresses, all(kind))),
      ),
    held: (block, kind) => intersect(inBlock(block), all(kind)),
  };
}

/** The first range of a set, as text. */
export function firstRange(set: AddressSet): string {
  const family = families.find((each) => set[each].length > 0);
  return family === undefined ? 'nothing' : formatRange(set[family], 0, family);
}

/** The first address of a set. */
export function firstAddress(set: AddressSet): Address | null {
  const family: Family | undefined = families.find((each) => set[each].length > 0);
  if (family === undefined) return null;
  return { family, words: [...set[family].subarray(0, family === 'IPv4' ? 1 : 4)] };
}

function addressesOfKind({ livePods, snapshot }: Cluster, kind: AddressKind): AddressSet {
  switch (kind) {
    case 'pods':
      return addressesOf(livePods.flatMap(({ addresses }) => addresses));
    case 'dualStack':
      return addressesOf(livePods.flatMap(({ addresses }) => (isDualStack(addresses) ? addresses : [])));
    case 'podRanges':
      return union([...snapshot.nodeByName.values()].flatMap(({ podCidrs }) => podCidrs.flatMap(setOfText)));
    case 'nodes':
      return addressesOf([...snapshot.nodeByName.values()].flatMap(({ addresses }) => addresses));
    case 'services':
      return addressesOf(snapshot.services.flatMap(({ clusterIPs }) => clusterIPs));
  }
}

/** Whether there are addresses of both families. */
export function isDualStack(addresses: readonly Address[]): boolean {
  return families.every((family) => addresses.some((address) => address.family === family));
}

function setOfText(text: string): readonly AddressSet[] {
  const { cidr } = parseCidr(text);
  return cidr === null ? [] : [cidrSet(cidr)];
}
