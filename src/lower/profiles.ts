// Enforcements → profiles and address sets, stored once per content.
import { getOrMake } from '../collections/get-or-make.ts';
import { distinctOrigins } from '../ir/order.ts';
import { addressSetId, profileId } from '../ir/ids.ts';
import type { AddressSetId, Direction, NamedAddressSet, Origin, PortRow, Profile, ProfileId } from '../ir/ir.ts';
import { isEmpty, isSubset, type AddressSet } from '../net/address-set.ts';
import { transports } from '../net/allow-table.ts';
import type { PortMap } from '../net/port-map.ts';
import { allPorts, type TransportClass } from '../net/protocol.ts';
import type { Enforcement } from './enforcement.ts';
import type { OriginatedAllow } from './originated-allow.ts';

/** Makes profiles of enforcements, each once for all scopes. `labelOf` names an address set for people, from the snapshot. */
export type ProfileMaker = (enforcement: Enforcement, direction: Direction) => MadeProfile;

interface MadeProfile {
  readonly profile: Profile;
  /** The address sets that the profile refers to. */
  readonly sets: readonly NamedAddressSet[];
}

export function createProfileMaker(labelOf: (addresses: AddressSet) => string): ProfileMaker {
  const made = { ingress: new Map<Enforcement, MadeProfile>(), egress: new Map<Enforcement, MadeProfile>() };
  const named = new Map<AddressSetId, NamedAddressSet>();
  return (enforcement, direction) =>
    getOrMake(made[direction], enforcement, () => {
      const sets = new Map<AddressSetId, NamedAddressSet>();
      const profile = makeProfile(enforcement, direction, (addresses) => {
        const id = addressSetId(addresses);
        sets.set(
          id,
          getOrMake(named, id, () => ({ id, addresses, label: labelOf(addresses) })),
        );
        return id;
      });
      return { profile, sets: [...sets.values()] };
    });
}

/** Collects the profiles of one scope. Enforcements of equal content become one profile with all origins. */
export interface ProfileCollector {
  readonly add: (enforcement: Enforcement, direction: Direction) => ProfileId;
  readonly profileById: () => ReadonlyMap<ProfileId, Profile>;
  readonly addressSetById: () => ReadonlyMap<AddressSetId, NamedAddressSet>;
}

export function collectProfiles(makeOnce: ProfileMaker): ProfileCollector {
  const profiles = new Map<ProfileId, Profile>();
  const sets = new Map<AddressSetId, NamedAddressSet>();
  const known = new Map<Enforcement, ProfileId>();
  return {
    add: (enforcement, direction) => {
      const before = known.get(enforcement);
      if (before !== undefined) return before;
      const made = makeOnce(enforcement, direction);
      const same = profiles.get(made.profile.id);
      profiles.set(made.profile.id, same === undefined ? made.profile : mergeOrigins(same, made.profile));
      for (const set of made.sets) sets.set(set.id, set);
      known.set(enforcement, made.profile.id);
      return made.profile.id;
    },
    profileById: () => sortedById(profiles),
    addressSetById: () => sortedById(sets),
  };
}

function makeProfile(
  enforcement: Enforcement,
  direction: Direction,
  addSet: (addresses: AddressSet) => AddressSetId,
): Profile {
  const { table } = enforcement;
  const beyondEvery = contributesBeyond(table.every);
  const contributing = enforcement.allows.filter(({ allow }) => beyondEvery(allow.peers));
  const rows = transports.flatMap((transport) => {
    const behind = allowsBehind(table.rows[transport], transport, contributing);
    return table.rows[transport].map(({ first, last, peers }, index): PortRow => {
      return { transport, first, last, peers: addSet(peers), origins: originsOf(behind[index] ?? []) };
    });
  });
  const behindEvery = enforcement.allows.filter(({ allow }) => allow.transport === null && !isEmpty(allow.peers));
  const every = addSet(table.every);
  return { id: profileId(direction, every, rows), direction, every, rows, origins: originsOf(behindEvery) };
}

/** For each row, the allows that say something about a port of it. O(allows · log rows), and what is found. */
function allowsBehind(
  rows: PortMap,
  transport: TransportClass,
  allows: readonly OriginatedAllow[],
): readonly (readonly OriginatedAllow[])[] {
  const behind = rows.map((): OriginatedAllow[] => []);
  for (const each of allows) {
    const { allow } = each;
    if (allow.transport !== null && allow.transport !== transport) continue;
    const { first, last } = allow.transport === null ? allPorts : allow.ports;
    for (let at = firstRowTo(rows, first); (rows[at]?.first ?? Infinity) <= last; at++) behind[at]?.push(each);
  }
  return behind;
}

/** The first row that ends at `port` or behind it. What is said about port 1 is said about port 0 (S-228). */
function firstRowTo(rows: PortMap, port: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Math.max(rows[middle]?.last ?? 0, 1) < port) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether peers are not all in `every` already; asked once per set. */
function contributesBeyond(every: AddressSet): (peers: AddressSet) => boolean {
  const answers = new Map<AddressSet, boolean>();
  return (peers) => getOrMake(answers, peers, () => !isSubset(peers, every));
}

function originsOf(allows: readonly OriginatedAllow[]): readonly Origin[] {
  return distinctOrigins(allows.map(({ origin }) => origin));
}

function mergeOrigins(a: Profile, b: Profile): Profile {
  return {
    ...a,
    origins: distinctOrigins([...a.origins, ...b.origins]),
    rows: a.rows.map((row, index) => ({
      ...row,
      origins: distinctOrigins([...row.origins, ...(b.rows[index]?.origins ?? [])]),
    })),
  };
}

function sortedById<V>(map: ReadonlyMap<string, V>): ReadonlyMap<string, V> {
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
