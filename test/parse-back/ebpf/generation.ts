// The maps of the generation in force, out of everything that is pinned.
import { must } from '../../kit/must.ts';
import type { ListedMap, MapListing } from './listing.ts';

/** The permanent maps that hold a map of every generation. */
export const mapNames = [
  ...['config', 'endpoints4', 'endpoints6', 'profiles', 'ports'],
  ...['peers4', 'peers6', 'blocks4', 'blocks6', 'members'],
] as const;

export type MapName = (typeof mapNames)[number];

export type GenerationMaps = ReadonlyMap<MapName, ListedMap>;

/** The number that `active` holds, as hexadecimal digits in the order of its bytes. */
export function activeGeneration({ pins }: MapListing): string {
  const [entry, ...others] = must(pins.get('active'), 'active');
  if (entry?.key !== '00000000' || others.length > 0) throw new Error('`active` has not exactly one entry');
  return entry.value;
}

/** Throws when a map is missing. */
export function mapsInForce(listing: MapListing): GenerationMaps {
  const generation = activeGeneration(listing);
  return new Map(
    mapNames.map((name) => {
      const held = must(listing.pins.get(name), name).find(({ key }) => key === generation);
      return [name, must(listing.mapById.get(littleEndian(must(held, name).value)), name)];
    }),
  );
}

/** Four bytes, the lowest first. */
export function littleEndian(hex: string): number {
  if (hex.length !== 8) throw new Error(`no number of four bytes: ${hex}`);
  return Buffer.from(hex, 'hex').readUInt32LE();
}
