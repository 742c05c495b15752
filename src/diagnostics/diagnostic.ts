// What a phase reports: plain data, made by `diagnose`, printed by text.ts, json.ts and sarif.ts.
import type { Span } from '../source/source.ts';
import { catalogue, type Code, type ParametersOf } from './catalogue/index.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A second place that helps to understand a diagnostic. */
export interface Note {
  readonly message: string;
  readonly span: Span | null;
}

export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  /** Matter-of-fact, lower case, no full stop. May hold text from the input: printers escape control characters. */
  readonly message: string;
  readonly span: Span | null;
  readonly notes: readonly Note[];
  /** Something to do, or null. */
  readonly hint: string | null;
}

/** What a phase returns. `value` is null when nothing usable came out; any error means no artifact. */
export interface Outcome<T> {
  readonly value: T | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a caller may add to or change in a catalogue entry's own words. */
export interface DiagnosticExtras {
  readonly notes?: readonly Note[];
  /** Replaces the catalogue's hint. */
  readonly hint?: string | null;
  /** Replaces the catalogue's severity (`--decode=warn`, `--allow-incomplete`). */
  readonly severity?: Severity;
}

/** Makes a diagnostic from the catalogue. A wrong code or parameter does not compile. */
export function diagnose<C extends Code>(
  code: C,
  parameters: ParametersOf<C>,
  span: Span | null,
  extras: DiagnosticExtras = {},
): Diagnostic {
  const entry = catalogue[code];
  const message = (entry.message as (p: ParametersOf<C>) => string)(parameters);
  const hint =
    extras.hint === undefined ? (entry.hint as (p: ParametersOf<C>) => string | null)(parameters) : extras.hint;
  return { code, severity: extras.severity ?? entry.severity, message, span, notes: extras.notes ?? [], hint };
}

/** True when any diagnostic is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
