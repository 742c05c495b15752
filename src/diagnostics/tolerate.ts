// Errors that somebody can live with.
import type { Code } from './catalogue/index.ts';
import type { Diagnostic } from './diagnostic.ts';

/** The diagnostics, with errors of the given codes as warnings; null tolerates nothing. */
export function tolerate(diagnostics: readonly Diagnostic[], codes: ReadonlySet<Code> | null): readonly Diagnostic[] {
  if (codes === null) return diagnostics;
  return diagnostics.map((each) =>
    each.severity === 'error' && codes.has(each.code) ? { ...each, severity: 'warning' } : each,
  );
}
