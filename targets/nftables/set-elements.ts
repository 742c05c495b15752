// Address ranges → elements of a hash set (constant cost) and of an interval set (kept small), as text.
import { getOrMake } from '../../src/collections/get-or-make.ts';
import type { Family } from '../../src/net/address.ts';
import { formatRanges } from '../../src/net/range-text.ts';
import type { Ranges } from '../../src/net/ranges.ts';
import { formatAddresses } from '../shared/format-addresses.ts';
import { splitRanges } from '../shared/split-ranges.ts';

/** Elements of one family's two nft sets, in order, disjoint. */
export interface SetElements {
  readonly singles: readonly string[];
  readonly intervals: readonly string[];
}

/** Neighbouring pods as single addresses, blocks that somebody wrote as intervals: see targets/shared. */
export function setElements(ranges: Ranges, family: Family): SetElements {
  return getOrMake(elementsByRanges, ranges, () => {
    const { singles, blocks } = splitRanges(ranges, family);
    return { singles: formatAddresses(singles, family), intervals: formatRanges(blocks, family) };
  });
}

/** Nodes of one cluster have most of their sets in common: each is printed once. Ranges never change. */
const elementsByRanges = new WeakMap<Ranges, SetElements>();
