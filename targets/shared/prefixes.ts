// Address ranges → the fewest prefixes: what hash:net sets, LPM tries and rules with a mask can hold.
import { wordsOf, type Family } from '../../src/net/address.ts';
import { compareWords, type Ranges, type Width } from '../../src/net/ranges.ts';

/** Sorted, disjoint prefixes of one family. */
export interface Prefixes {
  /** Their first addresses, each `wordsOf(family)` words. */
  readonly bases: Uint32Array;
  /** 0 to 32 or 128, in the same order. */
  readonly lengths: Uint8Array;
}

/** The fewest prefixes that make up the ranges. A range needs at most 62 in IPv4 and 254 in IPv6. O(prefixes). */
export function prefixesOf(ranges: Ranges, family: Family): Prefixes {
  const width = wordsOf(family);
  const bases: number[] = [];
  const lengths: number[] = [];
  for (let at = 0; at < ranges.length; at += 2 * width) {
    const first = ranges.slice(at, at + width);
    const last = ranges.subarray(at + width, at + 2 * width);
    for (let more = true; more;) {
      const hostBits = largestPrefix(first, last, width);
      bases.push(...first);
      lengths.push(width * 32 - hostBits);
      const end = withOnes(first, hostBits, width);
      more = compareWords(end, 0, last, 0, width) < 0;
      if (more) putNext(end, first, width);
    }
  }
  return { bases: Uint32Array.from(bases), lengths: Uint8Array.from(lengths) };
}

/** How many prefixes `prefixesOf` would make, without making them. O(ranges). */
export function countPrefixes(ranges: Ranges, family: Family): number {
  const width = wordsOf(family);
  let count = 0;
  for (let at = 0; at < ranges.length; at += 2 * width) {
    count += prefixesInRange(toNumber(ranges, at, width), toNumber(ranges, at + width, width));
  }
  return count;
}

/**
 * Where the ends first differ the range is cut: its left part ends, and its right part begins, where a large prefix does,
 * so each consists of one prefix for every bit that is set in its size.
 */
function prefixesInRange(first: bigint, last: bigint): number {
  const hostBits = first === last ? 0 : (first ^ last).toString(2).length;
  const host = (1n << BigInt(hostBits)) - 1n;
  if ((first & host) === 0n && (last & host) === host) return 1;
  const middle = (first | (host >> 1n)) + 1n;
  return onesIn(middle - first) + onesIn(last + 1n - middle);
}

function onesIn(number: bigint): number {
  return number.toString(2).replaceAll('0', '').length;
}

function toNumber(words: Ranges, at: number, width: Width): bigint {
  let number = 0n;
  for (let k = 0; k < width; k++) number = (number << 32n) | BigInt(words[at + k] ?? 0);
  return number;
}

/** Host bits of the largest prefix that begins at `first` and does not reach beyond `last`. */
function largestPrefix(first: Uint32Array, last: Uint32Array, width: Width): number {
  let hostBits = trailingZeros(first, width);
  while (compareWords(withOnes(first, hostBits, width), 0, last, 0, width) > 0) hostBits--;
  return hostBits;
}

function trailingZeros(words: Uint32Array, width: Width): number {
  for (let k = width - 1; k >= 0; k--) {
    const word = words[k] ?? 0;
    if (word !== 0) return (width - 1 - k) * 32 + 31 - Math.clz32(word & -word);
  }
  return width * 32;
}

/** The address with its lowest `count` bits set. */
function withOnes(words: Uint32Array, count: number, width: Width): Uint32Array {
  const out = words.slice();
  for (let k = width - 1, left = count; left > 0; k--, left -= 32) {
    out[k] = left >= 32 ? 0xffffffff : (out[k] ?? 0) | (2 ** left - 1);
  }
  return out;
}

/** Writes the address after `words` into `out`; the caller makes sure that there is one. */
function putNext(words: Uint32Array, out: Uint32Array, width: Width): void {
  out.set(words);
  for (let k = width - 1; k >= 0; k--) {
    const word = ((out[k] ?? 0) + 1) >>> 0;
    out[k] = word;
    if (word !== 0) return;
  }
}
