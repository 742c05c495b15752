// Cells → connections as people see them: one workload with another, or with addresses outside, both families together.
import { getOrMake, groupBy } from '../collections/get-or-make.ts';
import { compareText } from '../ir/order.ts';
import type { Direction } from '../ir/ir.ts';
import type { Address, Family } from '../net/address.ts';
import { addressesOf, type AddressSet } from '../net/address-set.ts';
import { arePortsDisjoint, everyPort, intersectPorts, noPorts, subtractPorts, type PortSet } from '../net/port-set.ts';
import { causesOf, type Cause } from './causes.ts';
import type { Change } from './change.ts';
import type { Subject, Unit } from './endpoints.ts';
import { relateOutside, type OutsideCell } from './outside.ts';
import { relate, type Cell, type Relation } from './relation.ts';
import type { Side, SideState } from './side-states.ts';
import type { Workload } from './workloads.ts';

/**
 * Each subject of the source with each of the destination (a subject and itself are not meant), or each address outside,
 * in each of the families, on each of the ports. Connections do not overlap.
 */
export interface Connection {
  readonly change: Change;
  readonly source: Party;
  readonly destination: Party;
  readonly ports: PortSet;
  readonly causes: readonly Cause[];
}

export type Party =
  | {
      readonly kind: 'pods';
      readonly workload: Workload;
      /** Sorted by name. */
      readonly subjects: readonly Subject[];
      readonly families: readonly Family[];
    }
  /** Addresses of endpoints may be among them, and mean nothing. */
  | { readonly kind: 'outside'; readonly addresses: AddressSet };

/** Sorted: by source, then destination, outside last, then gained, lost, kept. */
export function connectionsOf(relation: Relation): readonly Connection[] {
  const inside = mergeFamilies(
    mergeRectangles(relate(relation).flatMap((cell) => rectanglesOf(cell, relation.wanted))),
  );
  const outside = relateOutside(relation).map(outsideConnection);
  return [...inside, ...outside].sort(compareConnections);
}

/** A cell's gain, loss or remainder. */
interface Rectangle {
  readonly change: Change;
  readonly sources: readonly Subject[];
  readonly destinations: readonly Subject[];
  readonly families: readonly Family[];
  readonly ports: PortSet;
  readonly causes: readonly Cause[];
}

function rectanglesOf(cell: Cell, wanted: Relation['wanted']): readonly Rectangle[] {
  const { base, head } = cell;
  const parts: readonly (readonly [Change, PortSet])[] = [
    ['gained', subtractPorts(head, base)],
    ['lost', subtractPorts(base, head)],
    ['kept', wanted === 'all' ? intersectPorts(base, head) : noPorts],
  ];
  return parts
    .filter(([, ports]) => ports.length > 0)
    .map(([change, ports]) => ({
      change,
      sources: subjectsOf(cell.sources),
      destinations: subjectsOf(cell.destinations),
      families: cell.sources.slice(0, 1).map(({ family }) => family),
      ports,
      causes: [
        ...causesOnSide(change, 'egress', cell.states.egress, cell.destinations, ports),
        ...causesOnSide(change, 'ingress', cell.states.ingress, cell.sources, ports),
      ],
    }));
}

/** A side that says the same about it before and after is no cause. */
function causesOnSide(
  change: Change,
  direction: Direction,
  state: SideState,
  peers: readonly Unit[],
  ports: PortSet,
): readonly Cause[] {
  const [peer] = peers;
  if (peer === undefined) return [];
  const before = answer(state.base, peer.base);
  const after = answer(state.head, peer.head);
  const moved = change === 'gained' ? subtractPorts(after, before) : subtractPorts(before, after);
  if (change !== 'kept' && arePortsDisjoint(moved, ports)) return [];
  const addresses = addressesOf(peers.flatMap(({ base, head }) => [base, head].filter((each) => each !== null)));
  const part = change === 'kept' ? ports : intersectPorts(moved, ports);
  return causesOf({ change, direction, state, peers: addresses, ports: part });
}

