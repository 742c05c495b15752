// The order in which people read diagnostics: file by file, each from top to bottom.
import { positionOf, type Position } from '../source/source.ts';
import type { Diagnostic } from './diagnostic.ts';

/** Sorted by file, in the order of their first diagnostics, then by place. What has no place keeps its turn. */
export function inReadingOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const rankByName = new Map<string, number>();
  const placed = diagnostics.map((diagnostic, index) => {
    const name = diagnostic.span?.source.name ?? `\0${index}`;
    if (!rankByName.has(name)) rankByName.set(name, index);
    return { diagnostic, rank: rankByName.get(name) ?? 0, position: placeOf(diagnostic) };
  });
  return placed
    .sort((a, b) => a.rank - b.rank || a.position.line - b.position.line || a.position.column - b.position.column)
    .map(({ diagnostic }) => diagnostic);
}

function placeOf({ span }: Diagnostic): Position {
  return span === null ? { line: 0, column: 0 } : positionOf(span);
}
