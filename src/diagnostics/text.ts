// Diagnostics for people: place, message, source excerpt, notes, hint.
import { positionOf, type Span } from '../source/source.ts';
import type { Diagnostic, Note, Severity } from './diagnostic.ts';
import { excerpt } from './excerpt.ts';
import { inReadingOrder } from './reading-order.ts';
import { cutText, escapeText } from './safe-text.ts';

export interface TextOptions {
  /** ANSI colours. */
  readonly color: boolean;
  /** Stands behind the code, such as the id of a lint; null for nothing. */
  readonly labelOf?: (diagnostic: Diagnostic) => string | null;
  /** How many are shown; the others are counted. Default 100. */
  readonly most?: number;
}

/** More than this many are counted and not shown, unless somebody asks for more; errors are shown before warnings then. */
const cap = 100;

/** A message longer than this quotes something huge. */
const longestMessage = 600;

/**
 * Prints diagnostics one below the other, each line ended; empty when there are none. Those of one file stand together
 * and in the order of its lines, whichever phase found them.
 *
 * Text from the input is escaped: nothing printed can steer a terminal, apart from the colours asked for.
 */
export function printText(diagnostics: readonly Diagnostic[], options: TextOptions): string {
  const { labelOf = () => null, most = cap } = options;
  const paint = options.color ? inColor : plainly;
  const shown = diagnostics.length > most ? errorsFirst(diagnostics).slice(0, most) : diagnostics;
  const lines = inReadingOrder(shown).flatMap((diagnostic) => printOne(diagnostic, labelOf(diagnostic), paint));
  if (shown.length < diagnostics.length)
    lines.push(`… and ${countBySeverity(errorsFirst(diagnostics).slice(most))} more`);
  return lines.map((line) => `${line}\n`).join('');
}

type Style = Severity | 'place' | 'caret' | 'label';
type Paint = (style: Style, text: string) => string;

function printOne(diagnostic: Diagnostic, label: string | null, paint: Paint): readonly string[] {
  const { code, severity, span, notes, hint } = diagnostic;
  const advice = hint === null ? `netpolc explain ${code}` : `${safe(hint)} (netpolc explain ${code})`;
  const lines = span === null ? [] : excerpt(span);
  return [
    `${placeOf(span, paint)}${paint(severity, `${severity} ${code}${label === null ? '' : ` ${label}`}`)}: ${safe(diagnostic.message)}`,
    ...lines.map((line, index) => (index === lines.length - 1 ? paint('caret', line) : line)),
    ...notes.map((note) => printNote(note, paint)),
    `  ${paint('label', 'hint')}: ${advice}`,
  ];
}

function printNote(note: Note, paint: Paint): string {
  return `  ${paint('label', 'note')}: ${placeOf(note.span, plainly)}${safe(note.message)}`;
}

function placeOf(span: Span | null, paint: Paint): string {
  if (span === null) return '';
  const { line, column } = positionOf(span);
  return `${paint('place', `${safe(span.source.name)}:${line}:${column}`)}: `;
}

function safe(text: string): string {
  return cutText(escapeText(cutText(text, longestMessage)), 2 * longestMessage);
}

function errorsFirst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const isError = (diagnostic: Diagnostic): boolean => diagnostic.severity === 'error';
  return [...diagnostics.filter(isError), ...diagnostics.filter((diagnostic) => !isError(diagnostic))];
}

/** `3 errors, 1 warning`. */
export function countBySeverity(rest: readonly Diagnostic[]): string {
  const severities = ['error', 'warning', 'info'] as const;
  const counts = severities.map(
    (severity) => [severity, rest.filter((each) => each.severity === severity).length] as const,
  );
  return counts
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`)
    .join(', ');
}

function plainly(_: Style, text: string): string {
  return text;
}

/** Escape sequences by style: bold, red, yellow, blue, cyan. */
const sequences: Readonly<Record<Style, string>> = {
  error: '1;31',
  warning: '1;33',
  info: '1;34',
  place: '1',
  caret: '31',
  label: '36',
};

function inColor(style: Style, text: string): string {
  return `\u001b[${sequences[style]}m${text}\u001b[0m`;
}
