// A piece of input text and places in it. Offsets first; line and column are worked out when somebody asks.

/**
 * One piece of input text: a whole file, or one object cut out of a large snapshot.
 *
 * `line` and `column` (1-based) say where `text` begins in the file called `name`.
 * `text` is null where the text was not kept: objects of a streamed snapshot know their place only.
 */
export interface Source {
  readonly name: string;
  readonly text: string | null;
  readonly line: number;
  readonly column: number;
}

/** A half-open range of UTF-16 offsets in `source.text`; 0…0 when the text was not kept. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** A place for people: 1-based line, and 1-based column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Makes the source for a whole file's text. */
export function wholeSource(name: string, text: string): Source {
  return { name, text, line: 1, column: 1 };
}

/** Where a span starts. O(log n) in the lines of its source; the first call on a source scans it once. */
export function positionOf(span: Span): Position {
  const { source } = span;
  if (source.text === null) return { line: source.line, column: source.column };
  const starts = lineStarts(source, source.text);
  const index = lineIndex(starts, span.start);
  const column = span.start - (starts[index] ?? 0) + 1;
  return { line: source.line + index, column: index === 0 ? column + source.column - 1 : column };
}

/** `file:line`, the short form that comments and explanations use. */
export function shortPlace(span: Span): string {
  return `${span.source.name}:${positionOf(span).line}`;
}

const startsBySource = new WeakMap<Source, readonly number[]>();

/** Offsets at which the lines of a source begin; always starts with 0. Memoised per source. */
export function lineStarts(source: Source, text: string): readonly number[] {
  const known = startsBySource.get(source);
  if (known !== undefined) return known;
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  startsBySource.set(source, starts);
  return starts;
}

/** Index of the line that holds `offset`. */
export function lineIndex(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
