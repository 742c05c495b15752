// The emitted contents of maps and what bpftool dumps, as lines of one language.
//
// What the kernel and bpftool make of the contents, and is allowed for here:
// - entries come back in the order of a hash or of a trie;
// - a map cannot be without room: an empty one is made for one entry, and the file says so;
// - arrays have all their entries from the beginning.
import { fieldsOf, listIn, numberIn, textIn } from '../strict-json.ts';
import { activeGeneration, mapNames, mapsInForce } from './generation.ts';
import { decodeEntries, type MapEntry, type MapListing, type MapShape } from './listing.ts';

/** What `NAME.maps.json` and the first line of `NAME.manifest` say. */
export function factsOfMapFiles(mapsJson: string, manifest: string): readonly string[] {
  const generation = /^netpolc-maps 1 ([0-9a-f]{16})\n/.exec(manifest)?.[1] ?? '';
  const maps = Object.entries(fieldsOf(JSON.parse(mapsJson), mapNames));
  return [
    `in force: ${generation}`,
    ...mapNames.map((name) => `${name} of ${generation}`),
    ...maps.flatMap(([name, map]) => {
      const fields = fieldsOf(map, ['type', 'key_size', 'value_size', 'max_entries', 'entries']);
      const shape = {
        type: textIn(fields['type']),
        keySize: numberIn(fields['key_size']),
        valueSize: numberIn(fields['value_size']),
        maxEntries: numberIn(fields['max_entries']),
      };
      return contentFacts(name, shape, decodeEntries(listIn(fields['entries'])));
    }),
  ];
}

/** What the kernel has. Other pins are the datapath's memory; no packet came yet, so they have no entries. */
export function factsOfMapListing(listing: MapListing): readonly string[] {
  const others = [...listing.pins].filter(([name]) => name !== 'active' && !mapNames.some((each) => each === name));
  return [
    `in force: ${activeGeneration(listing)}`,
    ...mapNames.flatMap((name) => (listing.pins.get(name) ?? []).map(({ key }) => `${name} of ${key}`)),
    ...[...mapsInForce(listing)].flatMap(([name, map]) => [
      ...(map.name === name ? [] : [`${name} is ${map.name}`]),
      ...contentFacts(name, map, map.entries),
    ]),
    ...others.flatMap(([name, entries]) => entries.map(({ key }) => `${name}: ${key}`)),
  ];
}

function contentFacts(name: string, shape: MapShape, entries: readonly MapEntry[]): readonly string[] {
  const { type, keySize, valueSize, maxEntries } = shape;
  return [
    `${name}: ${type}, ${keySize} bytes → ${valueSize} bytes, at most ${maxEntries}`,
    ...entries.map(({ key, value }) => `${name}: ${key} → ${value}`),
  ];
}
