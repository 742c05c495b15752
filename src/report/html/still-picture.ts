// The matrix as a picture inside the page: what is seen without scripts, and on paper.
import { markup, type Content, type Markup } from './markup.ts';
import { drawPicture } from './svg-picture.ts';
import type { PageData } from './model/page-data.ts';
import { viewOf, type View } from './model/view.ts';
import { defaultState } from './model/view-state.ts';

/** More lines than this cannot be read on a sheet; the namespaces are folded then. */
const mostLines = 90;

export function stillPicture(data: PageData): Content {
  const state = { ...defaultState(data), onlyUsed: true };
  const open = viewOf(data, state);
  if (isReadable(open)) return figure(data, open);
  const all = new Set(data.workloads.map(({ namespace }) => namespace));
  const folded = viewOf(data, { ...state, folded: { rows: all, columns: all } });
  if (isReadable(folded)) return figure(data, folded);
  return markup`<p class="note">The matrix is too large for a picture; the list below has everything.</p>`;
}

function isReadable({ rows, columns }: View): boolean {
  return rows.lines.length <= mostLines && columns.lines.length <= mostLines;
}

function figure(data: PageData, view: View): Markup {
  if (view.rows.lines.length === 0) return markup`<p class="note">There is nothing to show.</p>`;
  const { content, width, height } = drawPicture(data, view);
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Picture of the matrix"><svg class="picture" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Matrix of ${view.rows.lines.length} rows and ${view.columns.lines.length} columns; the list below tells the same">${content}</svg></div>`;
}
