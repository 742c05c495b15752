// Two worlds → what connections they differ in, exactly.
import { unlessTooLarge, type Compiler } from '../compile.ts';
import { connectionsOf, type Connection } from '../connectivity/connections.ts';
import { joinEndpoints, type Subject } from '../connectivity/endpoints.ts';
import { createStateOf, type StateOf } from '../connectivity/side-states.ts';
import { createWorkloadOf, type Existence } from '../connectivity/workloads.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { World } from '../input/world.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import { isolationChanges, type IsolationChange } from './isolation.ts';
import { createMayDiffer } from './may-differ.ts';

/** A world, and its compiler without errors. */
export interface ComparedWorld {
  readonly world: World;
  readonly compiler: Compiler;
}

export interface CompareOptions {
  /** `all`: what stayed the same as well. */
  readonly wanted: 'changed' | 'all';
  /** When all are wanted: only connections with such an end; absent: every one. */
  readonly isOfInterest?: (subject: Subject) => boolean;
  readonly kindOf: (pod: Pod) => Existence;
}

export interface WorldDiff {
  /** Every endpoint of either world, sorted by name. */
  readonly subjects: readonly Subject[];
  /** Sorted; those that are kept only when all are wanted. */
  readonly connections: readonly Connection[];
  readonly isolation: readonly IsolationChange[];
  /** The endpoints that the worlds may treat differently: all others are treated alike. */
  readonly suspects: readonly Subject[];
  readonly stateOf: StateOf;
}

/**
 * Compares. Worlds that share one snapshot object are compared where policies differ and nowhere else: O(pods + policies),
 * and what the changed policies select. Source: `allowed(c)` of section 5, for every connection c at once.
 */
export function diffWorlds(base: ComparedWorld, head: ComparedWorld, options: CompareOptions): Outcome<WorldDiff> {
  return unlessTooLarge(() => {
    const before = base.compiler.sides.endpoints({ kind: 'snapshot' });
    const after =
      base.world.snapshot === head.world.snapshot ? before : head.compiler.sides.endpoints({ kind: 'snapshot' });
    const workloadOf = createWorkloadOf(before === after ? before : [...before, ...after], options.kindOf);
    const subjects = joinEndpoints(before, after, workloadOf);
    const mayDiffer = createMayDiffer(base.world, head.world);
    const stateOf = createStateOf({ base: base.compiler.sides.of, head: head.compiler.sides.of, mayDiffer });
    const suspects = subjects.filter((each) => mayDiffer(each, 'ingress') || mayDiffer(each, 'egress'));
    return {
      subjects,
      connections: connectionsOf({
        subjects,
        stateOf,
        mayDiffer,
        wanted: options.wanted,
        isOfInterest: options.isOfInterest ?? (() => true),
      }),
      isolation: isolationChanges(suspects, stateOf),
      suspects,
      stateOf,
    };
  });
}
