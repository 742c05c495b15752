// Set algebra on sorted address ranges of one family, held as unsigned 32-bit words. Linear merges, no objects per range.
import { getOrMake } from '../collections/get-or-make.ts';

/** Words per address: 1 for IPv4, 4 for IPv6. */
export type Width = 1 | 4;

/**
 * Sorted, disjoint, non-adjacent inclusive ranges: `first₀ last₀ first₁ last₁ …`, each address `width` words, most
 * significant first. Equal sets have equal words.
 */
export type Ranges = Uint32Array;

/** The set of single addresses given as a flat run of words, in any order and with repetitions. O(n log n). */
export function rangesOfAddresses(words: Uint32Array, width: Width): Ranges {
  const sorted = width === 1 ? words.slice().sort() : sortAddresses(words);
  const out = new Uint32Array(sorted.length * 2);
  let length = 0;
  for (let at = 0; at < sorted.length; at += width) length = appendRange(out, length, sorted, at, at, width);
  return out.slice(0, length);
}

/** Union of two sets. O(n + m). */
export function uniteRanges(a: Ranges, b: Ranges, width: Width): Ranges {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const out = new Uint32Array(a.length + b.length);
  let length = 0;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const fromA = j >= b.length || (i < a.length && compareWords(a, i, b, j, width) <= 0);
    if (fromA) {
      length = appendRange(out, length, a, i, i + width, width);
      i += 2 * width;
    } else {
      length = appendRange(out, length, b, j, j + width, width);
      j += 2 * width;
    }
  }
  return out.slice(0, length);
}

/** Intersection of two sets. O(n + m). */
export function intersectRanges(a: Ranges, b: Ranges, width: Width): Ranges {
  if (a.length === 0 || a === b) return a;
  if (b.length === 0) return b;
  const out = new Uint32Array(a.length + b.length);
  let length = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const firstInA = compareWords(a, i, b, j, width) >= 0;
    const lastInA = compareWords(a, i + width, b, j + width, width) <= 0;
    const [first, firstAt] = firstInA ? [a, i] : [b, j];
    const [last, lastAt] = lastInA ? [a, i + width] : [b, j + width];
    if (compareWords(first, firstAt, last, lastAt, width) <= 0) {
      copyWords(first, firstAt, out, length, width);
      copyWords(last, lastAt, out, length + width, width);
      length += 2 * width;
    }
    if (lastInA) i += 2 * width;
    else j += 2 * width;
  }
  return out.slice(0, length);
}

/** Every address of the family that is not in the set. O(n). */
export function complementRanges(a: Ranges, width: Width): Ranges {
  const out = new Uint32Array(a.length + 2 * width);
  let length = 0; // out[length…length+width) holds the first address of the gap being built
  for (let at = 0; at < a.length; at += 2 * width) {
    if (!isAll(a, at, width, 0)) {
      stepWords(a, at, out, length + width, width, -1);
      length += 2 * width;
    }
    if (isAll(a, at + width, width, 0xffffffff)) return out.slice(0, length);
    stepWords(a, at + width, out, length, width, 1);
  }
  out.fill(0xffffffff, length + width, length + 2 * width);
  return out.slice(0, length + 2 * width);
}

/** Addresses of `a` that are not in `b`. O(n + m). */
export function subtractRanges(a: Ranges, b: Ranges, width: Width): Ranges {
  return a.length === 0 || b.length === 0 ? a : intersectRanges(a, complementRanges(b, width), width);
}

/** Whether the address `words[at…at+width)` is in the set. O(log n). */
export function rangesContain(a: Ranges, words: ArrayLike<number>, at: number, width: Width): boolean {
  return rangeAround(a, words, at, width) !== -1;
}

/** Whether every address of `a` is in `b`. O(n log m). */
export function rangesWithin(a: Ranges, b: Ranges, width: Width): boolean {
  for (let at = 0; at < a.length; at += 2 * width) {
    // Ranges of `b` do not touch, so one of them must hold the whole range.
    const around = rangeAround(b, a, at, width);
    if (around === -1 || compareWords(b, around + width, a, at + width, width) < 0) return false;
  }
  return true;
}

/** Whether two sets have no address in common. O(n + m), without making their intersection. */
export function rangesDisjoint(a: Ranges, b: Ranges, width: Width): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (compareWords(a, i + width, b, j, width) < 0) i += 2 * width;
    else if (compareWords(b, j + width, a, i, width) < 0) j += 2 * width;
    else return false;
  }
  return true;
}

