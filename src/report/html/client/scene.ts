// All that the grid needs to draw itself.
import type { Axis, Line } from '../model/axis.ts';
import type { PageData } from '../model/page-data.ts';
import type { View } from '../model/view.ts';
import type { Geometry } from './geometry.ts';

export interface Scene {
  readonly data: PageData;
  readonly view: View;
  readonly geometry: Geometry;
  /** Keys of the cell that is explained. */
  readonly explained: readonly [row: string, column: string] | null;
}

/** A cell, or with -1 in one of them a header. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

/** The keys of a cell's lines; empty for the header's side. */
export function keysAt({ view }: Pick<Scene, 'view'>, { row, column }: Position): readonly [string, string] {
  return [view.rows.lines[row]?.key ?? '', view.columns.lines[column]?.key ?? ''];
}

/** The cell with these keys; null when one of its lines is not shown. */
export function exactPositionOf(
  { view }: Pick<Scene, 'view'>,
  [row, column]: readonly [row: string, column: string],
): Position | null {
  const at = { row: indexOf(view.rows, row), column: indexOf(view.columns, column) };
  return at.row === null || at.column === null ? null : { row: at.row, column: at.column };
}

/** The cell with these keys, or what is nearest to it in place of a line that is gone. */
export function positionOf(
  { view }: Pick<Scene, 'view'>,
  [row, column]: readonly [row: string, column: string],
  old: Position,
): Position {
  const at = {
    row: indexOf(view.rows, row) ?? Math.min(old.row, view.rows.lines.length - 1),
    column: indexOf(view.columns, column) ?? Math.min(old.column, view.columns.lines.length - 1),
  };
  return at.row < 0 && at.column < 0 ? { row: 0, column: -1 } : at;
}

function indexOf({ lines }: Axis, key: string): number | null {
  if (key === '') return -1;
  const found = lines.findIndex((line) => line.key === key);
  return found < 0 ? null : found;
}

/** Whether anything can be in a line's cells: a heading over its workloads has none. */
export function hasCells(line: Line | undefined): boolean {
  return line !== undefined && !(line.kind === 'namespace' && !line.folded);
}
