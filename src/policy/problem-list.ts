// Where the decoders of one object put what they find wrong.
import type { Diagnostic, DiagnosticExtras } from '../diagnostics/diagnostic.ts';
import { createDiagnosticList } from '../diagnostics/diagnostic-list.ts';
import type { Code, ParametersOf } from '../diagnostics/catalogue/index.ts';
import type { Span } from '../source/source.ts';

type Add = <C extends Code>(code: C, parameters: ParametersOf<C>, span: Span, extras?: DiagnosticExtras) => void;

export interface ProblemList {
  readonly found: readonly Diagnostic[];
  readonly add: Add;
  /** Adds what was found elsewhere. */
  readonly addAll: (diagnostics: readonly Diagnostic[]) => void;
  /** The list for what is missing in the object at `holder`. */
  readonly missingIn: (holder: Span) => { readonly add: Add };
}

/**
 * Makes an empty list, which takes 100 errors and as many warnings. `known` are errors that were reported before: a value that has one is not reported a second time,
 * and nothing is said to be missing in an object that has one, because it most likely is what stands there misspelt.
 */
export function createProblemList(known: readonly Diagnostic[] = []): ProblemList {
  const list = createDiagnosticList();
  const spans = known.flatMap(({ severity, span }) => (severity === 'error' && span !== null ? [span] : []));
  const addUnless =
    (echoes: (known: Span, span: Span) => boolean): Add =>
    (code, parameters, span, extras) => {
      if (!spans.some((each) => echoes(each, span))) list.add(code, parameters, () => span, extras);
    };
  return {
    found: list.found,
    add: addUnless(equals),
    addAll: list.addAll,
    missingIn: (holder) => ({ add: addUnless((each, span) => equals(each, span) || contains(holder, each)) }),
  };
}

function equals(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end && a.source === b.source;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end && outer.source === inner.source;
}
