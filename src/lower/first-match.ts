// Rules in order, of which the first that matches decides. Worked out on one address of each class (net/partition.ts).
import { getOrMake, groupBy } from '../collections/get-or-make.ts';
import type { Origin } from '../ir/ir.ts';
import { rangeCount } from '../net/address-set.ts';
import {
  intersectTables,
  isEmptyTable,
  subtractTables,
  transports,
  uniteTables,
  type AllowTable,
} from '../net/allow-table.ts';
import type { Action, ClusterPolicy } from '../policy/cluster-policy.ts';

/** A rule as one subject meets it. */
export interface Step {
  readonly policy: ClusterPolicy;
  readonly action: Action;
  /** What it matches, of first addresses. */
  readonly table: AllowTable;
  readonly origin: Origin;
}

/** How far connections have been decided. */
export interface State {
  readonly undecided: AllowTable;
  /** In the order of the rules; disjoint, and none is empty. */
  readonly decided: readonly Decided[];
}

export interface Decided {
  readonly action: Action;
  readonly table: AllowTable;
  readonly origin: Origin;
}

/** So many ranges of addresses, counted once for each interval of ports, are more than any cluster asks for. */
export const mostRanges = 300_000;

/** Thrown for rules that cut what they leave undecided into more pieces than that. Source: S-1208. */
export class TiersTooLarge extends Error {
  readonly origin: Origin;

  constructor(origin: Origin) {
    super(`${origin.policy} ${origin.path}`);
    this.origin = origin;
  }
}

/** Lets rules decide what is undecided. Source: S-1002, S-1203. */
export type FirstMatch = (state: State, steps: readonly Step[]) => State;

/** Subjects whose first rules are the same share the work for those: each state and step are brought together once. */
export function createFirstMatch(): FirstMatch {
  const nextByState = new WeakMap<State, Map<Step, State>>();
  const advance = (state: State, step: Step): State =>
    getOrMake(
      getOrMake(nextByState, state, () => new Map<Step, State>()),
      step,
      () => next(state, step),
    );
  return (state, steps) => steps.reduce(advance, state);
}

function next(state: State, { action, table: matched, origin }: Step): State {
  const table = intersectTables(matched, state.undecided);
  if (isEmptyTable(table)) return state;
  const undecided = subtractTables(state.undecided, table);
  if (sizeOf(undecided) > mostRanges) throw new TiersTooLarge(origin);
  return {
    undecided,
    decided: [...state.decided, { action, table, origin }],
  };
}

function sizeOf({ every, rows }: AllowTable): number {
  const sets = [every, ...transports.flatMap((transport) => rows[transport].map(({ peers }) => peers))];
  return sets.reduce((sum, set) => sum + rangeCount(set, 'IPv4') + rangeCount(set, 'IPv6'), 0);
}

/** What is left for the next tier: what no rule matched, and what rules passed on. Source: S-1003, S-1004. */
export function leftBy({ undecided, decided }: State): AllowTable {
  return decided
    .filter(({ action }) => action === 'Pass')
    .reduce((left, { table }) => uniteTables(left, table), undecided);
}

/**
 * Policies of one priority that decide differently about a connection which nobody before them decides, in pairs. Each is
 * asked alone. Source: S-1007.
 */
export function findTies(
  from: State,
  steps: readonly Step[],
  firstMatch: FirstMatch,
): readonly (readonly [ClusterPolicy, ClusterPolicy])[] {
  let state = from;
  return [...groupBy(steps, ({ policy }) => policy.priority).values()].flatMap((group) => {
    const before: State = { undecided: state.undecided, decided: [] };
    state = firstMatch(state, group);
    const byPolicy = [...groupBy(group, ({ policy }) => policy)];
    if (byPolicy.length < 2) return [];
    const alone = byPolicy.map(([policy, own]) => ({ policy, decided: firstMatch(before, own).decided }));
    return alone.flatMap(({ policy, decided }, index) =>
      alone
        .slice(index + 1)
        .filter((other) => differ(decided, other.decided))
        .map((other) => [policy, other.policy] as const),
    );
  });
}

function differ(some: readonly Decided[], others: readonly Decided[]): boolean {
  return some.some(({ action, table }) =>
    others.some((other) => other.action !== action && !isEmptyTable(intersectTables(table, other.table))),
  );
}
