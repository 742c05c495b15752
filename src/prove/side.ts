// What one end of a connection says: its policies, or none.
import { getOrMake, groupBy } from '../collections/get-or-make.ts';
import { once } from '../collections/once.ts';
import type { Unit } from '../connectivity/endpoints.ts';
import type { Direction } from '../ir/ir.ts';
import type { Enforcement } from '../lower/enforcement.ts';
import type { Address, Family } from '../net/address.ts';
import { noAddresses, type AddressSet } from '../net/address-set.ts';
import { everyPort, type PortSet } from '../net/port-set.ts';
import { addressOf, type Terrain } from './terrain.ts';

/** Null: nothing isolates the endpoint. */
export type Side = Enforcement | null;

/** Units of which the same holds in one direction. */
export interface SideGroup {
  readonly side: Side;
  readonly units: readonly Unit[];
}

/** Groups units, each group in the order given. */
export function groupBySide(terrain: Terrain, units: readonly Unit[], direction: Direction): readonly SideGroup[] {
  const groups = groupBy(units, ({ subject }) => terrain.sideOf(subject, direction));
  return [...groups].map(([side, some]) => ({ side, units: some }));
}

/** On which ports a side lets an address through. */
export function portsThrough(side: Side, address: Address): PortSet {
  return side === null ? everyPort : side.portsOf(address);
}

/** Units of one family among which others are looked for again and again. */
export interface Crowd {
  readonly units: readonly Unit[];
  /** Those with an address in one of the sets, in any order. Each set is looked up once. */
  readonly among: (sets: readonly AddressSet[]) => Iterable<Unit>;
}

export function createCrowd(terrain: Terrain, units: readonly Unit[]): Crowd {
  const members = once(() => new Set(units));
  const family = units[0]?.family ?? 'IPv4';
  const bySet = new Map<AddressSet, readonly Unit[]>();
  const inSet = (set: AddressSet): readonly Unit[] =>
    getOrMake(bySet, set, () => terrain.unitsIn(onlyFamily(set, family)).filter((unit) => members().has(unit)));
  return {
    units,
    among: ([first, ...rest]) => {
      if (first === undefined) return [];
      return rest.length === 0 ? inSet(first) : new Set([first, ...rest].flatMap(inSet));
    },
  };
}

function onlyFamily(set: AddressSet, family: Family): AddressSet {
  return { ...noAddresses, [family]: set[family] };
}

/** So few are asked one by one. */
const few = 256;

/** The units of a crowd that are let through; others may be in `setsOf`, but all who are. */
export function thoseThrough(
  { units, among }: Crowd,
  isThrough: (address: Address) => boolean,
  setsOf: () => readonly AddressSet[],
): readonly Unit[] {
  const asked = units.length <= few ? units : [...among(setsOf())];
  return asked.filter((unit) => isThrough(addressOf(unit)));
}
