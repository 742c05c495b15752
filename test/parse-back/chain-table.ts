// Chains of rules about peers and ports → the table of what they let through, for all packets at once: ports are cut
// where any rule looks at them, and on each stretch the set of all peers is sent through the rules.
import { getOrMake } from '../../src/collections/get-or-make.ts';
import { intersect, isEmpty, noAddresses, subtract, union, type AddressSet } from '../../src/net/address-set.ts';
import type { PortRange, TransportClass } from '../../src/net/protocol.ts';
import { makeTable, type PeerTable } from './peer-table.ts';

/** All parts must match; null matches everything. */
export interface ChainRule {
  readonly peers: AddressSet | null;
  /** Alternatives. OTHER is every protocol but TCP, UDP and SCTP. */
  readonly ports: readonly PortSpan[] | null;
  readonly verdict: ChainVerdict;
}

export interface PortSpan extends PortRange {
  readonly transport: TransportClass;
}

/** `return`, and the end of a chain, lead back to where packets came from: they pass. `goto` does not come back. */
export type ChainVerdict =
  { readonly kind: 'return' } | { readonly kind: 'refuse' } | { readonly kind: 'goto'; readonly chain: string };

/** Reads tables of chains that have many rules in common; what was worked out once is remembered. */
export function createTableReader(
  rulesOf: (chain: string) => readonly ChainRule[],
): (chain: string, everyone: AddressSet) => PeerTable {
  const rules = new Map<string, readonly ChainRule[]>();
  const rulesIn = (chain: string): readonly ChainRule[] => getOrMake(rules, chain, () => rulesOf(chain));
  const sets = createSetMemo();
  return (start, everyone) => {
    const spans = reachableFrom(start, rulesIn).flatMap((chain) => rulesIn(chain).flatMap(({ ports }) => ports ?? []));
    const passing = (chain: string, transport: TransportClass, port: number, peers: AddressSet): AddressSet => {
      let left = peers;
      const passed: AddressSet[] = [];
      for (const rule of rulesIn(chain)) {
        if (rule.ports !== null && !rule.ports.some((span) => covers(span, transport, port))) continue;
        const taken = rule.peers === null ? left : sets.intersect(left, rule.peers);
        if (isEmpty(taken)) continue;
        left = rule.peers === null ? noAddresses : sets.subtract(left, rule.peers);
        if (rule.verdict.kind === 'return') passed.push(taken);
        if (rule.verdict.kind === 'goto') passed.push(passing(rule.verdict.chain, transport, port, taken));
        if (isEmpty(left)) break;
      }
      return sets.union([...passed, left]);
    };
    return makeTable(
      (transport) => spans.flatMap((span) => (span.transport === transport ? [span.first, span.last + 1] : [])),
      (transport, port) => passing(start, transport, port, everyone),
    );
  };
}

function covers(span: PortSpan, transport: TransportClass, port: number): boolean {
  return span.transport === transport && span.first <= port && port <= span.last;
}

/** The chains that packets may get to. Throws when they could go in a circle. */
function reachableFrom(start: string, rulesIn: (chain: string) => readonly ChainRule[]): readonly string[] {
  const done = new Set<string>();
  const visit = (chain: string, trail: readonly string[]): void => {
    if (trail.includes(chain)) throw new Error(`chain ${chain} leads to itself`);
    if (done.has(chain)) return;
    for (const { verdict } of rulesIn(chain)) if (verdict.kind === 'goto') visit(verdict.chain, [...trail, chain]);
    done.add(chain);
  };
  visit(start, []);
  return [...done];
}

interface SetMemo {
  readonly intersect: (a: AddressSet, b: AddressSet) => AddressSet;
  readonly subtract: (a: AddressSet, b: AddressSet) => AddressSet;
  readonly union: (sets: readonly AddressSet[]) => AddressSet;
}

/** Operations on the same objects give the same objects: most stretches of ports meet the same sets. */
function createSetMemo(): SetMemo {
  const numbers = new Map<AddressSet, number>();
  const results = new Map<string, AddressSet>();
  const once = (name: string, given: readonly AddressSet[], make: () => AddressSet): AddressSet => {
    const key = given.map((set) => getOrMake(numbers, set, () => numbers.size)).join();
    return getOrMake(results, `${name} ${key}`, make);
  };
  return {
    intersect: (a, b) => once('intersect', [a, b], () => intersect(a, b)),
    subtract: (a, b) => once('subtract', [a, b], () => subtract(a, b)),
    union: (sets) => {
      const filled = sets.filter((set) => !isEmpty(set));
      return once('union', filled, () => union(filled));
    },
  };
}
