// Who may do what with whom, in the base and in the head: exact, for every address and port. Pods of one workload of which
// the same holds are one cell together.
import { getOrMake, groupBy } from '../collections/get-or-make.ts';
import type { Direction } from '../ir/ir.ts';
import { addressKey, type Address } from '../net/address.ts';
import { noAddresses, union, type AddressSet } from '../net/address-set.ts';
import { subtractTables, transports, type AllowTable } from '../net/allow-table.ts';
import { everyPort, noPorts, type PortSet } from '../net/port-set.ts';
import { indexUnits } from './address-index.ts';
import { unitsOf, type Subject, type Unit } from './endpoints.ts';
import { createPortPool, type PortPool } from './port-pool.ts';
import { opposite, tableOf, type Side, type SideState, type StateOf } from './side-states.ts';
import type { Workload } from './workloads.ts';

/**
 * Every source may reach every destination on the same ports: those of `base` before, those of `head` after. All sources
 * are of one workload, all destinations too, and all of one family. A subject and itself are not meant: it always reaches
 * itself (S-601).
 */
export interface Cell {
  readonly sources: readonly Unit[];
  readonly destinations: readonly Unit[];
  readonly base: PortSet;
  readonly head: PortSet;
  readonly states: Readonly<Record<Direction, SideState>>;
}

export interface Relation {
  readonly subjects: readonly Subject[];
  readonly stateOf: StateOf;
  /** False where it is known, without asking for the state, that it is the same. */
  readonly mayDiffer: (subject: Subject, direction: Direction) => boolean;
  /** `changed`: only where base and head differ. `all`: wherever something is allowed in either. */
  readonly wanted: 'changed' | 'all';
  /** When all are wanted: only connections with such an end. */
  readonly isOfInterest: (subject: Subject) => boolean;
}

/**
 * The cells, disjoint. Cost: for each state that differs (or each one, when all are wanted) the units that its tables let
 * through, and what is asked of their other side.
 */
export function relate({ subjects, stateOf, mayDiffer, wanted, isOfInterest }: Relation): readonly Cell[] {
  const units = subjects.flatMap(unitsOf);
  const unitsIn = indexUnits(units);
  const pool = createPortPool();
  // An endpoint with another address may be treated otherwise by sides that say the same as before.
  const hasMoved = units.some(hasAnotherAddress);
  const isFull = wanted === 'all' || hasMoved;
  const scan = (direction: Direction): Scan => ({ direction, stateOf, pool, wanted, isFull });
  if (isFull) {
    const ofInterest = units.filter(({ subject }) => wanted === 'changed' || isOfInterest(subject));
    const everything = (direction: Direction, isFar: (unit: Unit) => boolean): readonly Cell[] =>
      groupNear(ofInterest, direction, stateOf).flatMap((near) => {
        const far = candidates(near, [near.state.base, near.state.head].map(peersOf), unitsIn);
        return scanGroup(near, far.filter(isFar), scan(direction));
      });
    const isRest = ({ subject }: Unit): boolean => wanted === 'all' && !isOfInterest(subject);
    return [...everything('egress', () => true), ...everything('ingress', isRest)];
  }
  const suspects = (direction: Direction): readonly NearGroup[] => {
    const some = units.filter(({ subject }) => mayDiffer(subject, direction));
    return groupNear(some, direction, stateOf).filter(({ state }) => !state.isSame);
  };
  const changed = { egress: suspects('egress'), ingress: suspects('ingress') };
  const changedUnits = changed.ingress.flatMap((group) => group.units);
  return [
    ...changed.egress.flatMap((near) =>
      scanGroup(
        near,
        [...new Set([...candidates(near, differingPeers(near.state), unitsIn), ...changedUnits])],
        scan('egress'),
      ),
    ),
    // Where the source's side differs as well, that has been seen.
    ...changed.ingress.flatMap((near) => {
      const far = candidates(near, differingPeers(near.state), unitsIn);
      const rest = far.filter(({ subject }) => !mayDiffer(subject, 'egress') || stateOf(subject, 'egress').isSame);
      return scanGroup(near, rest, scan('ingress'));
    }),
  ];
}

/** Of an endpoint that is on both sides. */
function hasAnotherAddress({ subject, base, head }: Unit): boolean {
  if (base === head || subject.base === null || subject.head === null) return false;
  return base === null || head === null || addressKey(base) !== addressKey(head);
}

/** The units that have an address in one of the sets, on the side that the set is of: base, then head. */
function candidates(
  { units }: NearGroup,
  [base, head]: readonly AddressSet[],
  unitsIn: ReturnType<typeof indexUnits>,
): readonly Unit[] {
  const family = units[0]?.family ?? 'IPv4';
  const ofFamily = (set: AddressSet | undefined): AddressSet => ({
    ...noAddresses,
    [family]: set?.[family] ?? noAddresses[family],
  });
  const before = unitsIn.base(ofFamily(base));
  const after = unitsIn.head(ofFamily(head));
  return before.length === 0 ? after : after.length === 0 ? before : [...new Set([...before, ...after])];
}

