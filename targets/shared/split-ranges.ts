// Address ranges → single addresses (hashes, constant cost) and real blocks (intervals or prefixes, kept few).
import { getOrMake } from '../../src/collections/get-or-make.ts';
import { wordsOf, type Family } from '../../src/net/address.ts';
import type { Ranges, Width } from '../../src/net/ranges.ts';

/** One family of a set, cut in two: together they are the set, and they have no address in common. */
export interface SplitRanges {
  /** Sorted addresses, each `wordsOf(family)` words. */
  readonly singles: Uint32Array;
  /** Sorted, disjoint ranges. */
  readonly blocks: Ranges;
}

/** A range of at most this many addresses is written out, unless it is a prefix of at least `smallestPrefix`. */
const longestRun = 256;

/** Neighbouring pods rarely make up an aligned prefix of this size; people who write ipBlocks do. */
const smallestPrefix = 16;

/** No set gains more than this many addresses by being written out. */
const budget = 262_144;

/**
 * Pods with neighbouring addresses come out as single addresses, blocks that somebody wrote as ranges. Lookups in a
 * hash cost the same at any size, and sets and tries of ranges are dear to look up, or to change, when they are large.
 * What begins with 0.0.0.0 or :: stays a block whatever its size: the hashes of ipset refuse these two (ipset 7.17,
 * “Null-valued element”), its prefixes take them.
 */
export function splitRanges(ranges: Ranges, family: Family): SplitRanges {
  return getOrMake(splitByRanges, ranges, () => split(ranges, wordsOf(family)));
}

/** Nodes of one cluster have most of their sets in common: each is worked out once. Ranges never change. */
const splitByRanges = new WeakMap<Ranges, SplitRanges>();

function split(ranges: Ranges, width: Width): SplitRanges {
  const sizes = Array.from({ length: ranges.length / (2 * width) }, (_, index) => runLength(ranges, index, width));
  const short = sizes.reduce((sum, size) => sum + (size <= longestRun ? size : 0), 0);
  const written = sizes.map((size, index) => {
    if (isUnspecified(ranges, index, width)) return false;
    return size === 1 || (short <= budget && isRun(ranges, index, width, size));
  });
  const count = sizes.reduce((sum, size, index) => sum + (written[index] === true ? size : 0), 0);
  const singles = new Uint32Array(count * width);
  const blocks: number[] = [];
  let filled = 0;
  for (const [index, size] of sizes.entries()) {
    const range = ranges.subarray(index * 2 * width, (index + 1) * 2 * width);
    if (written[index] !== true) blocks.push(...range);
    else for (let step = 0; step < size; step++) filled = putAddress(singles, filled, range.subarray(0, width), step);
  }
  return { singles, blocks: Uint32Array.from(blocks) };
}

/** Addresses in a range; Infinity when the upper words of its ends differ. */
function runLength(ranges: Ranges, index: number, width: Width): number {
  const at = index * 2 * width;
  for (let k = 0; k < width - 1; k++) if (ranges[at + k] !== ranges[at + width + k]) return Infinity;
  return (ranges[at + 2 * width - 1] ?? 0) - (ranges[at + width - 1] ?? 0) + 1;
}

/** Whether a range begins with 0.0.0.0 or ::, which only the first can. */
function isUnspecified(ranges: Ranges, index: number, width: Width): boolean {
  return index === 0 && ranges.subarray(0, width).every((word) => word === 0);
}

/** Whether a range of this size looks like neighbouring pods, and not like a block. */
function isRun(ranges: Ranges, index: number, width: Width, size: number): boolean {
  if (size > longestRun) return false;
  const low = ranges[index * 2 * width + width - 1] ?? 0;
  const isPrefix = (size & (size - 1)) === 0 && low % size === 0;
  return size < smallestPrefix || !isPrefix;
}

/** Writes the address `step` above `first`; a run never leaves its last word. Returns where the next one goes. */
function putAddress(into: Uint32Array, at: number, first: Uint32Array, step: number): number {
  into.set(first, at);
  const next = at + first.length;
  into[next - 1] = (first.at(-1) ?? 0) + step;
  return next;
}
