// What holds for a subject in one direction, in the base and in the head: one object for all subjects of which the same holds.
import { getOrMake } from '../collections/get-or-make.ts';
import type { Direction } from '../ir/ir.ts';
import type { LocalEndpoint } from '../lower/endpoints.ts';
import type { Enforcement } from '../lower/enforcement.ts';
import { allAddresses } from '../net/address-set.ts';
import { allowNothing, allowTable, equalTables, type AllowTable } from '../net/allow-table.ts';
import { allPorts } from '../net/protocol.ts';
import type { Subject } from './endpoints.ts';

/** `absent`: there is no such endpoint, and nothing reaches what does not exist. `open`: nothing isolates it. */
export type Side = Enforcement | 'open' | 'absent';

export interface SideState {
  /** Counted from 0 per direction. */
  readonly id: number;
  readonly base: Side;
  readonly head: Side;
  /** The same is allowed in both. */
  readonly isSame: boolean;
}

/** Answers for an endpoint of a world, as `Sides.of` does. */
export type SideOf = (endpoint: LocalEndpoint, direction: Direction) => Enforcement | null;

export interface StateSources {
  readonly base: SideOf;
  readonly head: SideOf;
  /** False where it is known, without asking, that both worlds have the subject and say the same about it. */
  readonly mayDiffer: (subject: Subject, direction: Direction) => boolean;
}

export type StateOf = (subject: Subject, direction: Direction) => SideState;

/** Prepares the answers; each is worked out when first asked for. */
export function createStateOf(sources: StateSources): StateOf {
  const known = { ingress: new Map<Subject, SideState>(), egress: new Map<Subject, SideState>() };
  const states = { ingress: internStates(), egress: internStates() };
  return (subject, direction) =>
    getOrMake(known[direction], subject, () => {
      const base = sideIn(sources.base, subject.base, direction);
      return states[direction](
        base,
        sources.mayDiffer(subject, direction) ? sideIn(sources.head, subject.head, direction) : base,
      );
    });
}

const openTable = allowTable([{ peers: allAddresses, transport: null, ports: allPorts }]);

/** What a side allows. */
export function tableOf(side: Side): AllowTable {
  return side === 'open' ? openTable : side === 'absent' ? allowNothing : side.table;
}

/** The side across. */
export function opposite(direction: Direction): Direction {
  return direction === 'egress' ? 'ingress' : 'egress';
}

function sideIn(sideOf: SideOf, endpoint: LocalEndpoint | null, direction: Direction): Side {
  return endpoint === null ? 'absent' : (sideOf(endpoint, direction) ?? 'open');
}

function internStates(): (base: Side, head: Side) => SideState {
  const byBase = new Map<Side, Map<Side, SideState>>();
  let count = 0;
  return (base, head) =>
    getOrMake(
      getOrMake(byBase, base, () => new Map<Side, SideState>()),
      head,
      () => ({ id: count++, base, head, isSame: base === head || equalTables(tableOf(base), tableOf(head)) }),
    );
}
