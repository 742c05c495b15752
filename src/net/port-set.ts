// Exact sets of ports of all transports: what two endpoints may do with each other.
import { getOrMake } from '../collections/get-or-make.ts';
import { contains } from './address-set.ts';
import type { Address } from './address.ts';
import { transports, type Allow, type AllowTable } from './allow-table.ts';
import { allPorts, type PortRange, type TransportClass } from './protocol.ts';
import { equalWords, intersectRanges, rangesWithin, subtractRanges, uniteRanges, type Ranges } from './ranges.ts';

/**
 * Ports of all transports on one line: those of the transport number n (in the order of `transports`) begin at
 * n · 65536. Canonical: equal sets have equal words. OTHER has all ports or none.
 */
export type PortSet = Ranges;

/** A stretch of ports of one transport. */
export interface TransportPorts extends PortRange {
  readonly transport: TransportClass;
}

const line = allPorts.last + 1;

export const noPorts: PortSet = new Uint32Array(0);
export const everyPort: PortSet = Uint32Array.of(0, transports.length * line - 1);

/** Ports of one transport. */
export function portsOf(transport: TransportClass, { first, last }: PortRange): PortSet {
  const start = transports.indexOf(transport) * line;
  return Uint32Array.of(start + first, start + last);
}

export function unitePorts(a: PortSet, b: PortSet): PortSet {
  return uniteRanges(a, b, 1);
}

export function intersectPorts(a: PortSet, b: PortSet): PortSet {
  return intersectRanges(a, b, 1);
}

export function subtractPorts(a: PortSet, b: PortSet): PortSet {
  return subtractRanges(a, b, 1);
}

export function equalPorts(a: PortSet, b: PortSet): boolean {
  return equalWords(a, b);
}

/** Whether every port of `a` is in `b`. */
export function portsWithin(a: PortSet, b: PortSet): boolean {
  return rangesWithin(a, b, 1);
}

export function arePortsDisjoint(a: PortSet, b: PortSet): boolean {
  return intersectPorts(a, b).length === 0;
}

/** The ports on which a table lets one address through. O(rows · log ranges). */
export function portsFor(table: AllowTable, address: Address): PortSet {
  if (contains(table.every, address)) return everyPort;
  const words: number[] = [];
  for (const transport of transports) {
    const start = transports.indexOf(transport) * line;
    for (const { first, last, peers } of table.rows[transport]) {
      if (!contains(peers, address)) continue;
      if (words.at(-1) === start + first - 1) words[words.length - 1] = start + last;
      else words.push(start + first, start + last);
    }
  }
  return words.length === 0 ? noPorts : Uint32Array.from(words);
}

/**
 * Answers on which ports the table of these allows would let an address through, without making the table. Equal answers
 * are mostly the same object. O(allows · log ranges) a question. Source: S-228.
 */
export function createPortsThrough(allows: readonly Allow[]): (address: Address) => PortSet {
  const known = new Map<string, PortSet>([['', noPorts]]);
  return (address) => {
    let matching = '';
    for (const [index, { transport, peers }] of allows.entries()) {
      if (!contains(peers, address)) continue;
      if (transport === null) return everyPort;
      matching += `${index} `;
    }
    return getOrMake(known, matching, () => portsOfAllows(allows.filter(({ peers }) => contains(peers, address))));
  };
}

function portsOfAllows(allows: readonly Allow[]): PortSet {
  const stretches = allows.map(({ transport, ports }) =>
    transport === null ? everyPort : portsOf(transport, transport === 'OTHER' ? allPorts : ports),
  );
  return withPortZero(stretches.reduce(unitePorts, noPorts));
}

/** Port 0 is there exactly where all of 1…65535 are. */
function withPortZero(ports: PortSet): PortSet {
  return transports.reduce((all, transport) => {
    const zero = portsOf(transport, { first: 0, last: 0 });
    const others = portsOf(transport, { first: 1, last: allPorts.last });
    return portsWithin(others, all) ? unitePorts(all, zero) : subtractPorts(all, zero);
  }, ports);
}

/** The stretches of a set, each within one transport, in order. */
export function listPorts(ports: PortSet): readonly TransportPorts[] {
  const found: TransportPorts[] = [];
  for (let at = 0; at < ports.length; at += 2) {
    const end = ports[at + 1] ?? 0;
    for (let first = ports[at] ?? 0; first <= end;) {
      const index = Math.floor(first / line);
      const last = Math.min(end, (index + 1) * line - 1);
      const transport = transports[index];
      if (transport !== undefined) found.push({ transport, first: first - index * line, last: last - index * line });
      first = last + 1;
    }
  }
  return found;
}
