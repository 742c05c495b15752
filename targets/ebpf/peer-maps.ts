// The maps about whom policies name: peers4, peers6, blocks4, blocks6, members.
import { wordsOf, type Family } from '../../src/net/address.ts';
import { createContent, putAddress, putNumber } from './content.ts';
import type { MapContent } from './ebpf-plan.ts';
import { blocks4, blocks6, members, peers4, peers6 } from './layout.ts';
import type { Placed } from './place.ts';

export function singleContent(family: Family, { singles }: Placed): MapContent {
  const width = wordsOf(family);
  const layout = family === 'IPv4' ? peers4 : peers6;
  return createContent(layout, singles.identities.length, ({ keys, values }) => (index, keyAt, valueAt) => {
    putAddress(keys, keyAt, singles.words, index * width, width);
    putNumber(values, valueAt, singles.identities[index] ?? 0);
  });
}

export function blockContent(family: Family, { prefixes }: Placed): MapContent {
  const width = wordsOf(family);
  const layout = family === 'IPv4' ? blocks4 : blocks6;
  const at = layout.key.offsets;
  return createContent(layout, prefixes.identities.length, ({ keys, values }) => (index, keyAt, valueAt) => {
    putNumber(keys, keyAt + at.prefixLength, prefixes.lengths[index] ?? 0);
    putAddress(keys, keyAt + at.address, prefixes.words, index * width, width);
    putNumber(values, valueAt, prefixes.identities[index] ?? 0);
  });
}

/** By set, then identity. `count` is the number of pairs. */
export function memberContent(setsByIdentity: readonly (readonly number[])[], sets: number, count: number): MapContent {
  const pairs = sortPairs(setsByIdentity, sets, count);
  const at = members.key.offsets;
  return createContent(members, count, ({ keys, values }) => (index, keyAt, valueAt) => {
    putNumber(keys, keyAt + at.set, pairs[2 * index] ?? 0);
    putNumber(keys, keyAt + at.identity, pairs[2 * index + 1] ?? 0);
    putNumber(values, valueAt, 1);
  });
}

/** A counting sort: set and identity of each pair, one behind the other. */
function sortPairs(setsByIdentity: readonly (readonly number[])[], sets: number, count: number): Uint32Array {
  const next = new Uint32Array(sets + 2);
  for (const own of setsByIdentity) for (const set of own) next[set + 1] = (next[set + 1] ?? 0) + 1;
  for (let set = 1; set < next.length; set++) next[set] = (next[set] ?? 0) + (next[set - 1] ?? 0);
  const pairs = new Uint32Array(2 * count);
  setsByIdentity.forEach((own, identity) => {
    for (const set of own) {
      const index = next[set] ?? 0;
      next[set] = index + 1;
      pairs[2 * index] = set;
      pairs[2 * index + 1] = identity;
    }
  });
  return pairs;
}
