// Address ranges → single addresses (hash set, constant cost) and real ranges (interval set, kept small).
import { getOrMake } from '../../src/collections/get-or-make.ts';
import { formatIPv4, formatIPv6, wordsOf, type Family } from '../../src/net/address.ts';
import { formatRange } from '../../src/net/range-text.ts';
import type { Ranges } from '../../src/net/ranges.ts';

/** Elements of one family's two nft sets, in order, disjoint. */
export interface SplitRanges {
  readonly singles: readonly string[];
  readonly intervals: readonly string[];
}

/** A range of at most this many addresses is written out, unless it is a prefix of at least `smallestPrefix`. */
const longestRun = 256;

/** Neighbouring pods rarely make up an aligned prefix of this size; people who write ipBlocks do. */
const smallestPrefix = 16;

/** No set gains more than this many elements by being written out. */
const budget = 262_144;

/**
 * Pods with neighbouring addresses come out as single addresses, blocks that somebody wrote as intervals. Lookups in a
 * hash set cost the same at any size, and changing an interval set of 100,000 elements takes the kernel a second.
 */
export function splitRanges(ranges: Ranges, family: Family): SplitRanges {
  return getOrMake(splitByRanges, ranges, () => split(ranges, family));
}

/** Nodes of one cluster have most of their sets in common: each is worked out once. Ranges never change. */
const splitByRanges = new WeakMap<Ranges, SplitRanges>();

function split(ranges: Ranges, family: Family): SplitRanges {
  const width = wordsOf(family);
  const count = ranges.length / (2 * width);
  const sizes = Array.from({ length: count }, (_, index) => runLength(ranges, index * 2 * width, width));
  const written = sizes.reduce((sum, size) => sum + (size <= longestRun ? size : 0), 0);
  const singles: string[] = [];
  const intervals: string[] = [];
  for (const [index, size] of sizes.entries()) {
    const text = formatRange(ranges, index, family);
    const isBlock = size >= smallestPrefix && text.includes('/');
    if (size === 1) singles.push(text);
    else if (size > longestRun || isBlock || written > budget) intervals.push(text);
    else pushRun(singles, ranges, index * 2 * width, family, size);
  }
  return { singles, intervals };
}

/** Addresses in the range at `at`; Infinity when the upper words differ. */
function runLength(ranges: Ranges, at: number, width: 1 | 4): number {
  for (let k = 0; k < width - 1; k++) if (ranges[at + k] !== ranges[at + width + k]) return Infinity;
  return (ranges[at + 2 * width - 1] ?? 0) - (ranges[at + width - 1] ?? 0) + 1;
}

function pushRun(into: string[], ranges: Ranges, at: number, family: Family, size: number): void {
  const words = [...ranges.subarray(at, at + wordsOf(family))];
  const low = words.pop() ?? 0;
  for (let step = 0; step < size; step++) {
    into.push(family === 'IPv4' ? formatIPv4(low + step) : formatIPv6([...words, low + step]));
  }
}
