// The plug-in interface of a backend. Registered in targets/index.ts; nothing in src/ knows a target by name.
import type { Outcome } from './diagnostics/diagnostic.ts';
import type { Ir } from './ir/ir.ts';

/**
 * A code generator for one kind of packet filter. It expresses the IR exactly or reports an error and gives no
 * artifact. It is pure: it never runs a program, it only says what to run.
 */
export interface Target<Plan = unknown> {
  /** The folder under targets/ and the value of `--target`. */
  readonly name: string;
  /** Choices of its own on the command line. */
  readonly switches: readonly TargetSwitch[];
  /** All decisions, as data that unit tests can read. */
  readonly plan: (ir: Ir, options: TargetOptions) => Outcome<Plan>;
  /** Layout only. `ir` is not passed again: whatever is printed stands in the plan. */
  readonly print: (plan: Plan) => readonly Artifact[];
  /** What a plan consists of: which of its own things a target calls sets, elements and rules, it says itself. */
  readonly inventory: (plan: Plan) => Inventory;
  /** Asks the kernel's own parser about artifacts, changing nothing. */
  readonly check: (artifacts: readonly Artifact[]) => readonly HostCommand[];
  /** The packet filters that load its artifacts; the first is the usual one. */
  readonly engines: readonly [Engine, ...Engine[]];
}

/**
 * What a plan consists of, so that two can be compared. Equal things have equal text, and the same text may occur several
 * times.
 *
 * Names made from content, numbers and comments are no part of a text: a set stays the same set when it gains an element,
 * and a profile is called after the workload that most of its endpoints belong to. So the difference of two inventories
 * says how much changes. It does not say that nothing does: two ports that swap their peers leave it equal.
 */
export interface Inventory {
  readonly sets: readonly string[];
  readonly elements: readonly string[];
  readonly rules: readonly string[];
}

/** `--NAME` of `netpolc compile`, for this target alone. */
export interface TargetSwitch {
  /** `no-ipset` */
  readonly name: string;
  readonly description: string;
}

/** One packet filter of a kernel, and the programs that drive it. */
export interface Engine {
  /** The value of `netpolc test --engine`. */
  readonly name: string;
  /** What must be installed. */
  readonly programs: readonly Program[];
  /** Once before anything else: makes files that its other commands need, such as a program built from source. */
  readonly prepare: () => readonly HostCommand[];
  /** Puts these links of the machine under the engine; nothing to do for engines that see every packet anyway. */
  readonly attach: (links: readonly string[]) => readonly HostCommand[];
  /** Loads artifacts, replacing what an earlier load left, atomically. */
  readonly apply: (artifacts: readonly Artifact[]) => readonly HostCommand[];
  /** Removes exactly what `apply` loaded. */
  readonly remove: () => readonly HostCommand[];
  /**
   * Asks what is loaded about the packets of a pcap file, without any link: the command prints `pass` or `drop`, a line a
   * packet. Engines that judge only what really passes through lack it.
   */
  readonly judgeCapture?: (point: CapturePoint, capture: Uint8Array) => HostCommand;
}

/** Where a packet is judged: coming from a pod, on its way to a pod, or sent to a pod by the node itself. */
export type CapturePoint = 'from' | 'to' | 'own';

/** A program and the package that brings it on Debian and Ubuntu. */
export interface Program {
  readonly name: string;
  readonly package: string;
}

export interface TargetOptions {
  /** netpolc's version, for the header of an artifact. */
  readonly version: string;
  /** Names of the target's switches that are on. */
  readonly switches: ReadonlySet<string>;
}

/** One emitted file. */
export interface Artifact {
  /** What follows the node's name in the file name: `nft`, `v4.rules`. */
  readonly suffix: string;
  /** Text, or bytes that are no text. */
  readonly content: string | Uint8Array;
  /** A program that loads or removes the others, found beside them in a folder. It is not printed among them. */
  readonly isScript?: true;
}

/** A program to run, as data. No shell is involved. */
export interface HostCommand {
  readonly argv: readonly [program: string, ...args: string[]];
  readonly stdin: string | null;
  /**
   * Files that stand in the command's working directory: a folder made for it, inside one that holds the files that the
   * engine's `prepare` commands made. None: it does not care where it runs.
   */
  readonly files?: readonly CommandFile[];
}

export interface CommandFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}
