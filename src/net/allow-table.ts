// Sets of (peer address, transport, destination port), canonical, with their algebra. What one endpoint is allowed.
import { getOrMake } from '../collections/get-or-make.ts';
import { equalSets, intersect, isEmpty, noAddresses, subtract, union, type AddressSet } from './address-set.ts';
import { commonPeers, onAllPorts, overlayRows, peersOn, sweepPorts, type PortMap, type PortRow } from './port-map.ts';
import { allPorts, type PortRange, type TransportClass } from './protocol.ts';

/**
 * `every`: peers allowed on all transports and ports. `rows`: what is allowed beyond that, per transport. Canonical:
 * equal sets have equal tables. An OTHER row always spans all ports, which then mean nothing.
 */
export interface AllowTable {
  readonly every: AddressSet;
  readonly rows: Readonly<Record<TransportClass, PortMap>>;
}

/** One rectangle: `peers` on `ports` of `transport`; on everything when `transport` is null. */
export interface Allow {
  readonly peers: AddressSet;
  readonly transport: TransportClass | null;
  readonly ports: PortRange;
}

/** In the order in which rows are listed everywhere. */
export const transports = ['OTHER', 'SCTP', 'TCP', 'UDP'] as const satisfies readonly TransportClass[];

export const allowNothing: AllowTable = { every: noAddresses, rows: { OTHER: [], SCTP: [], TCP: [], UDP: [] } };

/** The union of rectangles: one union of sets for every stretch of ports between boundaries; equal unions are made once. */
export function allowTable(allows: readonly Allow[]): AllowTable {
  const uniteOnce = memoByIdentity((sets) => union(sets.filter((set) => !isEmpty(set))));
  return fromMaps((transport) => {
    const covering = allows.filter((allow) => allow.transport === null || allow.transport === transport);
    return overlayRows(
      covering.map((allow): PortRow => ({ ...portsOf(allow, transport), peers: allow.peers })),
      uniteOnce,
    );
  });
}

export function uniteTables(a: AllowTable, b: AllowTable): AllowTable {
  return combine(a, b, (left, right) => union([left, right]));
}

export function intersectTables(a: AllowTable, b: AllowTable): AllowTable {
  return combine(a, b, intersect);
}

export function subtractTables(a: AllowTable, b: AllowTable): AllowTable {
  return combine(a, b, subtract);
}

export function isEmptyTable({ every, rows }: AllowTable): boolean {
  return isEmpty(every) && transports.every((transport) => rows[transport].length === 0);
}

export function equalTables(a: AllowTable, b: AllowTable): boolean {
  const equalMaps = (left: PortMap, right: PortMap): boolean =>
    left.length === right.length && left.every((row, index) => equalRows(row, right[index]));
  return equalSets(a.every, b.every) && transports.every((name) => equalMaps(a.rows[name], b.rows[name]));
}

/** The peers allowed on one port of one transport. */
export function allowedOn(table: AllowTable, transport: TransportClass, port: number): AddressSet {
  return union([table.every, peersOn(table.rows[transport], port)]);
}

function combine(a: AllowTable, b: AllowTable, operation: (a: AddressSet, b: AddressSet) => AddressSet): AllowTable {
  const once = memoByIdentity(([inA, beyondA, inB, beyondB]) =>
    operation(union([inA ?? noAddresses, beyondA ?? noAddresses]), union([inB ?? noAddresses, beyondB ?? noAddresses])),
  );
  return fromMaps((transport) =>
    sweepPorts([onAllPorts(a.every), a.rows[transport], onAllPorts(b.every), b.rows[transport]], once),
  );
}

/** Takes the full sets per transport and brings what all have in common out as `every`. */
function fromMaps(mapOf: (transport: TransportClass) => PortMap): AllowTable {
  const full = transports.map(mapOf);
  const every = commonPeers(full.flatMap(withGaps));
  const beyond = memoByIdentity(([peers]) => subtract(peers ?? noAddresses, every));
  const [OTHER = [], SCTP = [], TCP = [], UDP = []] = full.map((map) => sweepPorts([map], beyond));
  return { every, rows: { OTHER, SCTP, TCP, UDP } };
}

/** The rows of a map, and an empty row when some port has none. */
function withGaps(map: PortMap): readonly PortRow[] {
  const covered = map.reduce((sum, row) => sum + row.last - row.first + 1, 0);
  return covered === allPorts.last + 1 ? map : [{ ...allPorts, peers: noAddresses }];
}

function portsOf(allow: Allow, transport: TransportClass): PortRange {
  return allow.transport === null || transport === 'OTHER' ? allPorts : allow.ports;
}

function equalRows(a: PortRow, b: PortRow | undefined): boolean {
  return a.first === b?.first && a.last === b.last && equalSets(a.peers, b.peers);
}

/** Remembers results by the identity of the sets given, so that neighbouring pieces share one result object. */
function memoByIdentity(
  make: (sets: readonly AddressSet[]) => AddressSet,
): (sets: readonly AddressSet[]) => AddressSet {
  const numbers = new Map<AddressSet, number>();
  const results = new Map<string, AddressSet>();
  return (sets) => {
    const key = sets.map((set) => getOrMake(numbers, set, () => numbers.size)).join();
    return getOrMake(results, key, () => make(sets));
  };
}
