// One address to stand for many: the smallest that somebody could really have.
import { families, wordsOf, type Address, type Family } from '../net/address.ts';
import {
  addressesOf,
  cidrSet,
  intersect,
  isEmpty,
  noAddresses,
  subtract,
  union,
  type AddressSet,
} from '../net/address-set.ts';
import { parseCidr } from '../net/cidr.ts';

/**
 * The smallest unicast address of a set but a few, IPv4 first; the smallest of all where none is. Null when nothing is
 * left. O(ranges).
 */
export function smallestAddress(set: AddressSet, except: readonly Address[]): Address | null {
  return firstBut(intersect(set, unicast), except) ?? firstBut(set, except);
}

/** Neither "this network", loopback nor multicast; of IPv6, what is routed, and unique local addresses. */
const unicast = union([
  subtract(block('0.0.0.0/0'), union(['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3'].map(block))),
  union(['2000::/3', 'fc00::/7'].map(block)),
]);

function block(text: string): AddressSet {
  const { cidr } = parseCidr(text);
  if (cidr === null) throw new Error(`no block: ${text}`);
  return cidrSet(cidr);
}

function firstBut(set: AddressSet, except: readonly Address[]): Address | null {
  for (const family of families) {
    const some = firstRanges(set, family, except.length + 1);
    const left = subtract(some, addressesOf(except));
    if (!isEmpty(left)) return { family, words: [...left[family].subarray(0, wordsOf(family))] };
  }
  return null;
}

/** So many ranges have more addresses than one less than that. */
function firstRanges(set: AddressSet, family: Family, count: number): AddressSet {
  return { ...noAddresses, [family]: set[family].subarray(0, count * 2 * wordsOf(family)) };
}
