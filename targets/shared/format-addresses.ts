// Many addresses as text.
import { formatIPv4, formatIPv6, type Family } from '../../src/net/address.ts';

/** Canonical text of addresses that stand one behind the other, each `wordsOf(family)` words. */
export function formatAddresses(words: Uint32Array, family: Family): readonly string[] {
  if (family === 'IPv4') return Array.from(words, formatIPv4);
  return Array.from({ length: words.length / 4 }, (_, index) => formatIPv6(words, index * 4));
}
