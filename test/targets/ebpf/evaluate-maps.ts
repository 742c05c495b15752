// One flow → one verdict, by the emitted bytes alone: the verdict of README.md written down a second time, without any of
// the code that made the bytes.
import { getOrMake } from '../../../src/collections/get-or-make.ts';
import type { Address } from '../../../src/net/address.ts';
import type { Flow, Verdict } from '../../../src/net/flow.ts';
import type { TransportClass } from '../../../src/net/protocol.ts';
import type { Artifact } from '../../../src/target.ts';
import { must } from '../../kit/must.ts';

/** Value by key, both as hexadecimal digits; by map. */
export type Maps = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What a packet's path says and no map holds. */
export interface Path {
  /** The node itself sends this. */
  readonly fromOwnNode: boolean;
  /** It goes to the node itself. */
  readonly toOwnNode: boolean;
}

interface Dump {
  readonly key: readonly string[];
  readonly value: readonly string[];
}

/** Reads `maps.json`. Throws when a key stands there twice. */
export function readJson(text: string): Maps {
  const maps = JSON.parse(text) as Readonly<Record<string, { readonly entries: readonly Dump[] }>>;
  const hex = (bytes: readonly string[]): string => bytes.map((byte) => byte.slice(2)).join('');
  return mapsOf(
    Object.entries(maps).map(([name, { entries }]) => [name, entries.map((e) => [hex(e.key), hex(e.value)])]),
  );
}

/** Reads `manifest` and the raw files. Throws when a size is not what the manifest says. */
export function readRaw(artifacts: readonly Artifact[]): Maps {
  const [, ...lines] = textOf(artifacts, 'manifest').trimEnd().split('\n');
  return mapsOf(
    lines.map((line) => {
      const [name = '', , keySize, valueSize, entries] = line.split(' ');
      const [keys, values] = [bytesOf(artifacts, `${name}.keys`), bytesOf(artifacts, `${name}.values`)];
      const pieces = (bytes: Uint8Array, size: number): readonly string[] => {
        if (bytes.length !== size * Number(entries)) throw new Error(`${name}: ${bytes.length} bytes`);
        const hex = Buffer.from(bytes).toString('hex');
        return Array.from({ length: Number(entries) }, (_, at) => hex.slice(at * size * 2, (at + 1) * size * 2));
      };
      const allValues = pieces(values, Number(valueSize));
      return [name, pieces(keys, Number(keySize)).map((key, index) => [key, must(allValues[index])])];
    }),
  );
}

/** Reads the entries out of the batch file's updates, in the order of its maps. */
export function readBatch(text: string): Maps {
  const created = [...text.matchAll(/^map create \S+ .* name (\S+)/gm)].map(([, name = '']) => name);
  const updates = [...text.matchAll(/^map update pinned \S+-(\S+) key hex (.*) value hex (.*)$/gm)];
  const plain = (bytes: string | undefined): string => (bytes ?? '').replaceAll(' ', '');
  return mapsOf(
    created.map((name) => [
      name,
      updates.filter(([, own]) => own === name).map(([, , key, value]) => [plain(key), plain(value)]),
    ]),
  );
}

/** Says what one node, whose maps these are, does with the first packet of a flow. */
export function evaluateMaps(maps: Maps, flow: Flow, path: Path): Verdict {
  const source = endpointAt(maps, flow.source);
  const destination = endpointAt(maps, flow.destination);
  if (source !== null && destination !== null && source.number === destination.number) return 'allow';
  const egressPasses =
    source === null ||
    source.egress === 0 ||
    (path.toOwnNode && (flagsOf(maps) & 2) !== 0) ||
    profileAllows(maps, source.egress, flow.destination, flow.protocol, flow.port);
  const ingressPasses =
    destination === null ||
    destination.ingress === 0 ||
    path.fromOwnNode ||
    profileAllows(maps, destination.ingress, flow.source, flow.protocol, flow.port);
  return egressPasses && ingressPasses ? 'allow' : 'deny';
}

