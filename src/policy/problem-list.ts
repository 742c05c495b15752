// Where the decoders of one object put what they find wrong.
import { diagnose, type Diagnostic, type DiagnosticExtras } from '../diagnostics/diagnostic.ts';
import type { Code, ParametersOf } from '../diagnostics/catalogue/index.ts';
import type { Span } from '../source/source.ts';

export interface ProblemList {
  readonly found: readonly Diagnostic[];
  readonly add: <C extends Code>(code: C, parameters: ParametersOf<C>, span: Span, extras?: DiagnosticExtras) => void;
}

export function createProblemList(): ProblemList {
  const found: Diagnostic[] = [];
  return { found, add: (code, parameters, span, extras) => void found.push(diagnose(code, parameters, span, extras)) };
}