function answer(side: Side, address: Address | null): PortSet {
  if (side === 'absent' || address === null) return noPorts;
  return side === 'open' ? everyPort : side.portsOf(address);
}

function subjectsOf(units: readonly Unit[]): readonly Subject[] {
  return [...new Set(units.map(({ subject }) => subject))].sort((a, b) => compareText(a.name, b.name));
}

/** Rectangles of one pair of workloads that differ on one side alone become one. */
function mergeRectangles(rectangles: readonly Rectangle[]): readonly Rectangle[] {
  const pairOf = (each: Rectangle): string =>
    [each.change, each.families.join(), each.ports.join(), idOf(each.sources), idOf(each.destinations)].join(' ');
  return [...groupBy(rectangles, pairOf).values()].flatMap((group) => {
    if (group.length === 1) return group;
    const overDestinations = mergeBy(group, ({ sources }) => names(sources), 'destinations');
    return mergeBy(overDestinations, ({ destinations }) => names(destinations), 'sources');
  });
}

function mergeBy(
  rectangles: readonly Rectangle[],
  keyOf: (rectangle: Rectangle) => string,
  side: 'sources' | 'destinations',
): readonly Rectangle[] {
  return [...groupBy(rectangles, keyOf).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length === 1) return group;
    const merged = [...new Set(group.flatMap((each) => each[side]))].sort((a, b) => compareText(a.name, b.name));
    return [{ ...first, [side]: merged, causes: mergeCauses(group) }];
  });
}

function mergeFamilies(rectangles: readonly Rectangle[]): readonly Connection[] {
  const keyOf = ({ change, sources, destinations, ports }: Rectangle): string =>
    [change, ports.join(), names(sources), names(destinations)].join('\n');
  return [...groupBy(rectangles, keyOf).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const families = [...new Set(group.flatMap((each) => each.families))].sort();
    const { change, ports } = first;
    const source = podsParty(first.sources, families);
    const destination = podsParty(first.destinations, families);
    return [{ change, source, destination, ports, causes: mergeCauses(group) }];
  });
}

function podsParty(subjects: readonly Subject[], families: readonly Family[]): Party {
  const [first] = subjects;
  if (first === undefined) throw new Error('a connection of nobody');
  return { kind: 'pods', workload: first.workload, subjects, families };
}

function outsideConnection(cell: OutsideCell): Connection {
  const { change, direction, subjects, state, addresses, exact, ports } = cell;
  const families = (['IPv4', 'IPv6'] as const).filter((family) => addresses[family].length > 0);
  const pods = podsParty(subjects, families);
  const outside: Party = { kind: 'outside', addresses };
  const [source, destination] = direction === 'egress' ? [pods, outside] : [outside, pods];
  return {
    change,
    source,
    destination,
    ports,
    causes: causesOf({ change, direction, state, peers: exact, ports }),
  };
}

function mergeCauses(group: readonly { readonly causes: readonly Cause[] }[]): readonly Cause[] {
  const distinct = new Map<string, Cause>();
  for (const cause of group.flatMap(({ causes }) => causes)) {
    const { world, direction, effect, origin } = cause;
    getOrMake(distinct, [world, direction, effect, origin.policy, origin.path].join(' '), () => cause);
  }
  return [...distinct.values()];
}

function names(subjects: readonly Subject[]): string {
  return subjects.map(({ name }) => name).join(' ');
}

function idOf(subjects: readonly Subject[]): string {
  return subjects[0]?.workload.id ?? '';
}

const changeOrder: readonly Change[] = ['gained', 'lost', 'kept'];

function compareConnections(a: Connection, b: Connection): number {
  return (
    compareParties(a.source, b.source) ||
    compareParties(a.destination, b.destination) ||
    changeOrder.indexOf(a.change) - changeOrder.indexOf(b.change) ||
    (a.ports[0] ?? 0) - (b.ports[0] ?? 0)
  );
}

function compareParties(a: Party, b: Party): number {
  if (a.kind === 'pods' && b.kind === 'pods') return compareText(a.workload.id, b.workload.id);
  return a.kind === b.kind ? 0 : a.kind === 'pods' ? -1 : 1;
}
