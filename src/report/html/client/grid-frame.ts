// The parts of the grid that stay: what scrolls, the sheet in it, the guides.
import { element } from './element.ts';

export interface GridFrame {
  readonly scroller: HTMLElement;
  /** As large as all rows and columns. */
  readonly grid: HTMLElement;
  readonly header: HTMLElement;
  readonly rowGuide: HTMLElement;
  readonly columnGuide: HTMLElement;
}

export function createGridFrame(parent: HTMLElement): GridFrame {
  const header = element('div', { role: 'row', 'aria-rowindex': 1, class: 'columns' });
  const grid = element('div', { role: 'grid', class: 'grid', 'aria-labelledby': 'matrix-title' }, header);
  const rowGuide = element('div', { class: 'guide across', hidden: true });
  const columnGuide = element('div', { class: 'guide down', hidden: true });
  const sheet = element('div', { class: 'sheet' }, grid, rowGuide, columnGuide);
  const scroller = element('div', { class: 'scroller' }, sheet);
  parent.replaceChildren(scroller);
  return { scroller, grid, header, rowGuide, columnGuide };
}
