// The matrix as SVG elements, without the style: a view laid out on paper.
import { columnsOf, cutText } from '../../diagnostics/safe-text.ts';
import { glyphShapes } from './glyph.ts';
import { markup, type Content, type Markup } from './markup.ts';
import type { Line } from './model/axis.ts';
import { cellLabel, lineMarks, lineName } from './model/labels.ts';
import type { PageData } from './model/page-data.ts';
import type { View } from './model/view.ts';

export interface Picture {
  readonly content: Markup;
  /** In units of a pixel. */
  readonly width: number;
  readonly height: number;
}

/** Side of a cell. */
const side = 20;
const glyphSide = 12;
const characterWidth = 6.9;
const mostCharacters = 44;
const indent = 14;

interface Layout {
  /** Where the first cell begins. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** O(lines + cells). */
export function drawPicture(data: PageData, view: View): Picture {
  const layout = layOut(data, view);
  const { left, top, right, bottom } = layout;
  const content = markup`${view.rows.lines.map((line, row) => rowBand(line, row, layout))}
${view.columns.lines.map((line, column) => columnBand(line, column, layout))}
<path class="grid" d="${gridPath(view, layout)}"/>
<text class="axis" x="${left - 8}" y="${top - 8}" text-anchor="end">from ↓ to →</text>
${view.rows.lines.map((line, row) => rowLabel(data, line, row, layout))}
${view.columns.lines.map((line, column) => columnLabel(data, line, column, layout))}
${drawCells(data, view, layout)}`;
  return { content, width: right + 1, height: bottom + 1 };
}

function layOut(data: PageData, { rows, columns }: View): Layout {
  const left = Math.max(110, labelWidth(data, rows.lines));
  const top = Math.max(60, labelWidth(data, columns.lines));
  return { left, top, right: left + columns.lines.length * side, bottom: top + rows.lines.length * side };
}

function labelWidth(data: PageData, lines: readonly Line[]): number {
  const widths = lines.map((line) => columnsOf(textOf(data, line)) + (line.kind === 'workload' ? 2 : 0));
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  return Math.ceil(widest * characterWidth) + 16;
}

function textOf(data: PageData, line: Line): string {
  const marks = lineMarks(data, line);
  return `${cutText(line.name, mostCharacters)}${marks === '' ? '' : ` (${marks})`}`;
}

function rowBand(line: Line, row: number, { top, right }: Layout): Content {
  if (line.kind !== 'namespace') return '';
  return markup`<rect class="band" x="0" y="${top + row * side}" width="${right}" height="${side}"/>`;
}

function columnBand(line: Line, column: number, { left, bottom }: Layout): Content {
  if (line.kind !== 'namespace') return '';
  return markup`<rect class="band" x="${left + column * side}" y="0" width="${side}" height="${bottom}"/>`;
}

function gridPath({ rows, columns }: View, { left, top, right, bottom }: Layout): string {
  const across = Array.from(
    { length: rows.lines.length + 1 },
    (_, row) => `M${left} ${top + row * side + 0.5}H${right}`,
  );
  const down = Array.from(
    { length: columns.lines.length + 1 },
    (_, column) => `M${left + column * side + 0.5} ${top}V${bottom}`,
  );
  return [...across, ...down].join('');
}

function rowLabel(data: PageData, line: Line, row: number, { top }: Layout): Markup {
  const x = line.kind === 'workload' ? 6 + indent : 6;
  const y = top + row * side + side / 2 + 4;
  return markup`<text class="${line.kind}" x="${x}" y="${y}">${textOf(data, line)}${fullName(line)}</text>`;
}

function columnLabel(data: PageData, line: Line, column: number, { left, top }: Layout): Markup {
  const x = left + column * side + side / 2 + 4;
  return markup`<text class="${line.kind}" transform="translate(${x} ${top - 6}) rotate(-90)">${textOf(data, line)}${fullName(line)}</text>`;
}

function fullName(line: Line): Markup {
  return markup`<title>${lineName(line)}</title>`;
}

function drawCells(data: PageData, { rows, columns, cells }: View, { left, top }: Layout): Content {
  const inset = (side - glyphSide) / 2;
  return cells.flatMap((some, row) =>
    [...some]
      .sort(([a], [b]) => a - b)
      .map(([column, cell]) => {
        const [from, to] = [rows.lines[row], columns.lines[column]];
        if (from === undefined || to === undefined) return '';
        const [x, y] = [left + column * side + inset, top + row * side + inset];
        const title = markup`<title>${cellLabel(data, from, to, cell)}</title>`;
        return markup`<g transform="translate(${x} ${y})">${title}${glyphShapes[cell.state]}</g>
`;
      }),
  );
}
