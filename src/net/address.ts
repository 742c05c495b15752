// One IP address as unsigned 32-bit words. Text goes in once, strictly; everything after that is numbers.
import { Address6 } from 'ip-address';

export type Family = 'IPv4' | 'IPv6';

export const families: readonly Family[] = ['IPv4', 'IPv6'];

/** An address: one word for IPv4, four for IPv6, most significant first, each 0…2³²−1. */
export interface Address {
  readonly family: Family;
  readonly words: readonly number[];
}

/** How many 32-bit words an address of the family has. */
export function wordsOf(family: Family): 1 | 4 {
  return family === 'IPv4' ? 1 : 4;
}

/**
 * Parses address text; null when it is no address or is written in a way that two programs could read
 * differently: leading zeros, an IPv4-mapped IPv6 address, a zone, a prefix length.
 *
 * Source: S-311, S-726.
 */
export function parseAddress(text: string): Address | null {
  return text.includes(':') ? parseIPv6(text) : parseIPv4(text);
}

/** Canonical text: dotted quad, or RFC 5952. Equal addresses have equal text. */
export function formatAddress(address: Address): string {
  return address.family === 'IPv4' ? formatIPv4(address.words[0] ?? 0) : formatIPv6(address.words);
}

/** Something to look an address up by: equal for equal addresses, different for different ones; cheaper than text. */
export type AddressKey = number | string;

export function addressKey({ words }: Address): AddressKey {
  return words.length === 1 ? (words[0] ?? 0) : words.join('.');
}

/** Canonical text of an IPv4 address given as one unsigned 32-bit number. */
export function formatIPv4(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
}

/** Canonical text (RFC 5952: lower case, longest run of two or more zero groups shortened) of four words. */
export function formatIPv6(words: ArrayLike<number>, offset = 0): string {
  const groups: number[] = [];
  for (let i = 0; i < 4; i++) {
    const word = words[offset + i] ?? 0;
    groups.push(word >>> 16, word & 0xffff);
  }
  const [start, length] = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

const dot = 0x2e;

function parseIPv4(text: string): Address | null {
  let word = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  // Read digit by digit: a large snapshot has an address for every pod.
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : dot;
    if (code === dot) {
      if (digits === 0 || (at < text.length && ++dots > 3)) return null;
      word = word * 256 + octet;
      octet = digits = 0;
    } else {
      if (code < 0x30 || code > 0x39 || (digits > 0 && octet === 0)) return null;
      octet = octet * 10 + code - 0x30;
      if (++digits > 3 || octet > 255) return null;
    }
  }
  return dots === 3 ? { family: 'IPv4', words: [word] } : null;
}

function parseIPv6(text: string): Address | null {
  const plain = withoutDots(text);
  const words = readGroups(plain) ?? readWithLibrary(plain);
  if (words === null) return null;
  const mapped = words[0] === 0 && words[1] === 0 && words[2] === 0xffff;
  return mapped ? null : { family: 'IPv6', words };
}

/** `64:ff9b::10.0.0.1` → `64:ff9b::a00:1`: the last two groups may be written as a strict IPv4 address. */
function withoutDots(text: string): string {
  if (!text.includes('.')) return text;
  const colon = text.lastIndexOf(':');
  const word = parseIPv4(text.slice(colon + 1))?.words[0];
  if (word === undefined) return text;
  return `${text.slice(0, colon + 1)}${(word >>> 16).toString(16)}:${(word & 0xffff).toString(16)}`;
}

/**
 * The usual ways of writing an address, read in one pass: groups of up to four hexadecimal digits, with at most one `::`
 * that stands for two groups or more. Null for everything else, which the library then judges; it takes 20 times as long,
 * and a large snapshot has an address for every pod.
 */
function readGroups(text: string): readonly number[] | null {
  const groups: number[] = [];
  let gap = -1;
  let at = 0;
  if (text.startsWith('::')) {
    gap = 0;
    at = 2;
  }
  while (at < text.length) {
    let value = 0;
    const start = at;
    for (let digit; at < text.length && (digit = hexDigit(text.charCodeAt(at))) !== -1; at++)
      value = value * 16 + digit;
    if (at === start || at - start > 4) return null;
    groups.push(value);
    if (at === text.length) break;
    if (text[at] !== ':' || at + 1 === text.length) return null;
    at++;
    if (text[at] === ':') {
      if (gap !== -1) return null;
      gap = groups.length;
      at++;
    }
  }
  const missing = 8 - groups.length;
  if (gap === -1 ? missing !== 0 : missing < 2) return null;
  if (gap !== -1) groups.splice(gap, 0, ...new Array<number>(missing).fill(0));
  return [0, 2, 4, 6].map((index) => (groups[index] ?? 0) * 65536 + (groups[index + 1] ?? 0));
}

/** The value of `0-9`, `a-f` or `A-F`; −1 for anything else. */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function readWithLibrary(text: string): readonly number[] | null {
  if (!/^[0-9A-Fa-f:]{2,39}$/.test(text) || !Address6.isValid(text)) return null;
  const bytes = new Address6(text).toUnsignedByteArray();
  const padded = [...new Array<number>(16 - bytes.length).fill(0), ...bytes];
  return [0, 4, 8, 12].map((at) => padded.slice(at, at + 4).reduce((word, byte) => word * 256 + byte, 0));
}

function longestZeroRun(groups: readonly number[]): readonly [start: number, length: number] {
  let best: [number, number] = [0, 0];
  for (let at = 0; at < groups.length; at++) {
    let end = at;
    while (groups[end] === 0) end++;
    if (end - at > best[1]) best = [at, end - at];
    at = Math.max(at, end);
  }
  return best;
}
