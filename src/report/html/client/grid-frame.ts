// The parts of the grid that stay: what scrolls, the sheet in it, guides, tip.
import { element } from './element.ts';

export interface GridFrame {
  readonly scroller: HTMLElement;
  /** Behind the rows: the stripes of namespaces among the columns. */
  readonly bands: HTMLElement;
  /** As large as all rows and columns. */
  readonly grid: HTMLElement;
  readonly header: HTMLElement;
  readonly corner: HTMLElement;
  readonly rowGuide: HTMLElement;
  readonly columnGuide: HTMLElement;
  /** Stands for the grid when nothing is in it. */
  readonly empty: HTMLElement;
  /** What a cell means, for eyes; readers have its label. */
  readonly tip: HTMLElement;
}

export function createGridFrame(parent: HTMLElement): GridFrame {
  const corner = element('div', { role: 'columnheader', 'aria-colindex': 1, class: 'corner' });
  const header = element('div', { role: 'row', 'aria-rowindex': 1, class: 'columns' }, corner);
  const grid = element('div', { role: 'grid', class: 'grid', 'aria-labelledby': 'matrix-title' }, header);
  const bands = element('div', { class: 'bands' });
  const rowGuide = element('div', { class: 'guide across', hidden: true });
  const columnGuide = element('div', { class: 'guide down', hidden: true });
  const sheet = element('div', { class: 'sheet' }, bands, grid, rowGuide, columnGuide);
  const scroller = element('div', { class: 'scroller' }, sheet);
  const empty = element('p', { class: 'note', hidden: true }, 'Nothing fits the filter.');
  const tip = element('p', { class: 'tip', 'aria-hidden': 'true', hidden: true });
  parent.replaceChildren(scroller, empty, tip);
  return { scroller, bands, grid, header, corner, rowGuide, columnGuide, empty, tip };
}
