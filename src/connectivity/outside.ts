// What endpoints may exchange with addresses that belong to no endpoint: there only one side has policies.
import { getOrMake, groupBy } from '../collections/get-or-make.ts';
import { once } from '../collections/once.ts';
import type { Direction } from '../ir/ir.ts';
import { families, wordsOf, type Family } from '../net/address.ts';
import {
  addressesOf,
  complement,
  equalSets,
  isEmpty,
  rangeCount,
  subtract,
  union,
  wholeFamily,
  type AddressSet,
} from '../net/address-set.ts';
import { allowTable, intersectTables, subtractTables, transports, type AllowTable } from '../net/allow-table.ts';
import { everyPort, portsOf, unitePorts, type PortSet } from '../net/port-set.ts';
import { allPorts } from '../net/protocol.ts';
import { complementRanges, rangesWithin, type Ranges } from '../net/ranges.ts';
import type { Change } from './change.ts';
import type { Subject } from './endpoints.ts';
import type { Relation } from './relation.ts';
import { tableOf, type SideState } from './side-states.ts';

/** Each subject, and each address that is no subject's, on the same ports. Subjects of one workload with one state. */
export interface OutsideCell {
  readonly change: Change;
  /** `egress`: the subjects connect. */
  readonly direction: Direction;
  readonly subjects: readonly Subject[];
  readonly state: SideState;
  /** Addresses that belong to subjects may be among them, and mean nothing here: so the ranges stay few. */
  readonly addresses: AddressSet;
  /** The same without those. */
  readonly exact: AddressSet;
  readonly ports: PortSet;
}

export function relateOutside({
  subjects,
  stateOf,
  mayDiffer,
  wanted,
  isOfInterest,
}: Relation): readonly OutsideCell[] {
  const inside = once(() => addressesOf(subjects.flatMap(addressesOfSubject)));
  return (['egress', 'ingress'] as const).flatMap((direction) => {
    const suspects = subjects.filter((subject) =>
      wanted === 'all' ? isOfInterest(subject) : mayDiffer(subject, direction),
    );
    const byState = groupBy(suspects, (subject) => stateOf(subject, direction));
    return [...byState].flatMap(([state, all]) => {
      const group = wanted === 'changed' && state.isSame ? all.filter(hasOtherFamilies) : all;
      return cellsOfState(state, direction, group, { inside, wanted });
    });
  });
}

function cellsOfState(
  state: SideState,
  direction: Direction,
  group: readonly Subject[],
  { inside, wanted }: { readonly inside: () => AddressSet; readonly wanted: Relation['wanted'] },
): readonly OutsideCell[] {
  const partsOf = createPartsOf(state, { inside, wanted });
  const alike = groupBy(group, (subject) => `${subject.workload.id} ${familiesText(subject)}`);
  return [...alike.values()].flatMap((subjects) =>
    partsOf(subjects[0]).map((part) => ({ ...part, direction, subjects, state })),
  );
}

type Part = Pick<OutsideCell, 'change' | 'addresses' | 'exact' | 'ports'>;

/** Parts of a state for subjects of the same families, worked out once. */
function createPartsOf(
  { base, head }: SideState,
  { inside, wanted }: { readonly inside: () => AddressSet; readonly wanted: Relation['wanted'] },
): (subject: Subject | undefined) => readonly Part[] {
  const known = new Map<string, readonly Part[]>();
  return (subject) => {
    if (subject === undefined) return [];
    return getOrMake(known, familiesText(subject), () => {
      const before = inFamilies(tableOf(base), familiesIn(subject.base));
      const after = inFamilies(tableOf(head), familiesIn(subject.head));
      return changesBetween(before, after, wanted).flatMap(([change, table]) =>
        rectangles(table, inside).map((rectangle) => ({ change, ...rectangle })),
      );
    });
  };
}

function changesBetween(
  before: AllowTable,
  after: AllowTable,
  wanted: Relation['wanted'],
): readonly (readonly [Change, AllowTable])[] {
  return [
    ['gained', subtractTables(after, before)],
    ['lost', subtractTables(before, after)],
    ...(wanted === 'all' ? [['kept', intersectTables(before, after)] as const] : []),
  ];
}

interface Rectangle {
  readonly addresses: AddressSet;
  readonly exact: AddressSet;
  readonly ports: PortSet;
}

/** A table's sets outside, each once, with all of its ports. */
function rectangles({ every, rows }: AllowTable, inside: () => AddressSet): readonly Rectangle[] {
  const pieces = [
    { peers: every, ports: everyPort },
    ...transports.flatMap((transport) =>
      rows[transport].map((row) => ({ peers: row.peers, ports: portsOf(transport, row) })),
    ),
  ];
  const found: { exact: AddressSet; ports: PortSet }[] = [];
  const outsideOf = new Map<AddressSet, AddressSet>();
  for (const { peers, ports } of pieces) {
    if (isEmpty(peers)) continue;
    const exact = getOrMake(outsideOf, peers, () => subtract(peers, inside()));
    if (isEmpty(exact)) continue;
    const same = found.find((each) => equalSets(each.exact, exact));
    if (same === undefined) found.push({ exact, ports });
    else same.ports = unitePorts(same.ports, ports);
  }
  return found.map(({ exact, ports }) => ({ exact, ports, addresses: readable(exact, inside()) }));
}

/** The set with every gap filled that has nothing but addresses inside. */
function readable(outside: AddressSet, inside: AddressSet): AddressSet {
  if (isEmpty(outside)) return outside;
  const gaps = complement(outside);
  const real = (family: Family): Ranges => {
    const width = wordsOf(family);
    const parts = Array.from({ length: rangeCount(gaps, family) }, (_, index) =>
      gaps[family].subarray(index * 2 * width, (index + 1) * 2 * width),
    );
    const kept = parts.filter((part) => !rangesWithin(part, inside[family], width));
    return Uint32Array.from(kept.flatMap((part) => [...part]));
  };
  return { IPv4: complementRanges(real('IPv4'), 1), IPv6: complementRanges(real('IPv6'), 4) };
}

/** What is left of a table for an endpoint that has addresses of these families. */
function inFamilies(table: AllowTable, some: readonly Family[]): AllowTable {
  if (some.length === families.length) return table;
  return intersectTables(
    table,
    allowTable([{ peers: union(some.map(wholeFamily)), transport: null, ports: allPorts }]),
  );
}

function familiesIn(endpoint: Subject['base']): readonly Family[] {
  return families.filter((family) => endpoint?.addresses.some((address) => address.family === family));
}

function familiesText({ base, head }: Subject): string {
  return `${familiesIn(base).join()} ${familiesIn(head).join()}`;
}

/** An address of a family that it did not have, or has no more, talks to the outside as well. */
function hasOtherFamilies({ base, head }: Subject): boolean {
  return base !== head && base !== null && head !== null && familiesIn(base).join() !== familiesIn(head).join();
}

function addressesOfSubject({ base, head }: Subject): NonNullable<Subject['base']>['addresses'] {
  if (base === head) return base?.addresses ?? [];
  return [...(base?.addresses ?? []), ...(head?.addresses ?? [])];
}
