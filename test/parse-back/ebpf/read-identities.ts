// peers4, peers6, blocks4, blocks6 → which addresses an identity has: the hash is asked first, then the longest prefix.
import { groupBy } from '../../../src/collections/get-or-make.ts';
import type { Family } from '../../../src/net/address.ts';
import { noAddresses, type AddressSet } from '../../../src/net/address-set.ts';
import { must } from '../../kit/must.ts';
import { littleEndian, type GenerationMaps } from './generation.ts';
import type { MapEntry } from './listing.ts';
import { prefixOf, stretchesOf, type PrefixEntry, type Stretch } from './longest-prefix.ts';

/** Identity 0 is that of addresses which no set has, and is left out. */
export function readIdentities(maps: GenerationMaps, family: Family): ReadonlyMap<number, AddressSet> {
  const [peers, blocks] = family === 'IPv4' ? (['peers4', 'blocks4'] as const) : (['peers6', 'blocks6'] as const);
  const bits = family === 'IPv4' ? 32 : 128;
  const entries = [
    ...must(maps.get(blocks)).entries.map((entry) => blockEntry(entry, bits)),
    ...must(maps.get(peers)).entries.map((entry) => singleEntry(entry, bits)),
  ];
  const byIdentity = groupBy(stretchesOf(entries), ({ value }) => value);
  byIdentity.delete(0);
  return new Map([...byIdentity].map(([identity, own]) => [identity, setOf(own, family)]));
}

/** A single address in the hash goes before a block of the same one address. */
function singleEntry({ key, value }: MapEntry, bits: number): PrefixEntry<number> {
  return { ...prefixOf(numberOf(key), bits, bits), rank: bits + 1, value: littleEndian(value) };
}

function blockEntry({ key, value }: MapEntry, bits: number): PrefixEntry<number> {
  const length = littleEndian(key.slice(0, 8));
  return { ...prefixOf(numberOf(key.slice(8)), length, bits), rank: length, value: littleEndian(value) };
}

function numberOf(hex: string): bigint {
  return BigInt(`0x${hex}`);
}

/** Sorted stretches → ranges that do not touch. */
function setOf(stretches: readonly Stretch<number>[], family: Family): AddressSet {
  const joined: { first: bigint; last: bigint }[] = [];
  for (const { first, last } of stretches) {
    const previous = joined.at(-1);
    if (previous !== undefined && previous.last + 1n === first) previous.last = last;
    else joined.push({ first, last });
  }
  const words = joined.flatMap(({ first, last }) => [...wordsOf(first, family), ...wordsOf(last, family)]);
  return { ...noAddresses, [family]: Uint32Array.from(words) };
}

function wordsOf(number: bigint, family: Family): readonly number[] {
  if (family === 'IPv4') return [Number(number)];
  return [96n, 64n, 32n, 0n].map((shift) => Number((number >> shift) & 0xffffffffn));
}