/** The addresses about which base and head say different things. */
function differingPeers({ base, head }: SideState): readonly AddressSet[] {
  const [before, after] = [tableOf(base), tableOf(head)];
  const differing = union([peersOfTable(subtractTables(before, after)), peersOfTable(subtractTables(after, before))]);
  return [differing, differing];
}

/** Units of one family with the same state. */
interface NearGroup {
  readonly state: SideState;
  readonly units: readonly Unit[];
}

function groupNear(units: readonly Unit[], direction: Direction, stateOf: StateOf): readonly NearGroup[] {
  const groups = groupBy(units, ({ subject, family }) => `${stateOf(subject, direction).id} ${family}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ state: stateOf(first.subject, direction), units: group }];
  });
}

interface Scan {
  /** Of the near side: `egress` when those are sources. */
  readonly direction: Direction;
  readonly stateOf: StateOf;
  readonly pool: PortPool;
  readonly wanted: Relation['wanted'];
  /** Nothing may be left out because both sides say the same. */
  readonly isFull: boolean;
}

function scanGroup(near: NearGroup, farUnits: readonly Unit[], scan: Scan): readonly Cell[] {
  const family = near.units[0]?.family;
  const far = groupFar(
    farUnits.filter((unit) => unit.family === family),
    createAnswers(near.state, scan.pool),
    scan,
  );
  return far.flatMap((group) => pairUp(near, group, scan));
}

/** Units of one workload with the same state, that the near side lets through alike. */
interface FarGroup extends Answer {
  readonly state: SideState;
  readonly units: readonly Unit[];
}

type MutableFarGroup = FarGroup & { readonly units: Unit[] };

/** Only those where anything passes the near side, and could differ. */
function groupFar(
  units: readonly Unit[],
  answerOf: AnswerOf,
  { direction, stateOf, isFull }: Scan,
): readonly FarGroup[] {
  const groups = new Map<SideState, Map<Workload, MutableFarGroup[]>>();
  for (const unit of units) {
    const { base, head } = answerOf(unit);
    if (base === noPorts && head === noPorts) continue;
    const state = stateOf(unit.subject, opposite(direction));
    if (!isFull && base === head && state.isSame) continue;
    const ofState = getOrMake(groups, state, () => new Map<Workload, MutableFarGroup[]>());
    const alike = getOrMake(ofState, unit.subject.workload, () => []);
    const group = alike.find((each) => each.base === base && each.head === head);
    if (group === undefined) alike.push({ state, units: [unit], base, head });
    else group.units.push(unit);
  }
  return [...groups.values()].flatMap((byWorkload) => [...byWorkload.values()].flat());
}

function pairUp(near: NearGroup, far: FarGroup, { direction, pool, wanted }: Scan): readonly Cell[] {
  const answerOf = createAnswers(far.state, pool);
  const groups = new Map<string, { units: Unit[]; base: PortSet; head: PortSet }>();
  for (const unit of near.units) {
    const answer = answerOf(unit);
    const base = pool.both(far.base, answer.base);
    const head = pool.both(far.head, answer.head);
    if ((base === noPorts && head === noPorts) || (wanted === 'changed' && base === head)) continue;
    const key = `${pool.idOf(base)} ${pool.idOf(head)} ${unit.subject.workload.id}`;
    getOrMake(groups, key, () => ({ units: [], base, head })).units.push(unit);
  }
  const isEgress = direction === 'egress';
  const states = isEgress ? { egress: near.state, ingress: far.state } : { egress: far.state, ingress: near.state };
  return [...groups.values()]
    .filter(({ units }) => !isOnlyItself(units, far.units))
    .map(({ units, base, head }) => {
      const [sources, destinations] = isEgress ? [units, far.units] : [far.units, units];
      return { sources, destinations, base, head, states };
    });
}

function isOnlyItself(near: readonly Unit[], far: readonly Unit[]): boolean {
  const subjects = new Set([...near, ...far].map(({ subject }) => subject));
  return subjects.size === 1;
}

/** On which ports a state lets the addresses of a unit through, on either side. Interned. */
type AnswerOf = (unit: Unit) => Answer;

interface Answer {
  readonly base: PortSet;
  readonly head: PortSet;
}

function createAnswers(state: SideState, pool: PortPool): AnswerOf {
  const answer = (side: Side, address: Address | null): PortSet => {
    if (address === null || side === 'absent') return noPorts;
    return side === 'open' ? everyPort : pool.intern(side.portsOf(address));
  };
  return (unit) => {
    const base = answer(state.base, unit.base);
    const isSame = state.base === state.head && unit.base === unit.head;
    return { base, head: isSame ? base : answer(state.head, unit.head) };
  };
}

/** Every address that a side lets through on some port. */
function peersOf(side: Side): AddressSet {
  return peersOfTable(tableOf(side));
}

function peersOfTable({ every, rows }: AllowTable): AddressSet {
  return union([...new Set([every, ...transports.flatMap((transport) => rows[transport].map(({ peers }) => peers))])]);
}
