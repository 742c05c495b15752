// What helps the eyes: light over the row and the column of a cell, what it means, and where the sheet stands.
import { outsideName, type Line } from '../model/axis.ts';
import { cellLabel } from '../model/labels.ts';
import { element } from './element.ts';
import { headerLabel } from './grid-elements.ts';
import type { GridFrame } from './grid-frame.ts';
import { hasCells, type Position, type Scene } from './scene.ts';

/** For the cell under the pointer or with the focus; null takes it away. */
export function showGuides(frame: GridFrame, scene: Scene, at: Position | null): void {
  const { rowGuide, columnGuide } = frame;
  const { side, left, top } = scene.geometry;
  rowGuide.hidden = at === null || at.row < 0;
  columnGuide.hidden = at === null || at.column < 0;
  showTip(frame, scene, at);
  if (at === null) return;
  rowGuide.style.top = `${top + at.row * side}px`;
  columnGuide.style.left = `${left + at.column * side}px`;
}

/** Stripes for the namespaces among the columns, as their rows have them. */
export function drawBands({ bands }: GridFrame, { view, geometry }: Scene): void {
  const headings = view.columns.lines.flatMap((line, column) => (hasCells(line) ? [] : [column]));
  bands.replaceChildren(
    ...headings.map((column) => {
      const band = element('div', { class: 'band' });
      band.style.left = `${geometry.left + column * geometry.side}px`;
      return band;
    }),
  );
}

/** In the corner: the namespaces of the first row and column that are seen. */
export function showPlace({ corner, scroller }: GridFrame, scene: Scene): void {
  const { rows, columns } = scene.view;
  const lineAt = (lines: readonly Line[], scrolled: number): Line | undefined =>
    scrolled < scene.geometry.side ? undefined : lines[Math.floor(scrolled / scene.geometry.side)];
  const from = namespaceOf(scene, lineAt(rows.lines, scroller.scrollTop));
  const to = namespaceOf(scene, lineAt(columns.lines, scroller.scrollLeft));
  const texts = [`to ${to} →`, `from ${from} ↓`].map((text) => text.replace('  ', ' '));
  if (corner.textContent !== texts.join('')) corner.replaceChildren(...texts.map((text) => element('span', {}, text)));
}

function namespaceOf({ data }: Scene, line: Line | undefined): string {
  if (line === undefined) return '';
  return data.workloads[line.entities[0] ?? -1]?.namespace ?? outsideName;
}

function showTip({ tip, scroller }: GridFrame, scene: Scene, at: Position | null): void {
  const text = at === null ? null : tipText(scene, at);
  tip.hidden = text === null;
  if (at === null || text === null) return;
  tip.textContent = text;
  const { side, left, top } = scene.geometry;
  const x = left + (at.column < 0 ? 4 : (at.column + 1) * side - scroller.scrollLeft);
  const y = top + (at.row < 0 ? 4 : (at.row + 1) * side - scroller.scrollTop + 4);
  const room = document.documentElement.clientWidth - tip.offsetWidth - 48;
  const isLow = y + tip.offsetHeight > scroller.clientHeight && at.row > 1;
  tip.style.left = `${Math.max(0, Math.min(x, room))}px`;
  tip.style.top = `${isLow ? y - side - tip.offsetHeight - 8 : y}px`;
}

/** Null where there is nothing to say. */
function tipText(scene: Scene, at: Position): string | null {
  const { data, view } = scene;
  const [row, column] = [view.rows.lines[at.row], view.columns.lines[at.column]];
  const cell = view.cells[at.row]?.get(at.column);
  if (row !== undefined && column !== undefined) return cell === undefined ? null : cellLabel(data, row, column, cell);
  const line = row ?? column;
  return line === undefined ? null : headerLabel(scene, line);
}
