// The source lines under a diagnostic: the line before, the line itself, and carets.
import { lineIndex, lineStarts, type Span } from '../source/source.ts';
import { cutText, escapeText } from './safe-text.ts';

/** How many columns of source are shown at most; longer lines are cut around the carets. */
const width = 100;

/** The lines to print, without colour; none when the text was not kept. Cost depends on `width`, not on the line. */
export function excerpt(span: Span): readonly string[] {
  const { text } = span.source;
  if (text === null) return [];
  const starts = lineStarts(span.source, text);
  const index = lineIndex(starts, span.start);
  const start = starts[index] ?? 0;
  const end = lineEnd(starts, index, text);
  const from = Math.max(start, span.start - (span.start - start > width - 20 ? width / 2 : width));
  const until = Math.max(Math.min(span.end, end), span.start);
  const head = (from > start ? '…' : '') + show(text.slice(from, span.start));
  const marked = cutText(show(text.slice(span.start, Math.min(until, from + width))), width);
  const tail = show(text.slice(Math.min(until, from + width), Math.min(end, from + width)));
  const carets = ' '.repeat(head.length) + '^'.repeat(Math.max(1, marked.length));
  const line = head + marked + tail + (from + width < end ? '…' : '');
  const number = span.source.line + index;
  return [
    ...before(span, starts, index, from - start, text),
    `>${gutter(number)} | ${line}`,
    ` ${' '.repeat(gutter(number).length)} | ${carets}`,
  ];
}

/** The line before, when it says something. */
function before(
  span: Span,
  starts: readonly number[],
  index: number,
  skipped: number,
  text: string,
): readonly string[] {
  if (index === 0 || skipped > 0) return [];
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

/** Tabs are shown as one space so that carets stand where they should. */
function show(text: string): string {
  return escapeText(text.replaceAll('\t', ' '));
}
