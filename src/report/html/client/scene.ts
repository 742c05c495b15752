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

/** The cell with these keys, or what is nearest to it in place of a line that is gone. */
export function positionOf({ view }: Pick<Scene, 'view'>, keys: readonly [string, string], old: Position): Position {
  const find = (axis: Axis, key: string, index: number): number => {
    if (key === '') return -1;
    const found = axis.lines.findIndex((line) => line.key === key);
    return found < 0 ? Math.min(index, axis.lines.length - 1) : found;
  };
  const at = { row: find(view.rows, keys[0], old.row), column: find(view.columns, keys[1], old.column) };
  return at.row < 0 && at.column < 0 ? { row: 0, column: -1 } : at;
}

/** Whether anything can be in a line's cells: a heading over its workloads has none. */
export function hasCells(line: Line | undefined): boolean {
  return line !== undefined && !(line.kind === 'namespace' && !line.folded);
}
