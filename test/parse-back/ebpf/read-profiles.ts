// profiles, ports, members → what a profile lets through: the set for everything, and the set of the longest prefix that a
// port has.
import { getOrMake, groupBy } from '../../../src/collections/get-or-make.ts';
import { union, type AddressSet } from '../../../src/net/address-set.ts';
import type { TransportClass } from '../../../src/net/protocol.ts';
import { must } from '../../kit/must.ts';
import { makeTable, type PeerTable } from '../peer-table.ts';
import { littleEndian, type GenerationMaps } from './generation.ts';
import type { MapEntry } from './listing.ts';
import { prefixOf, stretchesOf, type PrefixEntry, type Stretch } from './longest-prefix.ts';

/** By profile number, for peers of the family whose identities these are. */
export function createProfileReader(
  maps: GenerationMaps,
  identities: ReadonlyMap<number, AddressSet>,
): (profile: number) => PeerTable {
  const identitiesBySet = readMembers(must(maps.get('members')).entries);
  const sets = new Map<string, AddressSet>();
  const setOf = (numbers: readonly number[]): AddressSet =>
    getOrMake(sets, numbers.join(), () =>
      union(
        numbers.flatMap((set) =>
          (identitiesBySet.get(set) ?? []).flatMap((identity) => identities.get(identity) ?? []),
        ),
      ),
    );
  const everyByProfile = new Map(
    must(maps.get('profiles')).entries.map(({ key, value }) => [littleEndian(key), littleEndian(value)]),
  );
  const rows = readPorts(must(maps.get('ports')).entries);
  const tables = new Map<number, PeerTable>();
  return (profile) =>
    getOrMake(tables, profile, () => {
      const every = must(everyByProfile.get(profile), `profile ${profile}`);
      const rowsOf = (transport: TransportClass): readonly Stretch<number>[] =>
        rows.get(`${profile} ${transport}`) ?? [];
      return makeTable(
        (transport) => rowsOf(transport).flatMap(({ first, last }) => [Number(first), Number(last) + 1]),
        (transport, port) => {
          const row = rowsOf(transport).find(({ first, last }) => first <= port && port <= last);
          return setOf(row === undefined ? [every] : [every, row.value]);
        },
      );
    });
}

/** Set 0 is none. */
function readMembers(entries: readonly MapEntry[]): ReadonlyMap<number, readonly number[]> {
  const pairs = entries.map(({ key, value }) => {
    if (littleEndian(value) !== 1) throw new Error(`a member must be 1: ${key} → ${value}`);
    const [set, identity] = [littleEndian(key.slice(0, 8)), littleEndian(key.slice(8))];
    if (set === 0 || identity === 0) throw new Error(`set or identity 0: ${key}`);
    return { set, identity };
  });
  return new Map([...groupBy(pairs, ({ set }) => set)].map(([set, own]) => [set, own.map(({ identity }) => identity)]));
}

const transportByNumber: Readonly<Record<string, TransportClass>> = {
  '00': 'OTHER',
  '06': 'TCP',
  '11': 'UDP',
  '84': 'SCTP',
};

/** Set numbers by profile and transport: `1 TCP`. */
function readPorts(entries: readonly MapEntry[]): ReadonlyMap<string, readonly Stretch<number>[]> {
  const rows = groupBy(entries.map(portRow), ({ name }) => name);
  return new Map([...rows].map(([name, own]) => [name, stretchesOf(own)]));
}

/**
 * Prefix length, profile, protocol, zero, port. A shorter prefix than 48 would be about several protocols, and OTHER, which
 * is asked for at port 0, has no ports.
 */
function portRow({ key, value }: MapEntry): PrefixEntry<number> & { readonly name: string } {
  const length = littleEndian(key.slice(0, 8)) - 48;
  const transport = must(transportByNumber[key.slice(16, 18)], `protocol of ${key}`);
  if (length < 0 || key.slice(18, 20) !== '00' || (transport === 'OTHER' && length !== 0))
    throw new Error(`port ${key}`);
  const range = prefixOf(BigInt(`0x${key.slice(20)}`), length, 16);
  return {
    ...range,
    rank: length,
    value: littleEndian(value),
    name: `${littleEndian(key.slice(8, 16))} ${transport}`,
  };
}
