// Collects diagnostics up to a cap, so that hostile input cannot fill the memory with what is wrong with it.
import { diagnose, type Diagnostic, type DiagnosticExtras, type Severity } from './diagnostic.ts';
import { catalogue, type Code, type ParametersOf } from './catalogue/index.ts';
import type { Span } from '../source/source.ts';

/** As many errors, and as many other diagnostics, are kept. */
const cap = 100;

export interface DiagnosticList {
  readonly found: readonly Diagnostic[];
  /** Whether another one would be kept: nobody needs to work out the details of one that would not. */
  readonly takes: (severity: Severity) => boolean;
  /** Adds diagnostics made elsewhere. */
  readonly addAll: (diagnostics: readonly Diagnostic[]) => void;
  /** Makes a diagnostic and adds it. `place` is asked only when there is room for it: working a place out can be dear. */
  readonly add: <C extends Code>(
    code: C,
    parameters: ParametersOf<C>,
    place: () => Span,
    extras?: DiagnosticExtras,
  ) => void;
}

/** An empty list. Once the cap is reached what comes later is dropped; errors are never dropped for warnings. */
export function createDiagnosticList(): DiagnosticList {
  const found: Diagnostic[] = [];
  const counts = { errors: 0, others: 0 };
  const takes = (severity: Severity): boolean => counts[kindOf(severity)] < cap;
  const keep = (diagnostic: Diagnostic): void => {
    counts[kindOf(diagnostic.severity)]++;
    found.push(diagnostic);
  };
  return {
    found,
    takes,
    addAll: (diagnostics) => {
      for (const diagnostic of diagnostics) if (takes(diagnostic.severity)) keep(diagnostic);
    },
    add: (code, parameters, place, extras = {}) => {
      if (takes(extras.severity ?? catalogue[code].severity)) keep(diagnose(code, parameters, place(), extras));
    },
  };
}

function kindOf(severity: Severity): 'errors' | 'others' {
  return severity === 'error' ? 'errors' : 'others';
}
