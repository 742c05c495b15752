// The elements of the grid: headers, rows and cells. Empty cells are not made, but for the one with the focus.
import { hasCells, keysAt, type Position, type Scene } from './scene.ts';
import type { Line } from '../model/axis.ts';
import { cellLabel, lineMarks, lineName } from '../model/labels.ts';
import { element } from './element.ts';
import type { Range } from './geometry.ts';

/** A row with its header and the cells in a range of columns; `extra` is one that is wanted whether it is empty or not. */
export function rowElement(scene: Scene, row: number, columns: Range, extra: number | null): HTMLElement {
  const { rows, columns: axis } = scene.view;
  const { side } = scene.geometry;
  const line = rows.lines[row];
  const made = element('div', { role: 'row', 'aria-rowindex': row + 2, class: 'row' });
  made.style.top = `${scene.geometry.top + row * side}px`;
  if (line === undefined) return made;
  made.classList.toggle('heading', !hasCells(line));
  made.append(headerElement(scene, line, { row, column: -1 }));
  const cells = scene.view.cells[row] ?? new Map<number, never>();
  const isDrawn = (column: number): boolean => column >= columns.first && column < columns.end;
  const drawn = [...cells.keys()].filter((column) => isDrawn(column) && hasCells(axis.lines[column]));
  for (const column of inOrder(drawn, extra)) made.append(cellElement(scene, { row, column }));
  return made;
}

/** The headers of the columns in a range. */
export function columnHeaders(scene: Scene, columns: Range, extra: number | null): readonly HTMLElement[] {
  const drawn = Array.from({ length: columns.end - columns.first }, (_, index) => columns.first + index);
  return inOrder(drawn, extra).flatMap((column) => {
    const line = scene.view.columns.lines[column];
    return line === undefined ? [] : [headerElement(scene, line, { row: -1, column })];
  });
}

function cellElement(scene: Scene, at: Position): HTMLElement {
  const { data, view, geometry } = scene;
  const cell = view.cells[at.row]?.get(at.column) ?? null;
  const [row, column] = [view.rows.lines[at.row], view.columns.lines[at.column]];
  const [rowKey, columnKey] = keysAt(scene, at);
  const isExplained = scene.explained?.[0] === rowKey && scene.explained[1] === columnKey;
  const label = row === undefined || column === undefined ? '' : cellLabel(data, row, column, cell);
  const made = element('div', {
    role: 'gridcell',
    class: `cell ${cell?.state ?? 'blank'}`,
    'aria-colindex': at.column + 2,
    'aria-label': label,
    'aria-selected': isExplained && 'true',
    tabindex: -1,
    'data-at': `${at.row} ${at.column}`,
  });
  made.style.left = `${geometry.left + at.column * geometry.side}px`;
  return made;
}

function headerElement(scene: Scene, line: Line, at: Position): HTMLElement {
  const isRow = at.column < 0;
  const folds = line.kind === 'namespace';
  const made = element(
    'div',
    {
      role: isRow ? 'rowheader' : 'columnheader',
      class: `header ${line.kind}`,
      'aria-colindex': at.column + 2,
      'aria-label': headerLabel(scene, line),
      'aria-expanded': folds && String(!line.folded),
      tabindex: -1,
      'data-at': `${at.row} ${at.column}`,
      title: lineName(line),
    },
    element('span', { class: 'label' }, ...headerText(scene, line)),
  );
  if (!isRow) made.style.left = `${scene.geometry.left + at.column * scene.geometry.side}px`;
  return made;
}

function headerText(scene: Scene, line: Line): readonly (Node | string)[] {
  if (line.kind === 'namespace') {
    const sign = element('span', { class: 'sign', 'aria-hidden': 'true' }, line.folded ? '▸' : '▾');
    return [sign, line.name, element('span', { class: 'count' }, ` ${line.entities.length}`)];
  }
  const marks = lineMarks(scene.data, line);
  return marks === '' ? [line.name] : [line.name, element('span', { class: 'count' }, ` ${marks}`)];
}

function headerLabel(scene: Scene, line: Line): string {
  const { length } = line.entities;
  if (line.kind === 'namespace') return `${lineName(line)}, ${length} ${length === 1 ? 'workload' : 'workloads'}`;
  const marks = lineMarks(scene.data, line);
  return marks === '' ? lineName(line) : `${lineName(line)}, ${marks}`;
}

function inOrder(columns: readonly number[], extra: number | null): readonly number[] {
  return [...new Set(extra === null ? columns : [...columns, extra])].sort((a, b) => a - b);
}
