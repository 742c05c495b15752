// A line of identities as a tree of blocks that halve each other, with what each would cost.
import { compareWords } from '../../src/net/ranges.ts';
import { countedCosts, joinedCosts, prefixPrice, type Costs } from './costs.ts';
import { distance, sizeOf, valueAt, type Line } from './lines.ts';
import { isPoint, numberOf } from './marks.ts';

/** The addresses that begin with the same bits. Which bits says the way that leads to it. */
export type Block = Leaf | Halves;

/** A block that is not worth cutting. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly costs: Costs;
  /** The segments that it has a part in. */
  readonly from: number;
  readonly to: number;
  /** The identity of all its addresses that are no points, if these are enough for a prefix of their own; else null. */
  readonly background: number | null;
}

export interface Halves {
  readonly kind: 'halves';
  readonly costs: Costs;
  readonly left: Block;
  readonly right: Block;
}

/** The tree of a whole line: O(bits) blocks for each segment with another background than the one before it. */
export function blockTree(line: Line): Block {
  const base = new Uint32Array(line.width);
  return makeBlock({ line, evenUntil: findEven(line), base }, { length: 0, from: 0, to: line.values.length - 1 });
}

/** Sets (or takes back) bit number `index` of an address, counted from the most significant one. */
export function putBit(address: Uint32Array, index: number, bit: 0 | 1): void {
  const mask = 0x80000000 >>> (index & 31);
  const word = address[index >>> 5] ?? 0;
  address[index >>> 5] = bit === 1 ? word | mask : word & ~mask;
}

/**
 * How many addresses of a segment are in a block; exact up to 2³². The first of them is the block's own first address if
 * the segment is the block's first, else that of the segment.
 */
export function partOf({ line, base }: Where, { length, from, to }: Extent, segment: number): number {
  const { width, starts } = line;
  if (from === to) return 2 ** (32 * width - length);
  if (segment === from) return distance(base, 0, starts, (from + 1) * width, width);
  return segment === to ? distance(starts, to * width, lastAddress(base, length), 0, width) + 1 : sizeOf(line, segment);
}

export interface Where {
  readonly line: Line;
  /** The first address of the block at hand. Changed on the way down, and back. */
  readonly base: Uint32Array;
}

/** How many first bits are the block's own, and the segments that it has a part in. */
export interface Extent {
  readonly length: number;
  readonly from: number;
  readonly to: number;
}

interface Context extends Where {
  /** By segment: the last one up to which all that are no points have one identity. */
  readonly evenUntil: Uint32Array;
}

function findEven(line: Line): Uint32Array {
  const evenUntil = new Uint32Array(line.values.length);
  let background = -1;
  let backgroundAt = line.values.length;
  let end = line.values.length;
  for (let segment = line.values.length - 1; segment >= 0; segment--) {
    const value = valueAt(line, segment);
    if (!isPoint(value)) {
      if (numberOf(value) !== background) end = backgroundAt;
      background = numberOf(value);
      backgroundAt = segment;
    }
    evenUntil[segment] = end - 1;
  }
  return evenUntil;
}

function makeBlock(context: Context, extent: Extent): Block {
  const { line, evenUntil, base } = context;
  const { length, from, to } = extent;
  if (to <= (evenUntil[from] ?? 0)) return evenLeaf(context, extent);
  // No prefix in a block of as many addresses as a prefix is worth could be worth its price.
  if (length === 32 * line.width - Math.log2(prefixPrice)) return mixedLeaf(context, extent);
  putBit(base, length, 1);
  const next = firstFrom(line, base, from + 1, to + 1);
  const startsThere = next <= to && compareWords(line.starts, next * line.width, base, 0, line.width) === 0;
  putBit(base, length, 0);
  const left = makeBlock(context, { length: length + 1, from, to: next - 1 });
  putBit(base, length, 1);
  const right = makeBlock(context, { length: length + 1, from: startsThere ? next : next - 1, to });
  putBit(base, length, 0);
  return { kind: 'halves', costs: joinedCosts(left.costs, right.costs), left, right };
}

/** All that are no points have one identity: a prefix tells it, or, where they are very few, they are written out. */
function evenLeaf(context: Context, extent: Extent): Leaf {
  const { line } = context;
  const { from, to } = extent;
  let [background, count] = [0, 0];
  for (let segment = from; segment <= to && count < prefixPrice; segment++) {
    if (isPoint(valueAt(line, segment))) continue;
    background = numberOf(valueAt(line, segment));
    count += partOf(context, extent, segment);
  }
  const costs = count === 0 ? countedCosts([], []) : countedCosts([background], [count]);
  return { kind: 'leaf', costs, from, to, background: count < prefixPrice ? null : background };
}

function mixedLeaf(context: Context, extent: Extent): Leaf {
  const { line } = context;
  const { from, to } = extent;
  const countByIdentity = new Map<number, number>();
  for (let segment = from; segment <= to; segment++) {
    if (isPoint(valueAt(line, segment))) continue;
    const identity = numberOf(valueAt(line, segment));
    countByIdentity.set(identity, (countByIdentity.get(identity) ?? 0) + partOf(context, extent, segment));
  }
  const counted = [...countByIdentity].sort(([a], [b]) => a - b);
  const costs = countedCosts(
    counted.map(([identity]) => identity),
    counted.map(([, count]) => count),
  );
  return { kind: 'leaf', costs, from, to, background: null };
}

function lastAddress(base: Uint32Array, length: number): Uint32Array {
  return base.map((word, k) => {
    const hostBits = Math.min(Math.max(32 * (k + 1) - length, 0), 32);
    return word | (2 ** hostBits - 1);
  });
}

/** The first of the segments `low`… up to before `high` that does not begin before an address; `high` if none. */
function firstFrom({ starts, width }: Line, address: Uint32Array, low: number, high: number): number {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareWords(starts, middle * width, address, 0, width) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
