// Diagnostics made by hand, for tests of the printers.
import { diagnose, type Diagnostic, type DiagnosticExtras } from '../../src/diagnostics/diagnostic.ts';
import { wholeSource, type Span } from '../../src/source/source.ts';

/** A place in a text: where `marked` first stands in it, or at its end when it is empty. */
export function spanOf(text: string, marked: string, name = 'a.yaml'): Span {
  const start = marked === '' ? text.length : text.indexOf(marked);
  if (start === -1) throw new Error(`no ${marked} in the text`);
  return { source: wholeSource(name, text), start, end: start + marked.length };
}

/** An error whose message is `a bug in netpolc: DETAIL`. */
export function problem(detail: string, span: Span | null = null, extras: DiagnosticExtras = {}): Diagnostic {
  return diagnose('NP9001', { detail }, span, { hint: null, ...extras });
}