/** Where the range begins that holds the address `words[at…at+width)`; -1 when none does. O(log n). */
function rangeAround(a: Ranges, words: ArrayLike<number>, at: number, width: Width): number {
  let low = 0;
  let high = a.length / (2 * width);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareWords(a, middle * 2 * width + width, words, at, width) < 0) low = middle + 1;
    else high = middle;
  }
  const start = low * 2 * width;
  return start < a.length && compareWords(a, start, words, at, width) <= 0 ? start : -1;
}

/** Whether words are what `Ranges` promises: each range in order, and a gap before the next one. O(n). */
export function areRanges(words: Uint32Array, width: Width): boolean {
  if (words.length % (2 * width) !== 0) return false;
  for (let at = 0; at < words.length; at += 2 * width) {
    if (compareWords(words, at, words, at + width, width) > 0) return false;
    if (at > 0 && touches(words, at - width, words, at, width)) return false;
  }
  return true;
}

/** Whether two runs of words are the same. O(n). */
export function equalWords(a: Uint32Array, b: Uint32Array): boolean {
  return a === b || (a.length === b.length && a.every((word, index) => word === b[index]));
}

/** Sign of the address at `a[i]` minus the one at `b[j]`. */
export function compareWords(a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number, width: Width): number {
  for (let k = 0; k < width; k++) {
    const left = a[i + k] ?? 0;
    const right = b[j + k] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** Adds a range that does not begin before the last one in `out`; joins it when they touch. Returns the new length. */
function appendRange(
  out: Uint32Array,
  length: number,
  from: Uint32Array,
  first: number,
  last: number,
  width: Width,
): number {
  if (length > 0 && touches(out, length - width, from, first, width)) {
    if (compareWords(from, last, out, length - width, width) > 0) copyWords(from, last, out, length - width, width);
    return length;
  }
  copyWords(from, first, out, length, width);
  copyWords(from, last, out, length + width, width);
  return length + 2 * width;
}

/** Whether the address at `from[first]` is at most one past the address at `out[last]`. */
function touches(out: Uint32Array, last: number, from: Uint32Array, first: number, width: Width): boolean {
  if (isAll(out, last, width, 0xffffffff)) return true;
  const next = new Uint32Array(width);
  stepWords(out, last, next, 0, width, 1);
  return compareWords(from, first, next, 0, width) <= 0;
}

/** Writes the address one above (`step` 1) or below (−1). The caller makes sure that there is one. */
export function stepWords(
  from: Uint32Array,
  at: number,
  out: Uint32Array,
  to: number,
  width: Width,
  step: 1 | -1,
): void {
  let carry: number = step;
  for (let k = width - 1; k >= 0; k--) {
    const word = (from[at + k] ?? 0) + carry;
    carry = word > 0xffffffff ? 1 : word < 0 ? -1 : 0;
    out[to + k] = word >>> 0;
  }
}

function copyWords(from: Uint32Array, at: number, out: Uint32Array, to: number, width: Width): void {
  for (let k = 0; k < width; k++) out[to + k] = from[at + k] ?? 0;
}

export function isAll(words: Uint32Array, at: number, width: Width, value: number): boolean {
  for (let k = 0; k < width; k++) if (words[at + k] !== value) return false;
  return true;
}

/** By halves: addresses of a cluster share the first ones, and whole numbers are sorted without a comparison of ours. */
function sortAddresses(words: Uint32Array): Uint32Array {
  const lowsByHigh = new Map<bigint, bigint[]>();
  for (let at = 0; at < words.length; at += 4) {
    getOrMake(lowsByHigh, halfOf(words, at), () => []).push(halfOf(words, at + 2));
  }
  const out = new Uint32Array(words.length);
  let length = 0;
  for (const high of BigUint64Array.from(lowsByHigh.keys()).sort()) {
    const [first, second] = wordsOfHalf(high);
    for (const low of BigUint64Array.from(lowsByHigh.get(high) ?? []).sort()) {
      const [third, fourth] = wordsOfHalf(low);
      out[length++] = first;
      out[length++] = second;
      out[length++] = third;
      out[length++] = fourth;
    }
  }
  return out;
}

function halfOf(words: Uint32Array, at: number): bigint {
  return (BigInt(words[at] ?? 0) << 32n) | BigInt(words[at + 1] ?? 0);
}

function wordsOfHalf(half: bigint): readonly [number, number] {
  return [Number(half >> 32n), Number(half & 0xffffffffn)];
}
