// The source lines under a diagnostic: the line before, the line itself, and carets.
import { lineIndex, lineStarts, type Span } from '../source/source.ts';
import { columnsOf, cutText, escapeText } from './safe-text.ts';

/** How many columns of source are shown at most; longer lines are cut around the carets. */
const width = 100;

/** The lines to print, without colour, carets last; none when the text was not kept. Cost depends on `width`, not on the line. */
export function excerpt(span: Span): readonly string[] {
  const { text } = span.source;
  if (text === null) return [];
  const starts = lineStarts(span.source, text);
  const index = lineIndex(starts, span.start);
  const start = starts[index] ?? 0;
  const end = lineEnd(starts, index, text);
  // What is marked begins at half of the width when the line before it is long.
  const from = span.start - start > width - 20 ? span.start - width / 2 : start;
  const until = Math.min(Math.max(span.end, span.start), Math.max(end, span.start), from + width);
  const head = (from > start ? '…' : '') + show(text.slice(from, span.start));
  const marked = cutText(show(text.slice(span.start, until)), width);
  const tail = show(text.slice(until, Math.min(end, from + width)));
  const carets = ' '.repeat(columnsOf(head)) + '^'.repeat(Math.max(1, columnsOf(marked)));
  const line = head + marked + tail + (from + width < end ? '…' : '');
  const number = gutter(span.source.line + index);
  return [
    ...before(span, starts, index, from > start, text),
    `>${number} | ${line}`,
    ` ${' '.repeat(number.length)} | ${carets}`,
  ];
}

/** The line before, when it says something and stands above what is shown of the line. */
function before(span: Span, starts: readonly number[], index: number, isCut: boolean, text: string): readonly string[] {
  if (index === 0 || isCut) return [];
  const start = starts[index - 1] ?? 0;
  const end = lineEnd(starts, index - 1, text);
  const line = show(text.slice(start, Math.min(end, start + width))) + (start + width < end ? '…' : '');
  return line.trim() === '' ? [] : [` ${gutter(span.source.line + index - 1)} | ${line}`];
}

function gutter(line: number): string {
  return String(line).padStart(4);
}

/** Offset behind the last character of a line, its line end left out. */
function lineEnd(starts: readonly number[], index: number, text: string): number {
  const next = starts[index + 1];
  const end = next === undefined ? text.length : next - 1;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** Tabs are shown as one space so that carets stand where they should; halves of a pair that was cut are left out. */
function show(text: string): string {
  return escapeText(text.replaceAll('\t', ' ').replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, ''));
}
