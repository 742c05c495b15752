// Exact sets of addresses of both families: what every question about peers is computed with.
import { families, wordsOf, type Address, type Family } from './address.ts';
import { lastAddress, type Cidr } from './cidr.ts';
import {
  complementRanges,
  equalWords,
  intersectRanges,
  rangesContain,
  rangesDisjoint,
  rangesOfAddresses,
  rangesWithin,
  subtractRanges,
  uniteRanges,
  type Ranges,
} from './ranges.ts';

/** A set of addresses, canonical: equal sets have equal words (see ranges.ts for the layout). */
export interface AddressSet {
  readonly IPv4: Ranges;
  readonly IPv6: Ranges;
}

export const noAddresses: AddressSet = { IPv4: new Uint32Array(0), IPv6: new Uint32Array(0) };

/** Every address of both families. */
export const allAddresses: AddressSet = complement(noAddresses);

/** The set of the given addresses, in any order and with repetitions. O(n log n). */
export function addressesOf(addresses: readonly Address[]): AddressSet {
  return perFamily((family) => {
    const width = wordsOf(family);
    const chosen = addresses.filter((address) => address.family === family);
    const words = new Uint32Array(chosen.length * width);
    chosen.forEach((address, index) => words.set(address.words, index * width));
    return rangesOfAddresses(words, width);
  });
}

/** The addresses of a prefix. */
export function cidrSet(cidr: Cidr): AddressSet {
  const words = Uint32Array.of(...cidr.base.words, ...lastAddress(cidr).words);
  return { ...noAddresses, [cidr.base.family]: words };
}

/** Every address of one family. */
export function wholeFamily(family: Family): AddressSet {
  return { ...noAddresses, [family]: allAddresses[family] };
}

/** Union of any number of sets. O(n log k) for n ranges in k sets. */
export function union(sets: readonly AddressSet[]): AddressSet {
  const [first = noAddresses, second] = sets;
  if (second === undefined) return first;
  const middle = sets.length >> 1;
  const left = union(sets.slice(0, middle));
  const right = union(sets.slice(middle));
  return perFamily((family) => uniteRanges(left[family], right[family], wordsOf(family)));
}

/** Addresses in both sets. O(n + m). */
export function intersect(a: AddressSet, b: AddressSet): AddressSet {
  return perFamily((family) => intersectRanges(a[family], b[family], wordsOf(family)));
}

/** Addresses of `a` that are not in `b`. O(n + m). */
export function subtract(a: AddressSet, b: AddressSet): AddressSet {
  return perFamily((family) => subtractRanges(a[family], b[family], wordsOf(family)));
}

/** Addresses that are not in the set. O(n). */
export function complement(a: AddressSet): AddressSet {
  return perFamily((family) => complementRanges(a[family], wordsOf(family)));
}

export function equalSets(a: AddressSet, b: AddressSet): boolean {
  return families.every((family) => equalWords(a[family], b[family]));
}

export function isEmpty(a: AddressSet): boolean {
  return families.every((family) => a[family].length === 0);
}

/** Whether a set holds an address. O(log n). */
export function contains(a: AddressSet, address: Address): boolean {
  return rangesContain(a[address.family], address.words, 0, wordsOf(address.family));
}

/** Whether every address of `a` is in `b`. O(n log m). */
export function isSubset(a: AddressSet, b: AddressSet): boolean {
  return families.every((family) => rangesWithin(a[family], b[family], wordsOf(family)));
}

/** Whether two sets have no address in common. O(n + m). */
export function areDisjoint(a: AddressSet, b: AddressSet): boolean {
  return families.every((family) => rangesDisjoint(a[family], b[family], wordsOf(family)));
}

/** How many ranges a set has in a family. */
export function rangeCount(a: AddressSet, family: Family): number {
  return a[family].length / (2 * wordsOf(family));
}

function perFamily(make: (family: Family) => Ranges): AddressSet {
  return { IPv4: make('IPv4'), IPv6: make('IPv6') };
}
