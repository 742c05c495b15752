// The grid: draws itself into a frame and tells what the reader does with it.
import { drawGrid, type Drawn } from './draw-grid.ts';
import { scrollTo } from './geometry.ts';
import { createGridFrame, type GridFrame } from './grid-frame.ts';
import { showGuides } from './guides.ts';
import { moveFor } from './moves.ts';
import { keysAt, positionOf, type Position, type Scene } from './scene.ts';

export interface GridEvents {
  /** A header or a cell was chosen; `focus` is whether the reader wants to be taken to what it says. */
  readonly onChoose: (at: Position, focus: boolean) => void;
  readonly onScroll: () => void;
}

export interface Grid {
  readonly scroller: HTMLElement;
  readonly show: (scene: Scene) => void;
  /** Brings a cell into sight and makes it the one that the keyboard goes on from. */
  readonly goTo: (at: Position, focus: boolean) => void;
  readonly focus: () => void;
}

interface GridState {
  scene: Scene;
  active: Position;
  version: number;
}

export function createGrid(parent: HTMLElement, first: Scene, events: GridEvents): Grid {
  const frame = createGridFrame(parent);
  const drawn: Drawn = { rows: new Map(), header: '' };
  const state: GridState = { scene: first, active: { row: 0, column: -1 }, version: 0 };
  const draw = (): void => drawGrid(frame, drawn, state.scene, state.active, state.version);
  const focus = (): void => elementAt(frame, state.active)?.focus({ preventScroll: true });
  const goTo = (at: Position, wantsFocus: boolean): void => {
    state.active = at;
    bringIntoSight(frame, state.scene, at);
    draw();
    if (wantsFocus) focus();
  };
  const show = (scene: Scene): void => {
    const hadFocus = frame.grid.contains(document.activeElement);
    state.active = positionOf(scene, keysAt(state.scene, state.active), state.active);
    state.scene = scene;
    state.version++;
    setSizes(frame, scene);
    draw();
    if (hadFocus) focus();
  };
  listen(frame, state, { ...events, goTo, draw });
  return { scroller: frame.scroller, show, goTo, focus };
}

interface Reactions extends GridEvents {
  readonly goTo: Grid['goTo'];
  readonly draw: () => void;
}

function listen(frame: GridFrame, state: GridState, { goTo, draw, onChoose, onScroll }: Reactions): void {
  const { scroller, grid } = frame;
  let isWaiting = false;
  scroller.addEventListener('scroll', () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      draw();
      onScroll();
    });
  });
  new ResizeObserver(draw).observe(scroller);
  grid.addEventListener('keydown', (event) => {
    if (event.altKey || event.shiftKey) return;
    const isChoice = event.key === 'Enter' || event.key === ' ';
    const at = isChoice ? null : moveFor(event.key, event.ctrlKey || event.metaKey, state.active, state.scene);
    if (isChoice) onChoose(state.active, true);
    if (at !== null) goTo(at, true);
    if (isChoice || at !== null) event.preventDefault();
  });
  grid.addEventListener('click', ({ target, clientX, clientY }) => {
    const at = placeOf(target) ?? cellUnder(frame, state.scene, clientX, clientY);
    if (at === null) return;
    goTo(at, true);
    onChoose(at, false);
  });
  const guide = (at: Position | null): void => showGuides(frame, state.scene, at);
  grid.addEventListener('pointermove', ({ target, clientX, clientY }) =>
    guide(placeOf(target) ?? cellUnder(frame, state.scene, clientX, clientY)),
  );
  grid.addEventListener('pointerleave', () => guide(null));
  grid.addEventListener('focusin', ({ target }) => guide(placeOf(target)));
  grid.addEventListener('focusout', () => guide(null));
}

function setSizes({ grid }: GridFrame, { view, geometry }: Scene): void {
  const { side, left, top } = geometry;
  const [rows, columns] = [view.rows.lines.length, view.columns.lines.length];
  for (const [name, size] of Object.entries({ side, left, top }))
    grid.parentElement?.style.setProperty(`--${name}`, `${size}px`);
  grid.style.width = `${left + columns * side}px`;
  grid.style.height = `${top + rows * side}px`;
  grid.setAttribute('aria-rowcount', String(rows + 1));
  grid.setAttribute('aria-colcount', String(columns + 1));
}

function bringIntoSight({ scroller }: GridFrame, { geometry }: Scene, { row, column }: Position): void {
  const { side, left, top } = geometry;
  const [height, width] = [scroller.clientHeight - top, scroller.clientWidth - left];
  if (row >= 0) scroller.scrollTop = scrollTo(row, side, scroller.scrollTop, height);
  if (column >= 0) scroller.scrollLeft = scrollTo(column, side, scroller.scrollLeft, width);
}

function elementAt({ grid }: GridFrame, { row, column }: Position): HTMLElement | null {
  return grid.querySelector<HTMLElement>(`[data-at="${row} ${column}"]`);
}

function placeOf(target: EventTarget | null): Position | null {
  const at = target instanceof Element ? target.closest('[data-at]')?.getAttribute('data-at') : undefined;
  const [row, column] = at?.split(' ').map(Number) ?? [];
  return row === undefined || column === undefined ? null : { row, column };
}

/** Empty cells have no element; the pointer finds them by their place. */
function cellUnder({ grid }: GridFrame, { geometry, view }: Scene, x: number, y: number): Position | null {
  const box = grid.getBoundingClientRect();
  const row = Math.floor((y - box.top - geometry.top) / geometry.side);
  const column = Math.floor((x - box.left - geometry.left) / geometry.side);
  const isInside = row >= 0 && column >= 0 && row < view.rows.lines.length && column < view.columns.lines.length;
  return isInside ? { row, column } : null;
}
