// What the maps consist of, in words that outlive a change of them: for comparing two plans.
import { formatIPv4, formatIPv6 } from '../../src/net/address.ts';
import type { Inventory } from '../../src/target.ts';
import type { EbpfPlan, MapContent } from './ebpf-plan.ts';
import * as layout from './layout.ts';

/**
 * - Sets: the maps. Every plan has all of them.
 * - Rules: the entries of `profiles` and `ports`, which say what is allowed, to whatever set.
 * - Elements: all other entries. A peer's text is its address or prefix. Members are alike, because sets and identities
 *   have numbers only; the digest in `config` is left out.
 *
 * O(entries).
 */
export function ebpfInventory({ maps, profileNames }: EbpfPlan): Inventory {
  const nameOf = (profile: number): string => profileNames[profile - 1] ?? 'open';
  const textsOf = (some: readonly MapContent[]): readonly string[] => some.flatMap((map) => entryTexts(map, nameOf));
  const saysWhat = ({ layout: { name } }: MapContent): boolean => ruleMaps.includes(name);
  return {
    sets: maps.map(({ layout: { name } }) => name),
    elements: textsOf(maps.filter((map) => !saysWhat(map))),
    rules: textsOf(maps.filter(saysWhat)),
  };
}

const ruleMaps: readonly string[] = [layout.profiles.name, layout.ports.name];

/** One entry: where its key and value begin. */
interface Entry {
  readonly keys: DataView;
  readonly values: DataView;
  readonly key: number;
  readonly value: number;
}

type EntryText = (entry: Entry, nameOf: (profile: number) => string) => string;

function entryTexts(
  { layout: { name, key, value }, entries, ...bytes }: MapContent,
  nameOf: (profile: number) => string,
): readonly string[] {
  const [keys, values] = [viewOf(bytes.keys), viewOf(bytes.values)];
  const text = textByMap.get(name);
  if (text === undefined) throw new Error(`no words for entries of ${name}`);
  return Array.from({ length: entries }, (_, index) =>
    text({ keys, values, key: index * key.size, value: index * value.size }, nameOf),
  );
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

const textByMap: ReadonlyMap<string, EntryText> = new Map<string, EntryText>([
  [layout.config.name, configText],
  [layout.endpoints4.name, endpointText(address4)],
  [layout.endpoints6.name, endpointText(address6)],
  [layout.profiles.name, profileText],
  [layout.ports.name, portText],
  [layout.peers4.name, peerText(address4)],
  [layout.peers6.name, peerText(address6)],
  [layout.blocks4.name, blockText(address4)],
  [layout.blocks6.name, blockText(address6)],
  [layout.members.name, () => 'member'],
]);

function configText({ values, value }: Entry): string {
  return `flags ${values.getUint32(value + layout.config.value.offsets.flags, true)}`;
}

/** `10.0.0.7 open, ingress of prod/db`: what it sends, then what it receives. */
function endpointText(address: AddressText): EntryText {
  const { egressProfile, ingressProfile } = layout.endpoints4.value.offsets;
  return ({ keys, key, values, value }, nameOf) => {
    const name = (offset: number): string => nameOf(values.getUint32(value + offset, true));
    return `${address(keys, key)} ${name(egressProfile)}, ${name(ingressProfile)}`;
  };
}

function profileText({ keys, key, values, value }: Entry, nameOf: (profile: number) => string): string {
  return `${nameOf(keys.getUint32(key, true))} everything${nobody(values.getUint32(value, true))}`;
}

/** `ingress of prod/db 6 80/16` */
function portText({ keys, key }: Entry, nameOf: (profile: number) => string): string {
  const at = layout.ports.key.offsets;
  const length = keys.getUint32(key + at.prefixLength, true) - layout.wholeProtocolBits;
  const name = nameOf(keys.getUint32(key + at.profile, true));
  return `${name} ${keys.getUint8(key + at.protocol)} ${keys.getUint16(key + at.port)}/${length}`;
}

function peerText(address: AddressText): EntryText {
  return ({ keys, key, values, value }) => address(keys, key) + nobody(values.getUint32(value, true));
}

function blockText(address: AddressText): EntryText {
  const at = layout.blocks4.key.offsets;
  return ({ keys, key, values, value }) => {
    const length = keys.getUint32(key + at.prefixLength, true);
    return `${address(keys, key + at.address)}/${length}${nobody(values.getUint32(value, true))}`;
  };
}

/** The set or identity 0. */
function nobody(number: number): string {
  return number === 0 ? ' nobody' : '';
}

type AddressText = (view: DataView, at: number) => string;

function address4(view: DataView, at: number): string {
  return formatIPv4(view.getUint32(at));
}

function address6(view: DataView, at: number): string {
  return formatIPv6([0, 4, 8, 12].map((offset) => view.getUint32(at + offset)));
}
