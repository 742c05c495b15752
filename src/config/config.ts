// `netpolc.yaml` as data: defaults for options of the command line, and what an operator decides about lints.
import type { LintSettings } from '../lint/lint-settings.ts';

/** Settings of the options with the same names. Null: the file does not say. */
export interface Config {
  /** As written, relative to the folder of the file; empty when the file names none. */
  readonly policies: readonly string[];
  /** The same for `--snapshot`. */
  readonly snapshots: readonly string[];
  readonly namespace: string | null;
  readonly decode: string | null;
  readonly allowIncomplete: boolean | null;
  readonly namedPortsInit: string | null;
  readonly allowEgressToOwnNode: boolean | null;
  readonly icmpEcho: string | null;
  readonly color: string | null;
  readonly lint: LintSettings;
}
