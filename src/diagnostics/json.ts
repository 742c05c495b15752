// Diagnostics for programs.
import { positionOf, type Span } from '../source/source.ts';
import { catalogue } from './catalogue/index.ts';
import type { Diagnostic } from './diagnostic.ts';
import { escapeJson } from './safe-text.ts';

/**
 * One JSON document, ended by a line end: `{"schemaVersion":1,"diagnostics":[…]}`, every diagnostic, in the order given.
 *
 * Lines and columns are 1-based, columns in UTF-16 units; the end is exclusive. A place that is not known is null.
 */
export function printJson(diagnostics: readonly Diagnostic[]): string {
  const document = { schemaVersion: 1, diagnostics: diagnostics.map(diagnosticRecord) };
  return `${escapeJson(JSON.stringify(document, null, 2))}\n`;
}

/** One diagnostic as plain data, as it stands in documents. */
export function diagnosticRecord({
  code,
  severity,
  message,
  span,
  notes,
  hint,
}: Diagnostic): Readonly<Record<string, unknown>> {
  const { name } = catalogue[code];
  return { code, name, severity, message, place: placeRecord(span), notes: notes.map(toNote), hint };
}

function toNote(note: Diagnostic['notes'][number]): unknown {
  return { message: note.message, place: placeRecord(note.span) };
}

/** A place as plain data; null when it is not known. */
export function placeRecord(span: Span | null): unknown {
  if (span === null) return null;
  const start = positionOf(span);
  const end = positionOf({ ...span, start: span.end });
  return { file: span.source.name, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
