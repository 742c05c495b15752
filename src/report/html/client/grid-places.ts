// Between elements of the grid and the cells that they stand for.
import type { GridFrame } from './grid-frame.ts';
import { exactPositionOf, hasCells, type Position, type Scene } from './scene.ts';

/** The one element of the grid that the Tab key stops at. */
export function markActive(frame: GridFrame, active: Position): void {
  for (const old of frame.grid.querySelectorAll('[tabindex="0"]')) old.setAttribute('tabindex', '-1');
  elementAt(frame, active)?.setAttribute('tabindex', '0');
}

/** The cell that is explained, if it is among the elements. */
export function markExplained(frame: GridFrame, scene: Scene): void {
  for (const old of frame.grid.querySelectorAll('[aria-selected]')) old.removeAttribute('aria-selected');
  if (scene.explained === null) return;
  const at = exactPositionOf(scene, scene.explained);
  if (at !== null) elementAt(frame, at)?.setAttribute('aria-selected', 'true');
}

export function elementAt({ grid }: GridFrame, { row, column }: Position): HTMLElement | null {
  return grid.querySelector(`[data-at="${row} ${column}"]`);
}

export function placeOf(target: EventTarget | null): Position | null {
  const at = target instanceof Element ? target.closest('[data-at]')?.getAttribute('data-at') : undefined;
  const [row, column] = at?.split(' ').map(Number) ?? [];
  return row === undefined || column === undefined ? null : { row, column };
}

/** Empty cells have no element; the pointer finds them by their place. Headings over workloads have no cells. */
export function placeUnder(
  { grid }: GridFrame,
  scene: Scene | null,
  { target, clientX, clientY }: MouseEvent,
): Position | null {
  const known = placeOf(target);
  if (known !== null || scene === null) return known;
  const { side, left, top } = scene.geometry;
  const box = grid.getBoundingClientRect();
  const row = Math.floor((clientY - box.top - top) / side);
  const column = Math.floor((clientX - box.left - left) / side);
  const hasBoth = hasCells(scene.view.rows.lines[row]) && hasCells(scene.view.columns.lines[column]);
  return hasBoth ? { row, column } : null;
}
