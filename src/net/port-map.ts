// For one transport: which addresses are allowed on which ports. The step between address sets and allow tables.
import { groupBy } from '../collections/get-or-make.ts';
import { equalSets, intersect, isEmpty, noAddresses, type AddressSet } from './address-set.ts';
import { allPorts } from './protocol.ts';

/** Addresses on an inclusive port interval. */
export interface PortRow {
  readonly first: number;
  readonly last: number;
  readonly peers: AddressSet;
}

/** Sorted, disjoint rows without empty sets; neighbouring intervals with equal sets are one row. */
export type PortMap = readonly PortRow[];

/** The set on every port where no row says otherwise is empty; this looks one port up. O(rows). */
export function peersOn(map: PortMap, port: number): AddressSet {
  return map.find((row) => row.first <= port && port <= row.last)?.peers ?? noAddresses;
}

/** The same set on every port; the empty map for the empty set. */
export function onAllPorts(peers: AddressSet): PortMap {
  return isEmpty(peers) ? [] : [{ ...allPorts, peers }];
}

/**
 * Cuts 1…65535 at every boundary of `maps` and asks `value` for the set on each piece, given the set of each map there.
 * `value` must give the same object for the same arguments where it can: equality is then found by identity.
 *
 * Port 0 gets what all of 1…65535 have in common (S-228), whatever the maps say about it.
 */
export function sweepPorts(maps: readonly PortMap[], value: (peers: readonly AddressSet[]) => AddressSet): PortMap {
  const starts = new Set([1]);
  for (const row of maps.flat()) {
    starts.add(Math.max(1, row.first));
    if (row.last < allPorts.last) starts.add(row.last + 1);
  }
  const sorted = [...starts].sort((a, b) => a - b);
  const cursors = maps.map(() => 0);
  const pieces = sorted.map((first, index): PortRow => {
    const peers = maps.map((map, which) => {
      while ((map[cursors[which] ?? 0]?.last ?? Infinity) < first) cursors[which] = (cursors[which] ?? 0) + 1;
      const row = map[cursors[which] ?? 0];
      return row !== undefined && row.first <= first ? row.peers : noAddresses;
    });
    return { first, last: (sorted[index + 1] ?? allPorts.last + 1) - 1, peers: value(peers) };
  });
  return withPortZero(pieces);
}

/**
 * The union of rows in any order, however they overlap: cuts 1…65535 wherever one begins or ends and asks `unite` for the
 * peers of each piece, given the different sets that lie over it. Port 0 as in `sweepPorts`. O(n log n) for n rows, and
 * what the questions cost: nothing is looked at where it does not apply.
 */
export function overlayRows(rows: readonly PortRow[], unite: (peers: readonly AddressSet[]) => AddressSet): PortMap {
  const beginning = groupBy(rows, (row) => Math.max(1, row.first));
  const over = groupBy(rows, (row) => row.last + 1);
  const cuts = [...new Set([1, ...beginning.keys(), ...over.keys()])].filter((cut) => cut <= allPorts.last);
  cuts.sort((a, b) => a - b);
  const active = new Map<AddressSet, number>();
  const pieces = cuts.map((first, index): PortRow => {
    for (const { peers } of over.get(first) ?? []) count(active, peers, -1);
    for (const { peers } of beginning.get(first) ?? []) count(active, peers, 1);
    return { first, last: (cuts[index + 1] ?? allPorts.last + 1) - 1, peers: unite([...active.keys()]) };
  });
  return withPortZero(pieces);
}

function count(active: Map<AddressSet, number>, peers: AddressSet, change: 1 | -1): void {
  const times = (active.get(peers) ?? 0) + change;
  if (times === 0) active.delete(peers);
  else active.set(peers, times);
}

/** Source: S-228. */
function withPortZero(pieces: readonly PortRow[]): PortMap {
  return joinRows([{ first: 0, last: 0, peers: commonPeers(pieces) }, ...pieces]);
}

/** The addresses that every row has; rows must cover all ports for this to mean "allowed on every port". */
export function commonPeers(rows: readonly PortRow[]): AddressSet {
  const [first = noAddresses, ...rest] = new Set(rows.map((row) => row.peers));
  if (rest.some(isEmpty)) return noAddresses;
  return rest.reduce((common, peers) => (isEmpty(common) ? common : intersect(common, peers)), first);
}

function joinRows(pieces: readonly PortRow[]): PortMap {
  const rows: PortRow[] = [];
  for (const piece of pieces) {
    const previous = rows.at(-1);
    if (isEmpty(piece.peers)) continue;
    const joins = previous?.last === piece.first - 1 && equalSets(previous.peers, piece.peers);
    if (joins) rows[rows.length - 1] = { ...previous, last: piece.last };
    else rows.push(piece);
  }
  return rows;
}
