// The page's script: data in the page → a matrix to look at, filter and ask. Keeps the state, and shows it after every change.
import type { PageData } from '../model/page-data.ts';
import { viewOf, type View } from '../model/view.ts';
import { defaultState, parseHash, printHash, type ViewState } from '../model/view-state.ts';
import { createControls } from './controls.ts';
import { byId } from './element.ts';
import { showExplanation } from './explanation.ts';
import { headerSize } from './geometry.ts';
import { createGrid, type Grid } from './grid.ts';
import { createListFilter } from './list-filter.ts';
import { createOverview } from './overview.ts';
import { keysAt, positionOf, type Position, type Scene } from './scene.ts';
import { statusText } from './status-text.ts';

start(JSON.parse(byId('data', HTMLScriptElement).textContent) as PageData);

function start(data: PageData): void {
  document.documentElement.classList.add('alive');
  byId('stage', HTMLElement).hidden = false;
  const standard = defaultState(data);
  let state = parseHash(location.hash, data, standard);
  let view = viewOf(data, state);
  const explanation = byId('explanation', HTMLElement);
  const frame = byId('frame', HTMLElement);
  const scene = (): Scene => sceneOf(data, view, state, frame.clientWidth);

  const grid = createGrid(frame, scene(), { onChoose: choose, onScroll: () => overview.draw(scene()) });
  const overview = createOverview(grid.scroller);
  const filterList = createListFilter(byId('list', HTMLElement));
  const showControls = createControls({ data, onChange: change, onReset: () => update(standard) });
  explanation.before(overview.canvas);

  function change(some: Partial<ViewState>): void {
    update({ ...state, ...some });
  }
  function update(next: ViewState): void {
    const isSameView = sameView(state, next);
    state = next;
    if (!isSameView) view = viewOf(data, state);
    show();
    saveHash(printHash(state, standard));
  }
  function show(): void {
    showControls(state);
    grid.show(scene());
    overview.draw(scene());
    filterList(view.passing);
    setStatus(statusText(data, view));
    showExplanation(explanation, { data, keys: state.explained, onClose: close });
  }
  function choose(at: Position, wantsFocus: boolean): void {
    const line = at.column < 0 ? view.rows.lines[at.row] : view.columns.lines[at.column];
    if ((at.row < 0 || at.column < 0) && line?.kind === 'namespace') {
      change({ folded: toggled(state.folded, at.column < 0 ? 'rows' : 'columns', line.name) });
      return;
    }
    change({ explained: keysAt(scene(), at) });
    if (wantsFocus) explanation.querySelector<HTMLElement>('h3')?.focus();
  }
  function close(): void {
    const hadFocus = explanation.contains(document.activeElement);
    change({ explained: null });
    if (hadFocus) grid.focus();
  }
  onEscape(() => {
    if (state.explained !== null) close();
  });
  addEventListener('hashchange', () => {
    update(parseHash(location.hash, data, standard));
    goToExplained(grid, scene(), state);
  });
  takeSkipLinks(grid);
  show();
  goToExplained(grid, scene(), state);
}

/** Headers are as wide as their names, but never take most of the room. */
function sceneOf(data: PageData, view: View, { zoom, explained }: ViewState, room: number): Scene {
  const left = headerSize(view.rows.lines, { least: 110, most: Math.min(300, room * 0.4) });
  const top = headerSize(view.columns.lines, { least: 70, most: 200 });
  return { data, view, explained, geometry: { side: zoom, left, top } };
}

function sameView(a: ViewState, b: ViewState): boolean {
  return a.text === b.text && a.namespaces === b.namespaces && a.onlyUsed === b.onlyUsed && a.folded === b.folded;
}

function toggled(folded: ViewState['folded'], side: 'rows' | 'columns', name: string): ViewState['folded'] {
  const names = new Set(folded[side]);
  if (!names.delete(name)) names.add(name);
  return { ...folded, [side]: names };
}

function goToExplained(grid: Grid, scene: Scene, { explained }: ViewState): void {
  if (explained !== null) grid.goTo(positionOf(scene, explained, { row: 0, column: 0 }), false);
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

function onEscape(close: () => void): void {
  byId('stage', HTMLElement).addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close();
  });
}

/** They move the focus and leave the address alone, where the state is. */
function takeSkipLinks(grid: Grid): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a.skip')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      const target = document.querySelector<HTMLElement>(link.hash);
      target?.scrollIntoView();
      if (link.hash === '#matrix') grid.focus();
      else target?.focus();
    });
  }
}
