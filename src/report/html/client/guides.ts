// The cross of light over the row and the column of the cell under the pointer or with the focus.
import type { GridFrame } from './grid-frame.ts';
import type { Position, Scene } from './scene.ts';

/** Null takes it away. */
export function showGuides({ rowGuide, columnGuide }: GridFrame, { geometry }: Scene, at: Position | null): void {
  rowGuide.hidden = at === null || at.row < 0;
  columnGuide.hidden = at === null || at.column < 0;
  if (at === null) return;
  rowGuide.style.top = `${geometry.top + at.row * geometry.side}px`;
  columnGuide.style.left = `${geometry.left + at.column * geometry.side}px`;
}
