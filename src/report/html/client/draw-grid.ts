// Keeps the elements of the rows and columns that are seen, and no others.
import { columnHeaders, rowElement } from './grid-elements.ts';
import { rangeWithin, type Range } from './geometry.ts';
import type { GridFrame } from './grid-frame.ts';
import { showPlace } from './guides.ts';
import type { Position, Scene } from './scene.ts';

export interface Drawn {
  /** Row → its element, and what it was made from. */
  readonly rows: Map<number, { readonly element: HTMLElement; readonly made: string }>;
  header: string;
}

export interface Drawing {
  readonly scene: Scene;
  readonly active: Position;
  /** Which scene it is: what was made for another one is made anew. */
  readonly version: number;
}

/** O(cells seen). */
export function drawGrid(frame: GridFrame, drawn: Drawn, { scene, active, version }: Drawing): void {
  const { scroller, grid } = frame;
  const { side, left, top } = scene.geometry;
  const { rows, columns } = scene.view;
  const seenRows = rangeWithin(scroller.scrollTop, scroller.clientHeight - top, side, rows.lines.length);
  const seen = rangeWithin(scroller.scrollLeft, scroller.clientWidth - left, side, columns.lines.length);
  drawHeader(frame, drawn, { scene, active, version }, seen);
  dropRows(drawn, seenRows, active);
  for (const row of wantedRows(seenRows, active, rows.lines.length)) {
    const extra = active.row === row && !isDrawn(scene, active, seen) ? active.column : null;
    const made = madeFrom(version, seen, extra);
    const known = drawn.rows.get(row);
    if (known?.made === made) continue;
    const element = rowElement(scene, row, seen, extra);
    if (known === undefined) grid.insertBefore(element, nextRow(drawn, row));
    else known.element.replaceWith(element);
    drawn.rows.set(row, { element, made });
  }
}

function drawHeader(frame: GridFrame, drawn: Drawn, { scene, active, version }: Drawing, seen: Range): void {
  showPlace(frame, scene);
  const extra = active.row < 0 && !isWithin(active.column, seen) ? active.column : null;
  const made = madeFrom(version, seen, extra);
  if (drawn.header !== made) frame.header.replaceChildren(frame.corner, ...columnHeaders(scene, seen, extra));
  drawn.header = made;
}

/** Whether the cell with the focus is among those of its row anyway. */
function isDrawn({ view }: Scene, { row, column }: Position, seen: Range): boolean {
  return column < 0 || (isWithin(column, seen) && view.cells[row]?.has(column) === true);
}

function isWithin(line: number, { first, end }: Range): boolean {
  return line >= first && line < end;
}

function madeFrom(version: number, { first, end }: Range, extra: number | null): string {
  return [version, first, end, extra ?? ''].join(' ');
}

function dropRows(drawn: Drawn, seen: Range, active: Position): void {
  for (const [row, { element }] of drawn.rows) {
    if (isWithin(row, seen) || row === active.row) continue;
    element.remove();
    drawn.rows.delete(row);
  }
}

/** Those that are seen, and the one with the focus, which must not be lost. */
function wantedRows({ first, end }: Range, { row }: Position, count: number): readonly number[] {
  const seen = Array.from({ length: end - first }, (_, index) => first + index);
  return row >= 0 && row < count && (row < first || row >= end) ? [...seen, row] : seen;
}

/** The order of elements is the order of rows: readers follow it. */
function nextRow(drawn: Drawn, row: number): HTMLElement | null {
  const later = [...drawn.rows.keys()].filter((other) => other > row);
  return later.length === 0 ? null : (drawn.rows.get(Math.min(...later))?.element ?? null);
}
