// Diagnostics as workflow commands, which GitHub shows beside the changed lines.
import { positionOf } from '../source/source.ts';
import type { Diagnostic, Severity } from './diagnostic.ts';
import { escapeText } from './safe-text.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** One line a diagnostic: `::warning file=a.yaml,line=3,endLine=3,col=5,endColumn=9,title=NP6001::…`. */
export function printGithub(diagnostics: readonly Diagnostic[], titleOf: (diagnostic: Diagnostic) => string): string {
  return diagnostics.map((each) => `${printOne(each, titleOf(each))}\n`).join('');
}

function printOne(diagnostic: Diagnostic, title: string): string {
  const { severity, message, notes, hint } = diagnostic;
  const properties = [...placeOf(diagnostic), ['title', title] as const];
  const printed = properties.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',');
  const lines = [message, ...notes.map((note) => `note: ${note.message}`), ...(hint === null ? [] : [`hint: ${hint}`])];
  return `::${commands[severity]} ${printed}::${lines.map(escapeData).join('%0A')}`;
}

/** Columns count only where one line is meant. */
function placeOf({ span }: Diagnostic): readonly (readonly [string, string | number])[] {
  if (span === null) return [];
  const start = positionOf(span);
  const end = positionOf({ ...span, start: span.end });
  const lines = [
    ['file', span.source.name],
    ['line', start.line],
    ['endLine', end.line],
  ] as const;
  const columns = [
    ['col', start.column],
    ['endColumn', end.column],
  ] as const;
  return start.line === end.line ? [...lines, ...columns] : lines;
}

function escapeData(text: string): string {
  return escapeText(text).replaceAll('%', '%25');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
