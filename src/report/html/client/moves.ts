// Keys → the cell to go to.
import { hasCells, type Position, type Scene } from './scene.ts';

/** How many rows a page is. */
const page = 10;

/** Null when the key moves nowhere. `far` is with Ctrl or Command. */
export function moveFor(key: string, far: boolean, at: Position, scene: Scene): Position | null {
  const lastRow = scene.view.rows.lines.length - 1;
  const lastColumn = scene.view.columns.lines.length - 1;
  switch (key) {
    case 'ArrowUp':
      return step(at, -1, 0, scene);
    case 'ArrowDown':
      return step(at, 1, 0, scene);
    case 'ArrowLeft':
      return step(at, 0, -1, scene);
    case 'ArrowRight':
      return step(at, 0, 1, scene);
    case 'Home':
      return { row: far ? 0 : at.row, column: at.row < 0 && !far ? 0 : -1 };
    case 'End':
      return landing({ row: far ? lastRow : at.row, column: lastColumn }, 0, -1, scene);
    case 'PageUp':
      return landing({ row: Math.max(at.column < 0 ? 0 : -1, at.row - page), column: at.column }, -1, 0, scene);
    case 'PageDown':
      return landing({ row: Math.min(lastRow, at.row + page), column: at.column }, 1, 0, scene);
    default:
      return null;
  }
}

function step({ row, column }: Position, down: number, right: number, scene: Scene): Position | null {
  return landing({ row: row + down, column: column + right }, down, right, scene);
}

/** Goes on over headings, which have no cells; null at the edge. */
function landing(at: Position, down: number, right: number, scene: Scene): Position | null {
  const { rows, columns } = scene.view;
  if (at.row < -1 || at.column < -1 || (at.row < 0 && at.column < 0)) return null;
  if (at.row >= rows.lines.length || at.column >= columns.lines.length) return null;
  const isHeader = at.row < 0 || at.column < 0;
  if (isHeader || (hasCells(rows.lines[at.row]) && hasCells(columns.lines[at.column]))) return at;
  const next = hasCells(rows.lines[at.row]) ? { down: 0, right: right || 1 } : { down: down || 1, right: 0 };
  return landing({ row: at.row + next.down, column: at.column + next.right }, next.down, next.right, scene);
}
