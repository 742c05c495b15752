// The map layout, version 1: the one table of what stands where. The same for C is datapath/layout.h.

/** Stands in `config` and in the manifest; programs and loaders take no other. */
export const layoutVersion = 1;

/** bpf's map types, as bpftool writes them. */
export type MapType = 'array' | 'hash' | 'lpm_trie';

/** One map of a generation. */
export interface MapLayout<Key extends string = string, Value extends string = string> {
  readonly name: string;
  readonly type: MapType;
  readonly key: RecordLayout<Key>;
  readonly value: RecordLayout<Value>;
}

/** The bytes of a key or a value: fields one behind the other, without gaps. */
export interface RecordLayout<Field extends string = string> {
  readonly size: number;
  readonly sizes: Readonly<Record<Field, number>>;
  readonly offsets: Readonly<Record<Field, number>>;
}

/** Where the permanent maps are pinned. */
export const pinFolder = '/sys/fs/bpf/netpolc';

/** So many generations fit beside each other into the permanent maps. */
export const keptGenerations = 8;

/** Bits of `config.flags`. */
export const configFlags = { icmpEchoPasses: 1, egressToOwnNodePasses: 2, dropLinkLocal: 4 } as const;

/** Prefix length of a key of `ports` that stands for a whole protocol: all that is in front of the port. */
export const wholeProtocolBits = 48;

/** Protocol numbers in a key of `ports`: IANA's, and 0 for everything that is not TCP, UDP or SCTP. */
export const protocolBytes = { OTHER: 0, TCP: 6, UDP: 17, SCTP: 132 } as const;

const address4 = 4;
const address6 = 16;

export const config = map('config', 'array', { index: 4 }, { version: 4, flags: 4, digest: 32 });

const endpoint = { number: 4, egressProfile: 4, ingressProfile: 4 };
export const endpoints4 = map('endpoints4', 'hash', { address: address4 }, endpoint);
export const endpoints6 = map('endpoints6', 'hash', { address: address6 }, endpoint);

export const profiles = map('profiles', 'hash', { profile: 4 }, { every: 4 });
export const ports = map(
  'ports',
  'lpm_trie',
  { prefixLength: 4, profile: 4, protocol: 1, zero: 1, port: 2 },
  { set: 4 },
);

export const peers4 = map('peers4', 'hash', { address: address4 }, { identity: 4 });
export const peers6 = map('peers6', 'hash', { address: address6 }, { identity: 4 });
export const blocks4 = map('blocks4', 'lpm_trie', { prefixLength: 4, address: address4 }, { identity: 4 });
export const blocks6 = map('blocks6', 'lpm_trie', { prefixLength: 4, address: address6 }, { identity: 4 });

export const members = map('members', 'hash', { set: 4, identity: 4 }, { member: 4 });

/** Every map of a generation, in the order of the manifest. */
export const mapLayouts: readonly MapLayout[] = [
  ...[config, endpoints4, endpoints6, profiles, ports],
  ...[peers4, peers6, blocks4, blocks6, members],
];

/** What bpf calls `map_flags`: a trie must say BPF_F_NO_PREALLOC (1), the others say nothing. */
export function mapFlags(type: MapType): number {
  return type === 'lpm_trie' ? 1 : 0;
}

function map<Key extends string, Value extends string>(
  name: string,
  type: MapType,
  key: Readonly<Record<Key, number>>,
  value: Readonly<Record<Value, number>>,
): MapLayout<Key, Value> {
  return { name, type, key: record(key), value: record(value) };
}

/** `sizes` has the fields in their order. */
function record<Field extends string>(sizes: Readonly<Record<Field, number>>): RecordLayout<Field> {
  const offsets: Partial<Record<Field, number>> = {};
  let size = 0;
  for (const field of Object.keys(sizes) as Field[]) {
    offsets[field] = size;
    size += sizes[field];
  }
  return { size, sizes, offsets: offsets as Record<Field, number> };
}
