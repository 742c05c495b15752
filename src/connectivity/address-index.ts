// Finds the units whose addresses are in a set, without asking every unit.
import { once } from '../collections/once.ts';
import type { AddressSet } from '../net/address-set.ts';
import { compareWords, type Ranges, type Width } from '../net/ranges.ts';
import type { Both, Unit } from './endpoints.ts';

/** The units that have an address of the set in one world. O(ranges · log units), and what is found. */
export type UnitsIn = (set: AddressSet) => readonly Unit[];

/** Indexes the units by their addresses in both worlds; once where those are the same. O(n log n) when first asked. */
export function indexUnits(units: readonly Unit[]): Readonly<Record<keyof Both<unknown>, UnitsIn>> {
  const isSame = units.every(({ base, head }) => base === head);
  const base = once(() => indexAddresses(units, 'base'));
  const head = isSame ? base : once(() => indexAddresses(units, 'head'));
  return { base: (set) => base()(set), head: (set) => head()(set) };
}

/** A unit and the words of its address. */
interface Entry {
  readonly words: readonly number[];
  readonly unit: Unit;
}

function indexAddresses(units: readonly Unit[], world: keyof Both<unknown>): UnitsIn {
  const entries = units.map((unit): Entry => ({ words: unit[world]?.words ?? [], unit }));
  const IPv4 = entries.filter(({ words }) => words.length === 1).sort((a, b) => (a.words[0] ?? 0) - (b.words[0] ?? 0));
  const IPv6 = entries
    .filter(({ words }) => words.length === 4)
    .sort((a, b) => compareWords(a.words, 0, b.words, 0, 4));
  return (set) => [...entriesInRanges(IPv4, set.IPv4, 1), ...entriesInRanges(IPv6, set.IPv6, 4)];
}

function entriesInRanges(entries: readonly Entry[], ranges: Ranges, width: Width): readonly Unit[] {
  const found: Unit[] = [];
  for (let at = 0; at < ranges.length; at += 2 * width) {
    for (let index = firstAtOrBehind(entries, ranges, at, width); index < entries.length; index++) {
      const entry = entries[index];
      if (entry === undefined || compareWords(entry.words, 0, ranges, at + width, width) > 0) break;
      found.push(entry.unit);
    }
  }
  return found;
}

function firstAtOrBehind(entries: readonly Entry[], ranges: Ranges, at: number, width: Width): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareWords(entries[middle]?.words ?? [], 0, ranges, at, width) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
