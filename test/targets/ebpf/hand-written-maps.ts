// Map contents written down by hand in the layout of targets/ebpf/datapath/layout.h, as the loader takes them.
import { createHash } from 'node:crypto';
import { parseAddress } from '../../../src/net/address.ts';
import { addressBytes } from '../../../src/replay/packet.ts';
import { must } from '../../kit/must.ts';

/** File name → content. */
export type ArtifactFiles = Readonly<Record<string, string | Uint8Array>>;

type Entry = readonly [key: readonly number[], value: readonly number[]];

/** Lists of entries; addresses as text, everything else as numbers. Both families stand in one list. */
export interface HandWrittenMaps {
  readonly flags?: number;
  readonly endpoints?: readonly (readonly [address: string, number: number, egress: number, ingress: number])[];
  readonly profiles?: readonly (readonly [profile: number, every: number])[];
  /** `bits` of the port are compared: 16 for a single port, 0 for the whole protocol. */
  readonly ports?: readonly (readonly [profile: number, protocol: number, port: number, bits: number, set: number])[];
  readonly peers?: readonly (readonly [address: string, identity: number])[];
  readonly blocks?: readonly (readonly [address: string, bits: number, identity: number])[];
  readonly members?: readonly (readonly [set: number, identity: number])[];
}

const u32 = (...values: readonly number[]): readonly number[] =>
  values.flatMap((value) => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24]);

/** Bytes of an address. */
export const bytesOf = (address: string): readonly number[] => addressBytes(must(parseAddress(address), address));

const layout: readonly (readonly [name: string, type: string, keySize: number, valueSize: number])[] = [
  ['config', 'array', 4, 40],
  ['endpoints4', 'hash', 4, 12],
  ['endpoints6', 'hash', 16, 12],
  ['profiles', 'hash', 4, 4],
  ['ports', 'lpm_trie', 12, 4],
  ['peers4', 'hash', 4, 4],
  ['peers6', 'hash', 16, 4],
  ['blocks4', 'lpm_trie', 8, 4],
  ['blocks6', 'lpm_trie', 20, 4],
  ['members', 'hash', 8, 4],
];

/** The files of one generation. */
export function artifactOf(maps: HandWrittenMaps): ArtifactFiles {
  const entriesByName = entriesOf(maps);
  const files: Record<string, string | Uint8Array> = {};
  const lines: string[] = [];
  const hash = createHash('sha256');
  for (const [name, type, keySize, valueSize] of layout) {
    const entries = entriesByName[name] ?? [];
    lines.push(`${name} ${type} ${keySize} ${valueSize} ${entries.length}\n`);
    files[`${name}.keys`] = Uint8Array.from(entries.flatMap(([key]) => key));
    files[`${name}.values`] = Uint8Array.from(entries.flatMap(([, value]) => value));
    hash.update(files[`${name}.keys`] ?? '').update(files[`${name}.values`] ?? '');
  }
  const generation = hash.digest('hex').slice(0, 16);
  return { ...files, manifest: `netpolc-maps 1 ${generation}\n${lines.join('')}` };
}

function entriesOf(maps: HandWrittenMaps): Readonly<Record<string, readonly Entry[]>> {
  const { endpoints = [], profiles = [], ports = [], peers = [], blocks = [], members = [] } = maps;
  const endpointEntries = endpoints.map(([address, ...rest]): Entry => [bytesOf(address), u32(...rest)]);
  const peerEntries = peers.map(([address, identity]): Entry => [bytesOf(address), u32(identity)]);
  const blockEntries = blocks.map(([address, bits, identity]): Entry => [
    [...u32(bits), ...bytesOf(address)],
    u32(identity),
  ]);
  const digest = new Array<number>(26).fill(0x61);
  return {
    config: [[u32(0), [...u32(1, maps.flags ?? 0), ...digest, 0, 0, 0, 0, 0, 0]]],
    endpoints4: endpointEntries.filter(([key]) => key.length === 4),
    endpoints6: endpointEntries.filter(([key]) => key.length === 16),
    profiles: profiles.map(([profile, every]): Entry => [u32(profile), u32(every)]),
    ports: ports.map(([profile, protocol, port, bits, set]): Entry => [
      [...u32(48 + bits, profile), protocol, 0, port >> 8, port & 255],
      u32(set),
    ]),
    peers4: peerEntries.filter(([key]) => key.length === 4),
    peers6: peerEntries.filter(([key]) => key.length === 16),
    blocks4: blockEntries.filter(([key]) => key.length === 8),
    blocks6: blockEntries.filter(([key]) => key.length === 20),
    members: members.map(([set, identity]): Entry => [u32(set, identity), u32(1)]),
  };
}
