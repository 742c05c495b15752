// The addresses that a table lets through on some, or on all, of a set of ports.
import type { OriginatedAllow } from '../lower/originated-allow.ts';
import { intersect, noAddresses, union, type AddressSet } from '../net/address-set.ts';
import type { Allow, AllowTable } from '../net/allow-table.ts';
import type { PortRow } from '../net/port-map.ts';
import { arePortsDisjoint, listPorts, portsOf, type PortSet, type TransportPorts } from '../net/port-set.ts';

/**
 * What rules let through on some of the ports, without making a table: many rules share one set. Together they are more
 * than there is only where several pods claim an address, of which each may have its own rules (S-323).
 */
export function setsOnSome(allows: readonly OriginatedAllow[], ports: PortSet): readonly AddressSet[] {
  return [...new Set(allows.flatMap(({ allow }) => (isAllowedOnSome(allow, ports) ? [allow.peers] : [])))];
}

/** Let through on at least one of the ports. O(rows) unions. */
export function peersOnSome({ every, rows }: AllowTable, ports: PortSet): AddressSet {
  const sets = listPorts(ports).flatMap((stretch) =>
    rowsOn(rows[stretch.transport], stretch).map(({ peers }) => peers),
  );
  return union([every, ...new Set(sets)]);
}

/** Let through on each of the ports. O(rows) intersections. */
export function peersOnEach({ every, rows }: AllowTable, ports: PortSet): AddressSet {
  const sets = listPorts(ports).map((stretch) => peersAllOver(rowsOn(rows[stretch.transport], stretch), stretch));
  const [first = noAddresses, ...rest] = new Set(sets);
  return union([every, rest.reduce(intersect, first)]);
}

/** Whether a rule allows anything on the ports. */
export function isAllowedOnSome({ transport, ports: own }: Allow, ports: PortSet): boolean {
  return transport === null || !arePortsDisjoint(portsOf(transport, own), ports);
}

function rowsOn(rows: readonly PortRow[], { first, last }: TransportPorts): readonly PortRow[] {
  return rows.filter((row) => row.first <= last && first <= row.last);
}

/** What all rows have in common; nothing where a port has no row. */
function peersAllOver(rows: readonly PortRow[], { first, last }: TransportPorts): AddressSet {
  const covered = rows.reduce((sum, row) => sum + Math.min(row.last, last) - Math.max(row.first, first) + 1, 0);
  const [common, ...rest] = rows.map(({ peers }) => peers);
  if (common === undefined || covered < last - first + 1) return noAddresses;
  return rest.reduce(intersect, common);
}
