// Which connections between pods break a claim. Exact: pods of which the same holds are decided together.
import { getOrMake } from '../collections/get-or-make.ts';
import type { Unit } from '../connectivity/endpoints.ts';
import { createPortPool, type PortPool } from '../connectivity/port-pool.ts';
import type { Direction } from '../ir/ir.ts';
import { arePortsDisjoint, noPorts, type PortSet } from '../net/port-set.ts';
import { setsOnSome } from './peers-on.ts';
import { breaks, type Cell, type PodGroup, type Question } from './question.ts';
import { opposite } from '../connectivity/side-states.ts';
import { createCrowd, groupBySide, portsThrough, thoseThrough, type Crowd, type Side } from './side.ts';
import { addressOf, type Terrain } from './terrain.ts';

/** The cells; one may come up twice. Cost: see `passingCells` and `lackingCells`. */
export function podCells(terrain: Terrain, question: Question): Iterable<Cell> {
  const { sources, destinations, wanted } = question;
  if (sources.units.length === 0 || destinations.units.length === 0) return [];
  if (wanted === 'nothing') return passingCells(terrain, question);
  return both(lackingCells(terrain, question, 'egress'), lackingCells(terrain, question, 'ingress'));
}

function* both<T>(a: Iterable<T>, b: Iterable<T>): Iterable<T> {
  yield* a;
  yield* b;
}

/**
 * What is allowed and must not be. The smaller end is near: its sides are asked first, and of the far end only those that
 * they let through.
 */
function* passingCells(terrain: Terrain, question: Question): Iterable<Cell> {
  const { sources, destinations, ports } = question;
  const direction: Direction = sources.units.length < destinations.units.length ? 'egress' : 'ingress';
  const [near, far] = direction === 'egress' ? [sources, destinations] : [destinations, sources];
  const crowd = createCrowd(terrain, far.units);
  const pool = createPortPool();
  for (const group of groupBySide(terrain, near.units, direction)) {
    const nearCrowd = createCrowd(terrain, group.units);
    for (const alike of classes(terrain, letThrough(crowd, group.side, ports), { group, direction, ports, pool })) {
      const hit = letThrough(nearCrowd, alike.side, alike.ports);
      if (hit.length > 0) yield cell(question, direction, hit, alike.units);
    }
  }
}

/** The units of a crowd that a side lets through on some of the ports. */
function letThrough(crowd: Crowd, side: Side, ports: PortSet): readonly Unit[] {
  if (side === null) return crowd.units;
  return thoseThrough(
    crowd,
    (address) => !arePortsDisjoint(side.portsOf(address), ports),
    () => setsOnSome(side.allows, ports),
  );
}

/** Far units with the same side, which the near side lets through on the same ports. */
interface Alike {
  readonly side: Side;
  readonly ports: PortSet;
  readonly units: Unit[];
}

interface Near {
  readonly group: { readonly side: Side };
  readonly direction: Direction;
  readonly ports: PortSet;
  readonly pool: PortPool;
}

function classes(terrain: Terrain, units: readonly Unit[], near: Near): readonly Alike[] {
  const { group, direction, pool } = near;
  const bySide = new Map<Side, Map<PortSet, Alike>>();
  const wanted = pool.intern(near.ports);
  for (const unit of units) {
    const ports = pool.both(pool.intern(portsThrough(group.side, addressOf(unit))), wanted);
    if (ports === noPorts) continue;
    const side = terrain.sideOf(unit.subject, opposite(direction));
    const byPorts = getOrMake(bySide, side, () => new Map<PortSet, Alike>());
    getOrMake(byPorts, ports, () => ({ side, ports, units: [] })).units.push(unit);
  }
  return [...bySide.values()].flatMap((byPorts) => [...byPorts.values()]);
}

/**
 * What is not allowed and must be, by the side of one direction. O(far units) for every different side of the near end:
 * mostly the far end is large and the near one has one side.
 */
function* lackingCells(terrain: Terrain, question: Question, direction: Direction): Iterable<Cell> {
  const { sources, destinations } = question;
  const [near, far] = direction === 'egress' ? [sources, destinations] : [destinations, sources];
  for (const { side, units } of groupBySide(terrain, near.units, direction)) {
    if (side === null) continue;
    const lacking = far.units.filter((unit) => breaks(question, side.portsOf(addressOf(unit))));
    if (lacking.length > 0) yield cell(question, direction, units, lacking);
  }
}

function cell(question: Question, direction: Direction, near: readonly Unit[], far: readonly Unit[]): Cell {
  const [own, other]: readonly [PodGroup, PodGroup] = [
    { kind: 'pods', units: near },
    { kind: 'pods', units: far },
  ];
  const [sources, destinations] = direction === 'egress' ? [own, other] : [other, own];
  return { sources, destinations, question };
}
