// Keeps the elements of the rows and columns that are seen, and no others. Nothing that stays seen is made twice.
import { cellElement, columnHeader, rowElement } from './grid-elements.ts';
import { isWithin, rangeWithin, type Range } from './geometry.ts';
import type { GridFrame } from './grid-frame.ts';
import { showPlace } from './guides.ts';
import type { View } from '../model/view.ts';
import type { Position, Scene } from './scene.ts';

/** What there is. */
export interface Drawn {
  /** What it was made from; nothing of another view can stay. */
  view: View | null;
  readonly header: Map<number, HTMLElement>;
  readonly rows: Map<number, DrawnRow>;
}

interface DrawnRow {
  readonly element: HTMLElement;
  readonly cells: Map<number, HTMLElement>;
  /** Which columns it was filled for. */
  filled: string;
}

/** The element at `active` is there whatever is seen: the focus must not be lost. O(what comes into sight + rows seen). */
export function drawGrid(frame: GridFrame, drawn: Drawn, scene: Scene, active: Position): void {
  const { scroller, grid, header } = frame;
  const { side, left, top } = scene.geometry;
  const { rows, columns } = scene.view;
  if (drawn.view !== scene.view) clear(drawn);
  drawn.view = scene.view;
  const seenRows = rangeWithin(scroller.scrollTop, scroller.clientHeight - top, side, rows.lines.length);
  const seen = rangeWithin(scroller.scrollLeft, scroller.clientWidth - left, side, columns.lines.length);
  showPlace(frame, scene);
  keep(header, drawn.header, withExtra(numbersOf(seen), active.row < 0 ? active.column : -1), (column) =>
    columnHeader(scene, column),
  );
  const elements = new Map([...drawn.rows].map(([row, { element }]) => [row, element]));
  keep(grid, elements, withExtra(numbersOf(seenRows), Math.min(active.row, rows.lines.length - 1)), (row) => {
    const element = rowElement(scene, row);
    drawn.rows.set(row, { element, cells: new Map(), filled: '' });
    return element;
  });
  for (const [row, each] of drawn.rows) {
    if (elements.has(row)) fillRow(scene, row, each, seen, active);
    else drawn.rows.delete(row);
  }
}

function clear({ header, rows }: Drawn): void {
  for (const element of header.values()) element.remove();
  for (const { element } of rows.values()) element.remove();
  header.clear();
  rows.clear();
}

function fillRow(scene: Scene, row: number, drawn: DrawnRow, seen: Range, active: Position): void {
  const extra = active.row === row ? active.column : -1;
  const filled = [seen.first, seen.end, extra].join(' ');
  if (drawn.filled === filled) return;
  drawn.filled = filled;
  const columns = [...(scene.view.cells[row]?.keys() ?? [])].filter((column) => isWithin(column, seen));
  keep(drawn.element, drawn.cells, withExtra(columns, extra), (column) => cellElement(scene, { row, column }));
}

function numbersOf({ first, end }: Range): readonly number[] {
  return Array.from({ length: end - first }, (_, index) => first + index);
}

/** Sorted; -1 is none. */
function withExtra(numbers: readonly number[], extra: number): readonly number[] {
  const all = extra < 0 || numbers.includes(extra) ? numbers : [...numbers, extra];
  return all.toSorted((a, b) => a - b);
}

/** Makes the numbered children of an element those that are wanted, in order. What stands before them stays. */
function keep(
  parent: HTMLElement,
  children: Map<number, HTMLElement>,
  wanted: readonly number[],
  make: (number: number) => HTMLElement,
): void {
  const isWanted = new Set(wanted);
  for (const [number, child] of children) {
    if (isWanted.has(number)) continue;
    child.remove();
    children.delete(number);
  }
  let next: Element | null = null;
  for (const number of wanted.toReversed()) {
    const known = children.get(number);
    const child = known ?? make(number);
    if (known === undefined) parent.insertBefore(child, next);
    children.set(number, child);
    next = child;
  }
}
