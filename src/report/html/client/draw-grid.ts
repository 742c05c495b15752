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
    const made = madeFrom(version, seen, active.row === row ? active.column : null);
    const known = drawn.rows.get(row);
    if (known?.made === made) continue;
    const element = rowElement(scene, row, seen, active);
    if (known === undefined) grid.insertBefore(element, nextRow(drawn, row));
    else known.element.replaceWith(element);
    drawn.rows.set(row, { element, made });
  }
}

function drawHeader(frame: GridFrame, drawn: Drawn, { scene, active, version }: Drawing, seen: Range): void {
  showPlace(frame, scene);
  const made = madeFrom(version, seen, active.row < 0 ? active.column : null);
  if (drawn.header !== made) frame.header.replaceChildren(frame.corner, ...columnHeaders(scene, seen, active));
  drawn.header = made;
}

function madeFrom(version: number, { first, end }: Range, active: number | null): string {
  return [version, first, end, active ?? ''].join(' ');
}

function dropRows(drawn: Drawn, { first, end }: Range, active: Position): void {
  for (const [row, { element }] of drawn.rows) {
    if ((row >= first && row < end) || row === active.row) continue;
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