/** Whether a profile, by its number, lets a peer through. */
export function profileAllows(
  maps: Maps,
  profile: number,
  peer: Address,
  transport: TransportClass,
  port: number,
): boolean {
  const identity = identityOf(maps, peer);
  const isMember = (set: number): boolean =>
    set !== 0 && mapOf(maps, 'members').has(number32(set) + number32(identity));
  if (identity === 0) return false;
  return isMember(numberAt(must(mapOf(maps, 'profiles').get(number32(profile)), 'profile'))) || isMember(rowSet());

  function rowSet(): number {
    const protocol = { OTHER: '00', TCP: '06', UDP: '11', SCTP: '84' }[transport];
    const ports = transport === 'OTHER' ? '0000' : port.toString(16).padStart(4, '0');
    return numberAt(longestPrefix(mapOf(maps, 'ports'), `${number32(profile)}${protocol}00${ports}`) ?? '00000000');
  }
}

/** A hash entry, else the longest prefix, else 0. */
export function identityOf(maps: Maps, address: Address): number {
  const family = address.family === 'IPv4' ? '4' : '6';
  const single = mapOf(maps, `peers${family}`).get(hexOf(address));
  return numberAt(single ?? longestPrefix(mapOf(maps, `blocks${family}`), hexOf(address)) ?? '00000000');
}

/** What a trie gives for the data behind the prefix length, all of which is looked up. */
function longestPrefix(trie: ReadonlyMap<string, string>, data: string): string | undefined {
  for (const length of lengthsOf(trie)) {
    const found = trie.get(number32(length) + masked(data, length));
    if (found !== undefined) return found;
  }
  return undefined;
}

const lengthsByTrie = new WeakMap<ReadonlyMap<string, string>, readonly number[]>();

/** The prefix lengths that keys of a trie have, longest first. */
function lengthsOf(trie: ReadonlyMap<string, string>): readonly number[] {
  return getOrMake(lengthsByTrie, trie, () => {
    const lengths = [...trie.keys()].map((key) => numberAt(key));
    return [...new Set(lengths)].sort((a, b) => b - a);
  });
}

/** Hexadecimal data with only its first `length` bits left. */
function masked(data: string, length: number): string {
  const bits = 4 * data.length;
  const kept = length === 0 ? 0n : (BigInt(`0x${data}`) >> BigInt(bits - length)) << BigInt(bits - length);
  return kept.toString(16).padStart(data.length, '0');
}

function endpointAt(
  maps: Maps,
  address: Address,
): { readonly number: number; readonly egress: number; readonly ingress: number } | null {
  const value = mapOf(maps, address.family === 'IPv4' ? 'endpoints4' : 'endpoints6').get(hexOf(address));
  if (value === undefined) return null;
  return { number: numberAt(value, 0), egress: numberAt(value, 4), ingress: numberAt(value, 8) };
}

function flagsOf(maps: Maps): number {
  return numberAt(must(mapOf(maps, 'config').get('00000000')), 4);
}

function mapOf(maps: Maps, name: string): ReadonlyMap<string, string> {
  return must(maps.get(name), name);
}

/** Four bytes at an offset, little-endian. */
function numberAt(hex: string, offset = 0): number {
  return Buffer.from(hex, 'hex').readUInt32LE(offset);
}

function number32(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes.toString('hex');
}

function hexOf({ words }: Address): string {
  return words.map((word) => word.toString(16).padStart(8, '0')).join('');
}

function mapsOf(named: readonly (readonly [string, readonly (readonly string[])[]])[]): Maps {
  return new Map(
    named.map(([name, entries]) => {
      const map = new Map(entries.map(([key = '', value = '']) => [key, value] as const));
      if (map.size < entries.length) throw new Error(`${name} has a key twice`);
      return [name, map] as const;
    }),
  );
}

export function textOf(artifacts: readonly Artifact[], suffix: string): string {
  const content = artifacts.find((artifact) => artifact.suffix === suffix)?.content;
  if (typeof content !== 'string') throw new Error(`no text ${suffix}`);
  return content;
}

function bytesOf(artifacts: readonly Artifact[], suffix: string): Uint8Array {
  const content = artifacts.find((artifact) => artifact.suffix === suffix)?.content;
  if (!(content instanceof Uint8Array)) throw new Error(`no bytes ${suffix}`);
  return content;
}
