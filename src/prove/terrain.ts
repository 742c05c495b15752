// A world made ready for claims: what all of them ask of it, each worked out when first asked for.
import { getOrMake, groupBy } from '../collections/get-or-make.ts';
import { once } from '../collections/once.ts';
import type { Compiler } from '../compile.ts';
import { indexUnits, type UnitsIn } from '../connectivity/address-index.ts';
import { joinEndpoints, present, unitsOf, type Subject, type Unit } from '../connectivity/endpoints.ts';
import { createWorkloadOf } from '../connectivity/workloads.ts';
import { createSnapshotNames, type SnapshotNames } from '../flows/snapshot-names.ts';
import type { World } from '../input/world.ts';
import type { Direction } from '../ir/ir.ts';
import type { Enforcement } from '../lower/enforcement.ts';
import type { Address } from '../net/address.ts';
import { addressesOf, isSubset, type AddressSet } from '../net/address-set.ts';
import type { SemanticsOptions } from '../net/semantics-options.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import type { NodeAddress } from './members.ts';

/** A world, its compiler without errors, and how it is to be read. */
export interface ProvenWorld {
  readonly world: World;
  readonly compiler: Compiler;
  readonly semantics: SemanticsOptions;
  readonly allowIncomplete: boolean;
}

export interface Terrain extends ProvenWorld {
  /** Every address of every endpoint, by name. */
  readonly units: readonly Unit[];
  /** Place in `units`. */
  readonly rankOf: (unit: Unit) => number;
  readonly unitsIn: UnitsIn;
  readonly unitsByPod: () => ReadonlyMap<Pod, readonly Unit[]>;
  readonly podAddresses: () => AddressSet;
  /** Whether every address of a set is a pod's. Known of each set object once. */
  readonly isInside: (set: AddressSet) => boolean;
  readonly names: SnapshotNames;
  /** What is enforced; null when nothing isolates the endpoint. */
  readonly sideOf: (subject: Subject, direction: Direction) => Enforcement | null;
  /** The addresses of the node that an endpoint is on, which no pod has. Source: S-603. */
  readonly ownNodeAddresses: (subject: Subject) => readonly Address[];
}

/** O(pods log pods). */
export function createTerrain(proven: ProvenWorld): Terrain {
  const { world, compiler } = proven;
  const endpoints = compiler.sides.endpoints({ kind: 'snapshot' });
  const workloadOf = createWorkloadOf(endpoints, () => 'live');
  const units = joinEndpoints(endpoints, endpoints, workloadOf).flatMap(unitsOf);
  const ranks = once(() => new Map(units.map((unit, rank) => [unit, rank])));
  const podAddresses = once(() => addressesOf(units.map(addressOf)));
  const inside = new WeakMap<AddressSet, boolean>();
  const names = createSnapshotNames(world.snapshot);
  const sides = { ingress: new Map<Subject, Enforcement | null>(), egress: new Map<Subject, Enforcement | null>() };
  const ownByNode = new Map<string, readonly Address[]>();
  return {
    ...proven,
    units,
    rankOf: (unit) => ranks().get(unit) ?? 0,
    unitsIn: indexUnits(units).base,
    unitsByPod: once(() => indexByPod(units)),
    podAddresses,
    isInside: (set) => getOrMake(inside, set, () => isSubset(set, podAddresses())),
    names,
    sideOf: (subject, direction) =>
      getOrMake(sides[direction], subject, () => compiler.sides.of(present(subject), direction)),
    ownNodeAddresses: (subject) => {
      const node = nodeOf(subject);
      return node === null ? [] : getOrMake(ownByNode, node, () => addressesOfNode(names, node));
    },
  };
}

/** The address of a unit: both worlds are one. */
export function addressOf({ base }: Unit): Address {
  if (base === null) throw new Error('an endpoint without its address');
  return base;
}

/** The node that an endpoint is on: the claimants of an address are on one only when all of them are (S-323). */
export function nodeOf(subject: Subject): string | null {
  const [first, ...rest] = present(subject).owners;
  return rest.every((pod) => pod.node === first.node) ? first.node : null;
}

/** The addresses of a node, or these of them: one that a pod has is the pod's. */
export function nodeAddresses(
  terrain: Terrain,
  node: string,
  addresses = terrain.names.nodeAddresses(node) ?? [],
): readonly NodeAddress[] {
  const own = addresses.filter((address) => terrain.unitsIn(addressesOf([address])).length === 0);
  return own.map((address) => ({ node, address }));
}

/** Units in the order of the terrain. */
export function inOrder(terrain: Terrain, units: ReadonlySet<Unit>): readonly Unit[] {
  return [...units].sort((a, b) => terrain.rankOf(a) - terrain.rankOf(b));
}

function indexByPod(units: readonly Unit[]): ReadonlyMap<Pod, readonly Unit[]> {
  const pairs = units.flatMap((unit) => present(unit.subject).owners.map((pod) => ({ pod, unit })));
  const groups = groupBy(pairs, ({ pod }) => pod);
  return new Map([...groups].map(([pod, some]) => [pod, some.map(({ unit }) => unit)]));
}

function addressesOfNode(names: SnapshotNames, node: string): readonly Address[] {
  return (names.nodeAddresses(node) ?? []).filter((address) => names.nodeOf(address) === node);
}
