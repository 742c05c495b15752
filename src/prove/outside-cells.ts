// Which connections between pods and addresses that belong to no pod break a claim. Only the pod's side has policies.
import { groupBy } from '../collections/get-or-make.ts';
import type { Subject, Unit } from '../connectivity/endpoints.ts';
import type { Direction } from '../ir/ir.ts';
import { formatAddress, type Address } from '../net/address.ts';
import { contains, intersect, isEmpty, noAddresses, subtract, union, type AddressSet } from '../net/address-set.ts';
import { everyPort } from '../net/port-set.ts';
import type { Members } from './members.ts';
import { peersOnEach, peersOnSome, setsOnSome } from './peers-on.ts';
import { breaks, type AddressGroup, type Cell, type Question } from './question.ts';
import { groupBySide, portsThrough, type Side } from './side.ts';
import { smallestAddress } from './smallest-address.ts';
import { nodeOf, type Terrain } from './terrain.ts';

/** The cells. Cost: a table for each different side of the pods, and for each that breaks the claim O(pods). */
export function* outsideCells(terrain: Terrain, question: Question): Iterable<Cell> {
  for (const direction of ['egress', 'ingress'] as const) {
    const { sources, destinations } = question;
    const [pods, others] = direction === 'egress' ? [sources, destinations] : [destinations, sources];
    for (const { side, units } of groupBySide(terrain, pods.units, direction)) {
      const found = [
        ...anonymousCells(terrain, question, { side, units, direction, others }),
        ...namedCells(terrain, question, { side, units, direction, others }),
      ];
      for (const [some, group] of found) {
        const own = { kind: 'pods', units: some } as const;
        if (direction === 'egress') yield { sources: own, destinations: group, question };
        else yield { sources: group, destinations: own, question };
      }
    }
  }
}

/** Whether a pod and its own node, in this direction, are none of the policies' business. Source: S-603, S-604. */
export function isExempt({ semantics }: Terrain, direction: Direction): boolean {
  return direction === 'ingress' || semantics.allowEgressToOwnNode;
}

interface Asked {
  readonly side: Side;
  readonly units: readonly Unit[];
  readonly direction: Direction;
  readonly others: Members;
}

type Found = readonly (readonly [readonly Unit[], AddressGroup])[];

/** Addresses outside, without what a pod's own node does where that is exempt. */
function anonymousCells(terrain: Terrain, question: Question, { side, units, direction, others }: Asked): Found {
  if (isEmpty(others.outside) || isEmpty(mostBreaking(terrain, side, others.outside, question))) return [];
  const breaking = breakingPeers(side, others.outside, question);
  const exact = subtract(breaking, terrain.podAddresses());
  if (isEmpty(exact)) return [];
  const exempt = (subject: Subject): readonly Address[] =>
    isExempt(terrain, direction) ? terrain.ownNodeAddresses(subject).filter((each) => contains(exact, each)) : [];
  const byExempt = groupBy(units, ({ subject }) => exempt(subject).map(formatAddress).join());
  return [...byExempt.values()].flatMap((some): Found => {
    const [first] = some;
    const address = first === undefined ? null : smallestAddress(exact, exempt(first.subject));
    if (address === null) return [];
    return [[some, { kind: 'address', address, node: terrain.names.nodeOf(address), isNamed: false }]];
  });
}

/** No fewer than those that break the claim, soon known: most sets that rules let through have pods only. */
function mostBreaking(terrain: Terrain, side: Side, outside: AddressSet, { ports, wanted }: Question): AddressSet {
  if (side === null) return wanted === 'nothing' ? outside : noAddresses;
  if (wanted === 'everything') return outside;
  const sets = setsOnSome(side.allows, ports).filter((set) => !terrain.isInside(set));
  return intersect(outside, union(sets));
}

/** Exactly those, for which a table is made. Addresses of pods are still among them. */
function breakingPeers(side: Side, outside: AddressSet, { ports, wanted }: Question): AddressSet {
  if (side === null) return outside;
  return wanted === 'nothing'
    ? intersect(outside, peersOnSome(side.table, ports))
    : subtract(outside, peersOnEach(side.table, ports));
}

/** Nodes that the claim names: with their own pods they may do everything that is exempt. */
function namedCells(terrain: Terrain, question: Question, { side, units, direction, others }: Asked): Found {
  return others.nodes.flatMap(({ node, address }): Found => {
    const passing = portsThrough(side, address);
    const some = units.filter(({ subject }) =>
      breaks(question, isExempt(terrain, direction) && nodeOf(subject) === node ? everyPort : passing),
    );
    return some.length === 0 ? [] : [[some, { kind: 'address', address, node, isNamed: true }]];
  });
}
