// A whole address line cut into segments, each with a number. What identities are worked out with.
import { compareWords, type Ranges, type Width } from '../../src/net/ranges.ts';

/**
 * All addresses of one family as segments: `values[i]` is the number of every address from segment i's start up to the
 * next segment's start, or the end of the line. The first start is address 0; neighbouring numbers differ.
 */
export interface Line {
  readonly width: Width;
  /** `width` words a segment, most significant first. */
  readonly starts: Uint32Array;
  readonly values: Uint32Array;
}

/** `value` for the addresses of ranges, 0 for all others. O(n). */
export function rangeLine(ranges: Ranges, width: Width, value: number): Line {
  const draft = createDraft(ranges.length / width + 1, width);
  append(draft, zeros, 0, 0);
  for (let at = 0; at < ranges.length; at += 2 * width) {
    append(draft, ranges, at, value);
    appendBehind(draft, ranges, at + width, 0);
  }
  return lineOf(draft);
}

/** `value` for sorted addresses of `width` words each, 0 for all others. O(n). */
export function addressLine(addresses: Uint32Array, width: Width, value: number): Line {
  const draft = createDraft((2 * addresses.length) / width + 1, width);
  append(draft, zeros, 0, 0);
  for (let at = 0; at < addresses.length; at += width) {
    append(draft, addresses, at, value);
    appendBehind(draft, addresses, at, 0);
  }
  return lineOf(draft);
}

/** Two lines laid over each other: `combine` gives the number for a pair of numbers. O(n + m). */
export function mergeLines(a: Line, b: Line, combine: (a: number, b: number) => number): Line {
  const { width } = a;
  const draft = createDraft(a.values.length + b.values.length, width);
  let i = 0;
  let j = 0;
  append(draft, zeros, 0, combine(valueAt(a, 0), valueAt(b, 0)));
  while (i + 1 < a.values.length || j + 1 < b.values.length) {
    const order = compareStarts(a, i + 1, b, j + 1);
    if (order <= 0) i++;
    if (order >= 0) j++;
    const value = combine(valueAt(a, i), valueAt(b, j));
    if (order <= 0) append(draft, a.starts, i * width, value);
    else append(draft, b.starts, j * width, value);
  }
  return lineOf(draft);
}

/** The same line with other numbers. O(n). */
export function renumber(line: Line, numberOf: (value: number) => number): Line {
  const draft = createDraft(line.values.length, line.width);
  for (let segment = 0; segment < line.values.length; segment++)
    append(draft, line.starts, segment * line.width, numberOf(valueAt(line, segment)));
  return lineOf(draft);
}

export function valueAt(line: Line, segment: number): number {
  return line.values[segment] ?? 0;
}

/** Addresses in a segment; exact up to 2³², and beyond that at least as large as 2³². */
export function sizeOf(line: Line, segment: number): number {
  const { width, starts } = line;
  const next = (segment + 1) * width;
  if (next < starts.length) return distance(starts, segment * width, starts, next, width);
  return distance(starts, segment * width, ones, 0, width) + 1;
}

/** How far `b` is behind `a`; exact up to 2³², and beyond that at least as large as 2³². */
export function distance(a: Uint32Array, i: number, b: Uint32Array, j: number, width: Width): number {
  let sum = 0;
  for (let k = 0; k < width; k++) sum = sum * 2 ** 32 + (b[j + k] ?? 0) - (a[i + k] ?? 0);
  return sum;
}

const zeros = new Uint32Array(4);
const ones = new Uint32Array(4).fill(0xffffffff);

/** A start beyond the last one of its line comes after every other. */
function compareStarts(a: Line, i: number, b: Line, j: number): number {
  if (i >= a.values.length) return 1;
  if (j >= b.values.length) return -1;
  return compareWords(a.starts, i * a.width, b.starts, j * b.width, a.width);
}

/** A line being made. */
interface Draft extends Line {
  count: number;
}

function createDraft(capacity: number, width: Width): Draft {
  return { width, starts: new Uint32Array(capacity * width), values: new Uint32Array(capacity), count: 0 };
}

function lineOf({ width, starts, values, count }: Draft): Line {
  return { width, starts: starts.slice(0, count * width), values: values.slice(0, count) };
}

/**
 * Adds the segment that begins at the address `words[at…]`, not before the last one. It takes the place of one that
 * begins there, and joins one that has its number.
 */
function append(draft: Draft, words: Uint32Array, at: number, value: number): void {
  const { starts, values, width } = draft;
  if (draft.count > 0 && compareWords(starts, (draft.count - 1) * width, words, at, width) === 0) draft.count--;
  if (draft.count > 0 && values[draft.count - 1] === value) return;
  for (let k = 0; k < width; k++) starts[draft.count * width + k] = words[at + k] ?? 0;
  values[draft.count++] = value;
}

const next = new Uint32Array(4);

/** Adds the segment that begins one behind the address, unless that is the last address of all. */
function appendBehind(draft: Draft, words: Uint32Array, at: number, value: number): void {
  let carry = 1;
  for (let k = draft.width - 1; k >= 0; k--) {
    const word = (words[at + k] ?? 0) + carry;
    carry = word > 0xffffffff ? 1 : 0;
    next[k] = word;
  }
  if (carry === 0) append(draft, next, 0, value);
}
