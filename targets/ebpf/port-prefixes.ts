// Port intervals → prefixes of 16 bits, which is how a trie matches ports.
import { prefixesOf } from '../shared/prefixes.ts';

/** Ports whose first `length` bits are those of `port`, whose other bits are 0. */
export interface PortPrefix {
  readonly port: number;
  /** 0…16. */
  readonly length: number;
}

/**
 * The fewest prefixes that have the ports `first`…`last` and no others, ascending: one for all 65,536, at most 30.
 * Source: TH-21 of the reliability study.
 */
export function portPrefixes(first: number, last: number): readonly PortPrefix[] {
  // As the upper half of an IPv4 address, a port has the prefixes that it should have.
  const { bases, lengths } = prefixesOf(Uint32Array.of(first * 65536, last * 65536 + 65535), 'IPv4');
  return Array.from(lengths, (length, index) => ({ port: (bases[index] ?? 0) >>> 16, length }));
}
