// What an operator decides about lints: which are on, how severe they are, and which findings are known and accepted.
import type { Span } from '../source/source.ts';

/** How loud a lint is; `off` is silent. */
export type LintSeverity = 'off' | 'information' | 'warning' | 'error';

export interface LintSettings {
  /** By lint id, `L-01`; a lint that is absent has its own severity. */
  readonly severityById: ReadonlyMap<string, LintSeverity>;
  readonly suppressions: readonly Suppression[];
  /** Whether policies may suppress lints about themselves by the annotation `netpolc.dev/ignore`. */
  readonly annotations: boolean;
}

/** A finding that somebody has looked at. */
export interface Suppression {
  readonly lint: string;
  /** `namespace/name`, either part may be `*`; null for every policy. */
  readonly policy: string | null;
  /** Why it is accepted; never empty. */
  readonly reason: string;
  readonly span: Span;
}

export const defaultLintSettings: LintSettings = {
  severityById: new Map(),
  suppressions: [],
  annotations: false,
};
