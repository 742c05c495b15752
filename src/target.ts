// The plug-in interface of a backend. Registered in targets/index.ts; nothing in src/ knows a target by name.
import type { Outcome } from './diagnostics/diagnostic.ts';
import type { Ir } from './ir/ir.ts';

/**
 * A code generator for one kind of packet filter. It expresses the IR exactly or reports an error and gives no
 * artifact. It is pure: it never runs a program, `check` and `apply` only say what to run.
 */
export interface Target<Plan = unknown> {
  /** The folder under targets/ and the value of `--target`. */
  readonly name: string;
  /** All decisions, as data that unit tests can read. */
  readonly plan: (ir: Ir, options: TargetOptions) => Outcome<Plan>;
  /** Layout only. `ir` is not passed again: whatever is printed stands in the plan. */
  readonly print: (plan: Plan) => readonly Artifact[];
  /** Asks the kernel's own parser about artifacts, changing nothing. */
  readonly check: (artifacts: readonly Artifact[]) => readonly HostCommand[];
  /** Loads artifacts, replacing what an earlier load left, atomically. */
  readonly apply: (artifacts: readonly Artifact[]) => readonly HostCommand[];
  /** Removes exactly what `apply` loaded. */
  readonly remove: () => readonly HostCommand[];
}

export interface TargetOptions {
  /** netpolc's version, for the header of an artifact. */
  readonly version: string;
}

/** One emitted file. */
export interface Artifact {
  /** What follows the node's name in the file name: `nft`, `v4.rules`. */
  readonly suffix: string;
  readonly text: string;
}

/** A program to run, as data. No shell is involved. */
export interface HostCommand {
  readonly argv: readonly [program: string, ...args: string[]];
  readonly stdin: string | null;
}
