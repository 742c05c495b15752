// Fixes → the repaired text of a file.
import { getOrMake } from '../../collections/get-or-make.ts';
import type { Fix } from '../../diagnostics/fix.ts';
import { lineStarts, wholeSource, type Source } from '../../source/source.ts';

export interface Repaired {
  readonly text: string;
  /** Those that were made, by place. Others touch one of them, or are about another text. */
  readonly made: readonly Fix[];
}

/** A fix in the text of the file: its edits, sorted, and the stretch from the first to the last. */
interface PlacedFix {
  readonly fix: Fix;
  readonly start: number;
  readonly end: number;
  readonly edits: readonly PlacedEdit[];
}

interface PlacedEdit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/**
 * Makes the fixes from top to bottom; one that reaches into the stretch of an earlier one waits for another time: two
 * insertions at one place would stand in an order that nobody chose. `text` is the whole file, without a byte-order mark.
 * O(text + fixes log fixes).
 */
export function applyFixes(text: string, fixes: readonly Fix[]): Repaired {
  const whole = wholeSource('', text);
  const bases = new Map<Source, { readonly offset: number | null }>();
  const baseOf = (source: Source): number | null =>
    getOrMake(bases, source, () => ({ offset: offsetIn(text, whole, source) })).offset;
  const placed = fixes.flatMap((fix) => placeFix(fix, baseOf) ?? []).sort((a, b) => a.start - b.start);
  const made: PlacedFix[] = [];
  for (const each of placed) if (each.start > (made.at(-1)?.end ?? -1)) made.push(each);
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, replacement } of made.flatMap(({ edits }) => edits)) {
    pieces.push(text.slice(at, start), replacement);
    at = end;
  }
  return { text: [...pieces, text.slice(at)].join(''), made: made.map(({ fix }) => fix) };
}

/** Null when the text is not the one that was read. */
function placeFix(fix: Fix, baseOf: (source: Source) => number | null): PlacedFix | null {
  const edits: PlacedEdit[] = [];
  for (const { span, replacement } of fix.edits) {
    const base = baseOf(span.source);
    if (base === null) return null;
    edits.push({ start: base + span.start, end: base + span.end, replacement });
  }
  edits.sort((a, b) => a.start - b.start);
  const [first, last] = [edits[0], edits.at(-1)];
  return first === undefined || last === undefined ? null : { fix, start: first.start, end: last.end, edits };
}

/** Where a source begins in the text of its file: objects of JSON files have sources of their own. */
function offsetIn(text: string, whole: Source, source: Source): number | null {
  if (source.text === null) return null;
  const start = lineStarts(whole, text)[source.line - 1];
  const offset = (start ?? 0) + source.column - 1;
  return start !== undefined && text.startsWith(source.text, offset) ? offset : null;
}
