// Ranges of addresses as text, and back.
import { formatIPv4, formatIPv6, parseAddress, wordsOf, type Address, type Family } from './address.ts';
import { addressesOf, cidrSet, type AddressSet } from './address-set.ts';
import { parseCidr } from './cidr.ts';
import { compareWords, type Ranges } from './ranges.ts';

/** Range number `index` of a set's family: `10.0.0.1`, `10.0.0.0/24` where it is a prefix, else `10.0.0.1-10.0.0.6`. */
export function formatRange(ranges: Ranges, index: number, family: Family): string {
  const width = wordsOf(family);
  const at = index * 2 * width;
  const first = formatWords(ranges, at, family);
  if (compareWords(ranges, at, ranges, at + width, width) === 0) return first;
  const length = prefixLength(ranges, at, family);
  return length === null ? `${first}-${formatWords(ranges, at + width, family)}` : `${first}/${length}`;
}

/** All ranges of a family as text, in order. */
export function formatRanges(ranges: Ranges, family: Family): readonly string[] {
  const count = ranges.length / (2 * wordsOf(family));
  return Array.from({ length: count }, (_, index) => formatRange(ranges, index, family));
}

/** Reads what `formatRange` writes; null for anything else. */
export function parseRange(text: string): AddressSet | null {
  if (text.includes('/')) {
    const { cidr, problem } = parseCidr(text);
    return cidr === null || problem !== null ? null : cidrSet(cidr);
  }
  const [first, last, ...rest] = text.split('-').map(parseAddress);
  if (first === undefined || first === null || last === null || rest.length > 0) return null;
  if (last === undefined) return addressesOf([first]);
  return last.family === first.family ? spanSet(first, last) : null;
}

function spanSet(first: Address, last: Address): AddressSet | null {
  const words = Uint32Array.of(...first.words, ...last.words);
  const width = wordsOf(first.family);
  if (compareWords(words, 0, words, width, width) > 0) return null;
  return { ...addressesOf([]), [first.family]: words };
}

/** The prefix length when the range at `at` is exactly a prefix, else null. */
function prefixLength(ranges: Ranges, at: number, family: Family): number | null {
  const width = wordsOf(family);
  let length = 0;
  let inside = true;
  for (let k = 0; k < width; k++) {
    const [first, last] = [ranges[at + k] ?? 0, ranges[at + width + k] ?? 0];
    const differing: number = inside ? Math.clz32(first ^ last) : 0;
    const hostBits = differing === 32 ? 0 : 0xffffffff >>> differing;
    // Behind the common part the first address has only zeros and the last only ones.
    if ((first & hostBits) !== 0 || (last & hostBits) >>> 0 !== hostBits) return null;
    length += differing;
    inside &&= differing === 32;
  }
  return length;
}

function formatWords(words: Ranges, at: number, family: Family): string {
  return family === 'IPv4' ? formatIPv4(words[at] ?? 0) : formatIPv6(words, at);
}
