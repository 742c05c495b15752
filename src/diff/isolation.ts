// Which workloads became isolated or open: whether any policy speaks for them, whatever it allows.
import { groupBy } from '../collections/get-or-make.ts';
import { distinctOrigins } from '../ir/order.ts';
import type { Direction, Origin } from '../ir/ir.ts';
import type { Subject } from '../connectivity/endpoints.ts';
import type { Side, StateOf } from '../connectivity/side-states.ts';
import type { Workload } from '../connectivity/workloads.ts';

export interface IsolationChange {
  readonly change: 'isolated' | 'open';
  readonly direction: Direction;
  readonly workload: Workload;
  /** Sorted by name. */
  readonly subjects: readonly Subject[];
  /** The policies that isolate: the head's when it became isolated, else the base's. */
  readonly origins: readonly Origin[];
}

/** Sorted by workload. Endpoints that are on one side only changed nothing. */
export function isolationChanges(subjects: readonly Subject[], stateOf: StateOf): readonly IsolationChange[] {
  const changes = (['ingress', 'egress'] as const).flatMap((direction) =>
    subjects.flatMap((subject) => {
      const { base, head } = stateOf(subject, direction);
      const change = changeBetween(base, head);
      const isolating = change === 'isolated' ? head : base;
      return change === null ? [] : [{ subject, direction, change, origins: originsOf(isolating) }];
    }),
  );
  const groups = groupBy(changes, ({ subject, direction, change }) =>
    [subject.workload.id, direction, change].join(' '),
  );
  return [...groups.values()]
    .flatMap((group): readonly IsolationChange[] => {
      const [first] = group;
      if (first === undefined) return [];
      const { change, direction } = first;
      const origins = distinctOrigins(group.flatMap((each) => each.origins));
      return [
        { change, direction, workload: first.subject.workload, subjects: group.map(({ subject }) => subject), origins },
      ];
    })
    .sort((a, b) => (a.workload.id < b.workload.id ? -1 : a.workload.id > b.workload.id ? 1 : 0));
}

function changeBetween(base: Side, head: Side): IsolationChange['change'] | null {
  if (base === 'absent' || head === 'absent') return null;
  if (base === 'open') return head === 'open' ? null : 'isolated';
  return head === 'open' ? 'open' : null;
}

function originsOf(side: Side): readonly Origin[] {
  return side === 'open' || side === 'absent' ? [] : side.isolatedBy;
}
