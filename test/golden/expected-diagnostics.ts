// The hand-written diagnostics.txt of a golden case: one expectation a line, `#` comments.
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { positionOf } from '../../src/source/source.ts';

export interface ExpectedDiagnostic {
  /** `policies.yaml:8`, or `-` for a diagnostic without a place. */
  readonly place: string;
  readonly code: string;
  /** Each must occur in the message, a note or the hint. Separated by ` … ` in the file. */
  readonly phrases: readonly string[];
  readonly text: string;
}

/** Reads `PLACE CODE PHRASE…` lines; throws on any other. */
export function parseExpectedDiagnostics(text: string): readonly ExpectedDiagnostic[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [, place, code, phrases] = /^(-|[^ :]+:[0-9]+) (NP[0-9]{4}) (\S.*)$/.exec(line) ?? [];
    if (place === undefined || code === undefined || phrases === undefined)
      throw new Error(`not an expectation: ${line}`);
    return { place, code, phrases: phrases.split(' … '), text: line };
  });
}

/** What was expected and is not there, and what is there and was not expected; each diagnostic answers one line. */
export function compareDiagnostics(
  expected: readonly ExpectedDiagnostic[],
  found: readonly Diagnostic[],
): readonly string[] {
  const rest = [...found];
  const missing = expected.filter((each) => {
    const at = rest.findIndex((diagnostic) => answers(diagnostic, each));
    if (at !== -1) rest.splice(at, 1);
    return at === -1;
  });
  return [
    ...missing.map(({ text }) => `missing: ${text}`),
    ...rest.map((diagnostic) => `not expected: ${placeOf(diagnostic)} ${diagnostic.code} ${diagnostic.message}`),
  ];
}

function answers(diagnostic: Diagnostic, { place, code, phrases }: ExpectedDiagnostic): boolean {
  const text = [diagnostic.message, ...diagnostic.notes.map((note) => note.message), diagnostic.hint ?? ''].join('\n');
  return diagnostic.code === code && placeOf(diagnostic) === place && phrases.every((phrase) => text.includes(phrase));
}

function placeOf({ span }: Diagnostic): string {
  return span === null ? '-' : `${span.source.name}:${positionOf(span).line}`;
}
