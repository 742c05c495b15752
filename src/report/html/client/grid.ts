// The grid: draws itself into a frame and tells what the reader does with it.
import { drawGrid, type Drawn } from './draw-grid.ts';
import { createGridFrame, type GridFrame } from './grid-frame.ts';
import { elementAt, markActive, markExplained, placeOf, placeUnder } from './grid-places.ts';
import { bringIntoSight, setSizes } from './grid-sizes.ts';
import { drawBands, showGuides } from './guides.ts';
import { moveFor } from './moves.ts';
import { keysAt, positionOf, type Position, type Scene } from './scene.ts';

export interface GridEvents {
  /** A header or a cell was chosen; `wantsFocus`: by key, so the reader wants to be taken to what it says. */
  readonly onChoose: (at: Position, wantsFocus: boolean) => void;
}

export interface Grid {
  readonly scroller: HTMLElement;
  readonly show: (scene: Scene) => void;
  /** Brings a cell into sight and makes it the one that the keyboard goes on from. */
  readonly goTo: (at: Position, wantsFocus: boolean) => void;
  readonly focus: () => void;
}

interface GridState {
  readonly frame: GridFrame;
  readonly drawn: Drawn;
  scene: Scene | null;
  /** Where the keyboard is. */
  active: Position;
}

export function createGrid(parent: HTMLElement, events: GridEvents): Grid {
  const frame = createGridFrame(parent);
  const state: GridState = {
    frame,
    drawn: { view: null, rows: new Map(), header: new Map() },
    scene: null,
    active: { row: 0, column: -1 },
  };
  listenToScrolling(state);
  listenToKeys(state, events);
  listenToPointer(state, events);
  return {
    scroller: frame.scroller,
    show: (scene) => {
      showScene(state, scene);
    },
    goTo: (at, wantsFocus) => {
      goTo(state, at, wantsFocus);
    },
    focus: () => {
      focusActive(state);
    },
  };
}

function showScene(state: GridState, scene: Scene): void {
  const { frame, active } = state;
  const hadFocus = frame.grid.contains(document.activeElement);
  state.active = positionOf(scene, state.scene === null ? ['', ''] : keysAt(state.scene, active), active);
  state.scene = scene;
  frame.empty.hidden = scene.view.rows.lines.length > 0;
  frame.scroller.hidden = !frame.empty.hidden;
  setSizes(frame, scene);
  drawBands(frame, scene);
  showGuides(frame, scene, null);
  draw(state);
  if (hadFocus) focusActive(state);
}

function draw({ frame, drawn, scene, active }: GridState): void {
  if (scene === null) return;
  drawGrid(frame, drawn, scene, active);
  markActive(frame, active);
  markExplained(frame, scene);
}

function goTo(state: GridState, at: Position, wantsFocus: boolean): void {
  state.active = at;
  if (state.scene !== null) bringIntoSight(state.frame, state.scene, at);
  draw(state);
  if (wantsFocus) focusActive(state);
}

function focusActive({ frame, active }: GridState): void {
  elementAt(frame, active)?.focus({ preventScroll: true });
}

function listenToScrolling(state: GridState): void {
  let isWaiting = false;
  state.frame.scroller.addEventListener('scroll', () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      draw(state);
    });
  });
  new ResizeObserver(() => {
    draw(state);
  }).observe(state.frame.scroller);
}

function listenToKeys(state: GridState, { onChoose }: GridEvents): void {
  state.frame.grid.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (altKey || shiftKey || state.scene === null) return;
    if (key === 'Escape') showGuides(state.frame, state.scene, null);
    const isChoice = key === 'Enter' || key === ' ';
    const at = isChoice ? null : moveFor(key, ctrlKey || metaKey, state.active, state.scene);
    if (isChoice) onChoose(state.active, true);
    if (at !== null) goTo(state, at, true);
    if (isChoice || at !== null) event.preventDefault();
  });
}

function listenToPointer(state: GridState, { onChoose }: GridEvents): void {
  const { frame } = state;
  const guide = (at: Position | null): void => {
    if (state.scene !== null) showGuides(frame, state.scene, at);
  };
  frame.grid.addEventListener('click', (event) => {
    const at = placeUnder(frame, state.scene, event);
    if (at === null) return;
    goTo(state, at, true);
    onChoose(at, false);
  });
  frame.grid.addEventListener('pointermove', (event) => {
    guide(placeUnder(frame, state.scene, event));
  });
  frame.grid.addEventListener('pointerleave', () => {
    guide(null);
  });
  frame.grid.addEventListener('focusin', ({ target }) => {
    const at = placeOf(target);
    guide(at);
    if (at === null) return;
    // Nothing is drawn here: an element that is pressed must stay until it is let go, or it is not clicked.
    state.active = at;
    markActive(frame, at);
  });
  frame.grid.addEventListener('focusout', () => {
    guide(null);
  });
}
