// How large the grid is, and which part of it is seen.
import { scrollTo } from './geometry.ts';
import type { GridFrame } from './grid-frame.ts';
import type { Position, Scene } from './scene.ts';

/** For the style, for scrolling, and for readers. */
export function setSizes({ grid }: GridFrame, { view, geometry }: Scene): void {
  const { side, left, top } = geometry;
  const [rows, columns] = [view.rows.lines.length, view.columns.lines.length];
  for (const [name, size] of Object.entries({ side, left, top }))
    grid.parentElement?.style.setProperty(`--${name}`, `${size}px`);
  grid.style.width = `${left + columns * side}px`;
  grid.style.height = `${top + rows * side}px`;
  grid.setAttribute('aria-rowcount', String(rows + 1));
  grid.setAttribute('aria-colcount', String(columns + 1));
}

/** Scrolls the grid as little as it takes. */
export function bringIntoSight({ scroller }: GridFrame, { geometry }: Scene, { row, column }: Position): void {
  const { side, left, top } = geometry;
  const [height, width] = [scroller.clientHeight - top, scroller.clientWidth - left];
  if (row >= 0) scroller.scrollTop = scrollTo(row, side, scroller.scrollTop, height);
  if (column >= 0) scroller.scrollLeft = scrollTo(column, side, scroller.scrollLeft, width);
}
