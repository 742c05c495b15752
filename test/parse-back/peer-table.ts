// Peers by transport and port, as packets meet them: port 0 is a port like any other here, while the rows of
// src/net/allow-table.ts derive it from the other ports (S-228) and could not show that a filter treats it otherwise.
import { wordsOf, families, type Address } from '../../src/net/address.ts';
import { equalSets, isEmpty, noAddresses, subtract, union, type AddressSet } from '../../src/net/address-set.ts';
import { transports } from '../../src/net/allow-table.ts';
import { peersOn, type PortMap } from '../../src/net/port-map.ts';
import { allPorts, type TransportClass } from '../../src/net/protocol.ts';

/** Sorted, disjoint rows. Where no row is, nobody passes. OTHER has no ports: its rows are read at port 0. */
export type PeerTable = Readonly<Record<TransportClass, PortMap>>;

/** The peers that pass for one local address and direction: those of the table, and on everything the address's own endpoint. */
export interface Judgement {
  readonly table: PeerTable;
  readonly self: AddressSet;
}

/** One packet that two judgements treat differently, and what becomes of it by the second. */
export interface Difference {
  readonly peer: Address;
  readonly transport: TransportClass;
  readonly port: number;
  readonly passes: boolean;
}

/** Asks for the peers at the first port of every stretch between two cuts; within a stretch they must not change. */
export function makeTable(
  cutsOf: (transport: TransportClass) => Iterable<number>,
  peersAt: (transport: TransportClass, port: number) => AddressSet,
): PeerTable {
  const [OTHER = [], SCTP = [], TCP = [], UDP = []] = transports.map((transport): PortMap => {
    const starts = sortedCuts(cutsOf(transport));
    return starts.flatMap((first, index) => {
      const peers = peersAt(transport, first);
      return isEmpty(peers) ? [] : [{ first, last: (starts[index + 1] ?? allPorts.last + 1) - 1, peers }];
    });
  });
  return { OTHER, SCTP, TCP, UDP };
}

/** The same peers on everything. */
export function sameEverywhere(peers: AddressSet): PeerTable {
  return makeTable(
    () => [],
    () => peers,
  );
}

/** A packet on which the second judgement differs from the first; null when there is none. */
export function findDifference(first: Judgement, second: Judgement): Difference | null {
  if (equalSets(first.self, second.self) && equalTables(first.table, second.table)) return null;
  for (const transport of transports) {
    for (const port of cutsOf(transport, first.table, second.table)) {
      const [wanted, got] = [first, second].map(({ table, self }) => union([peersOn(table[transport], port), self]));
      const shown = { transport, port };
      const added = firstOf(subtract(got ?? noAddresses, wanted ?? noAddresses));
      if (added !== null) return { ...shown, peer: added, passes: true };
      const lost = firstOf(subtract(wanted ?? noAddresses, got ?? noAddresses));
      if (lost !== null) return { ...shown, peer: lost, passes: false };
    }
  }
  return null;
}

/** Many addresses share their tables, so each pair is compared once. */
const equalByTables = new WeakMap<PeerTable, WeakMap<PeerTable, boolean>>();

function equalTables(a: PeerTable, b: PeerTable): boolean {
  const byOther = equalByTables.get(a) ?? new WeakMap<PeerTable, boolean>();
  equalByTables.set(a, byOther);
  const known = byOther.get(b);
  if (known !== undefined) return known;
  const equal = transports.every((transport) =>
    cutsOf(transport, a, b).every((port) => equalSets(peersOn(a[transport], port), peersOn(b[transport], port))),
  );
  byOther.set(b, equal);
  return equal;
}

function cutsOf(transport: TransportClass, ...tables: readonly PeerTable[]): readonly number[] {
  return sortedCuts(tables.flatMap((table) => table[transport].flatMap(({ first, last }) => [first, last + 1])));
}

function sortedCuts(cuts: Iterable<number>): readonly number[] {
  return [...new Set([0, ...cuts])].filter((cut) => cut <= allPorts.last).sort((a, b) => a - b);
}

function firstOf(set: AddressSet): Address | null {
  for (const family of families) {
    if (set[family].length > 0) return { family, words: [...set[family].subarray(0, wordsOf(family))] };
  }
  return null;
}
