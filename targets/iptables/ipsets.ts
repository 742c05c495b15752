// Address ranges → at most two ipsets: single addresses in a hash, the prefixes of real blocks in another.
import { getOrMake } from '../../src/collections/get-or-make.ts';
import type { Family } from '../../src/net/address.ts';
import type { Ranges } from '../../src/net/ranges.ts';
import { formatAddresses } from '../shared/format-addresses.ts';
import { prefixesOf } from '../shared/prefixes.ts';
import { splitRanges } from '../shared/split-ranges.ts';
import type { Ipset } from './iptables-plan.ts';
import { setName } from './names.ts';

/** A set without what people call it, and the whole of the hash in its name. */
export interface HashedIpset extends Omit<Ipset, 'note'> {
  readonly hash: string;
}

/**
 * The sets whose union is the ranges, which are not the whole family. Empty ones are left out. A set is named after its
 * elements, so what has the name already is the same.
 */
export function ipsetsOf(ranges: Ranges, family: Family): readonly HashedIpset[] {
  return getOrMake(setsByRanges, ranges, () => makeSets(ranges, family));
}

/** Nodes of one cluster have most of their sets in common: each is made once. Ranges never change. */
const setsByRanges = new WeakMap<Ranges, readonly HashedIpset[]>();

function makeSets(ranges: Ranges, family: Family): readonly HashedIpset[] {
  const { singles, blocks } = splitRanges(ranges, family);
  const { bases, lengths } = prefixesOf(blocks, family);
  const addresses = formatAddresses(singles, family);
  const prefixes = formatAddresses(bases, family).map((base, index) => `${base}/${lengths[index] ?? 0}`);
  return [...makeSet(family, 's', addresses), ...makeSet(family, 'b', prefixes)];
}

function makeSet(family: Family, kind: 's' | 'b', elements: readonly string[]): readonly HashedIpset[] {
  if (elements.length === 0) return [];
  const { name, hash } = setName(family, kind, elements.join());
  const type = kind === 's' ? 'hash:ip' : 'hash:net';
  return [{ name, hash, type, family, hashSize: hashSizeFor(elements.length), elements }];
}

/** About one element a bucket; ipset takes no less than 64, and would grow a smaller hash step by step. */
function hashSizeFor(count: number): number {
  return 2 ** Math.max(6, Math.ceil(Math.log2(count)));
}
