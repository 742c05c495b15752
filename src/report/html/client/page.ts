// The state of the page, what changes it, and how it is shown.
import type { PageData } from '../model/page-data.ts';
import { viewOf, type View } from '../model/view.ts';
import { printHash, type ViewState } from '../model/view-state.ts';
import { byId } from './element.ts';
import { headerSize } from './geometry.ts';
import type { Parts } from './parts.ts';
import { keysAt, positionOf, type Position, type Scene } from './scene.ts';
import { statusText } from './status-text.ts';

export interface Page {
  readonly data: PageData;
  /** What is shown when the address says nothing. */
  readonly standard: ViewState;
  readonly parts: Parts;
  state: ViewState;
  view: View;
}

/** Shows another state, and says it in the address. */
export function update(page: Page, next: ViewState): void {
  const isSameView = filters.every((name) => page.state[name] === next[name]);
  page.state = next;
  if (!isSameView) page.view = viewOf(page.data, next);
  showState(page);
  if (!isSameView) showView(page);
  saveHash(printHash(next, page.standard));
}

/** Everything. */
export function show(page: Page): void {
  showState(page);
  showView(page);
}

function showState(page: Page): void {
  const { parts, state } = page;
  const scene = sceneOf(page);
  parts.showControls(state);
  parts.grid.show(scene);
  parts.showOverview(scene);
  parts.explain(state);
}

/** What depends on the filter alone. */
function showView({ data, parts, view }: Page): void {
  parts.filterList(view.passing);
  setStatus(statusText(data, view));
}

/** A namespace folds; a workload and a cell are explained. */
export function choose(page: Page, at: Position, wantsFocus: boolean): void {
  const { state, view, parts } = page;
  const isHeader = at.row < 0 || at.column < 0;
  const line = at.column < 0 ? view.rows.lines[at.row] : view.columns.lines[at.column];
  if (isHeader && line?.kind === 'namespace') {
    update(page, { ...state, folded: toggled(state.folded, at.column < 0 ? 'rows' : 'columns', line.name) });
    return;
  }
  update(page, { ...state, explained: keysAt({ view }, at) });
  if (wantsFocus) parts.explanation.querySelector<HTMLElement>('h3')?.focus();
}

/** Goes back to the grid when the reader was in the explanation. */
export function closeExplanation(page: Page): void {
  const { explanation, grid } = page.parts;
  const hadFocus = explanation.contains(document.activeElement);
  update(page, { ...page.state, explained: null });
  if (hadFocus) grid.focus();
}

/** Brings the cell that the address names into sight. */
export function goToExplained({ parts, state, view }: Page): void {
  const { explained } = state;
  if (explained !== null) parts.grid.goTo(positionOf({ view }, explained, { row: 0, column: 0 }), false);
}

/** What decides about rows, columns and cells. */
const filters = ['text', 'namespaces', 'onlyUsed', 'folded'] as const;

/** Headers are as wide as their names, but never take most of the room. */
function sceneOf({ data, view, state }: Page): Scene {
  const room = byId('stage', HTMLElement).clientWidth;
  const left = headerSize(data, view.rows.lines, { least: 120, most: Math.min(320, room * 0.4) });
  const top = headerSize(data, view.columns.lines, { least: 80, most: 220 });
  return { data, view, explained: state.explained, geometry: { side: state.zoom, left, top } };
}

function toggled(folded: ViewState['folded'], side: 'rows' | 'columns', name: string): ViewState['folded'] {
  const names = new Set(folded[side]);
  if (!names.delete(name)) names.add(name);
  return { ...folded, [side]: names };
}

/** Told only when it changed: readers hear every telling. */
function setStatus(text: string): void {
  const status = byId('status', HTMLElement);
  if (status.textContent !== text) status.textContent = text;
}

/** Some places where reports are read forbid it; the page works without. */
function saveHash(hash: string): void {
  try {
    history.replaceState(null, '', hash === '' ? location.pathname + location.search : `#${hash}`);
  } catch {
    // The address stays as it was.
  }
}
