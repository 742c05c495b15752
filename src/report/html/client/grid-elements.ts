// The elements of the grid: rows, headers and cells. Their places are multiples of the size, which is the style's.
import type { Line } from '../model/axis.ts';
import { cellLabel, lineMarks, lineName } from '../model/labels.ts';
import { element } from './element.ts';
import { hasCells, type Position, type Scene } from './scene.ts';

/** A row with nothing but its header. */
export function rowElement(scene: Scene, row: number): HTMLElement {
  const made = element('div', { role: 'row', 'aria-rowindex': row + 2, class: 'row' });
  made.style.top = `calc(var(--top) + var(--side) * ${row})`;
  const line = scene.view.rows.lines[row];
  if (line === undefined) return made;
  made.classList.toggle('heading', !hasCells(line));
  made.append(headerElement(scene, line, { row, column: -1 }));
  return made;
}

export function columnHeader(scene: Scene, column: number): HTMLElement {
  const line = scene.view.columns.lines[column];
  if (line === undefined) throw new Error(`there is no column ${column}`);
  const made = headerElement(scene, line, { row: -1, column });
  made.style.left = leftOf(column);
  return made;
}

export function cellElement({ data, view }: Scene, at: Position): HTMLElement {
  const cell = view.cells[at.row]?.get(at.column) ?? null;
  const [row, column] = [view.rows.lines[at.row], view.columns.lines[at.column]];
  const made = element('div', {
    role: 'gridcell',
    class: `cell ${cell?.state ?? 'blank'}`,
    'aria-colindex': at.column + 2,
    'aria-label': row === undefined || column === undefined ? '' : cellLabel(data, row, column, cell),
    tabindex: -1,
    'data-at': `${at.row} ${at.column}`,
  });
  made.style.left = leftOf(at.column);
  return made;
}

/** `shop/web, planned`, `namespace shop, 3 workloads`. */
export function headerLabel({ data }: Pick<Scene, 'data'>, line: Line): string {
  const { length } = line.entities;
  if (line.kind === 'namespace') return `${lineName(line)}, ${length} ${length === 1 ? 'workload' : 'workloads'}`;
  const marks = lineMarks(data, line);
  return marks === '' ? lineName(line) : `${lineName(line)}, ${marks}`;
}

function headerElement(scene: Scene, line: Line, at: Position): HTMLElement {
  return element(
    'div',
    {
      role: at.column < 0 ? 'rowheader' : 'columnheader',
      class: `header ${line.kind}`,
      'aria-colindex': at.column + 2,
      'aria-label': headerLabel(scene, line),
      'aria-expanded': line.kind === 'namespace' && String(!line.folded),
      tabindex: -1,
      'data-at': `${at.row} ${at.column}`,
    },
    element('span', { class: 'label' }, ...headerText(scene, line)),
  );
}

function headerText(scene: Scene, line: Line): readonly (Node | string)[] {
  if (line.kind === 'namespace') {
    return [
      element('span', { class: `sign ${line.folded ? 'folded' : 'open'}` }),
      line.name,
      element('span', { class: 'count' }, ` ${line.entities.length}`),
    ];
  }
  const marks = lineMarks(scene.data, line);
  return marks === '' ? [line.name] : [line.name, element('span', { class: 'count' }, ` ${marks}`)];
}

function leftOf(column: number): string {
  return `calc(var(--left) + var(--side) * ${column})`;
}
