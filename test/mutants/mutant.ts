// What a seeded bug is: one change of one file, and the proofs that must notice. Source: P-20 of the reliability study.

export interface Mutant {
  /** Words joined by `-`; unique in the catalogue. */
  readonly id: string;
  /** What the bug does, for people. */
  readonly sentence: string;
  /** What it breaks: rules of the semantics (`S-224`) and threats of the reliability study (`TH-60`). */
  readonly breaks: readonly [string, ...string[]];
  /** A file of the compiler or of a target, never of the oracle, the replay or the tests. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** Asked one after another until one fails, so cheap ones come first. */
  readonly proofs: readonly [Proof, ...Proof[]];
}

/**
 * By what kind of truth a mutant is caught:
 *
 * - `by hand`: tests of one part, with expectations written by hand;
 * - `golden`: golden cases, hand-written verdicts, judged by the IR;
 * - `random`: random worlds, the oracle against the IR, and what must hold in every world;
 * - `kernel`: golden cases and random worlds, judged by one engine with real packets;
 * - `traffic`: hand-written packets in the kernel: control messages, fragments, headers, connections;
 * - `loading`: what a loader does to a kernel: replacing, removing, failing, being killed;
 * - `parse-back`: what the kernel lists against what was emitted;
 * - `evaluated`: emitted maps, evaluated without the kernel, against the IR.
 */
export type Protocol = (typeof protocols)[number];

export const protocols = [
  'by hand',
  'golden',
  'random',
  'evaluated',
  'parse-back',
  'kernel',
  'traffic',
  'loading',
] as const;

/** A command that fails when the mutant is noticed, run at the root of the copy. */
export interface Proof {
  readonly protocol: Protocol;
  /** As one would type it. */
  readonly command: string;
  /** What is run by Node, with the sources' loader. */
  readonly argv: readonly [script: string, ...args: string[]];
  /** Needs the kernel, and root or user namespaces. */
  readonly inKernel: boolean;
  /** Only failures of suites count that have this in their names: a mutant of one target is no matter of others. */
  readonly about: string;
}
