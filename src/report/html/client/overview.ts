// A small map of a matrix that does not fit: every cell a speck, and the part that is seen. For the pointer only; the grid has all.
import type { CellState } from '../model/cells.ts';
import { element } from './element.ts';
import type { View } from '../model/view.ts';
import type { Scene } from './scene.ts';

export interface Overview {
  readonly root: HTMLElement;
  readonly draw: (scene: Scene) => void;
}

/** Of the longer side, in pixels. */
const mostSide = 180;

export function createOverview(scroller: HTMLElement): Overview {
  const canvas = element('canvas');
  const frame = element('div', { class: 'seen' });
  const root = element('div', { class: 'overview', 'aria-hidden': 'true' }, canvas, frame);
  let shown: Scene | null = null;
  let painted: View | null = null;
  const follow = (): void => {
    if (shown !== null) showSeenPart(frame, scroller, shown);
  };
  const jump = ({ offsetX, offsetY, buttons }: PointerEvent): void => {
    if (shown !== null && buttons !== 0) centre(scroller, shown, [offsetX, offsetY]);
  };
  canvas.addEventListener('pointerdown', jump);
  canvas.addEventListener('pointermove', jump);
  scroller.addEventListener('scroll', follow);
  const draw = (scene: Scene): void => {
    shown = scene;
    root.hidden = fits(scroller);
    if (!root.hidden && painted !== scene.view) paint(canvas, scene);
    painted = root.hidden ? painted : scene.view;
    follow();
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    painted = null;
    if (shown !== null) draw(shown);
  });
  return { root, draw };
}

function fits({ scrollWidth, clientWidth, scrollHeight, clientHeight }: HTMLElement): boolean {
  return scrollWidth <= clientWidth && scrollHeight <= clientHeight;
}

/** Scrolls to what a point of the map stands for. */
function centre(scroller: HTMLElement, scene: Scene, [x, y]: readonly [number, number]): void {
  const { side, left, top } = scene.geometry;
  const unit = side / scaleOf(scene);
  scroller.scrollLeft = x * unit - (scroller.clientWidth - left) / 2;
  scroller.scrollTop = y * unit - (scroller.clientHeight - top) / 2;
}

/** Pixels for a cell. */
function scaleOf({ view }: Scene): number {
  return Math.min(4, mostSide / Math.max(view.rows.lines.length, view.columns.lines.length, 1));
}

function paint(canvas: HTMLCanvasElement, scene: Scene): void {
  const { rows, columns, cells } = scene.view;
  const scale = scaleOf(scene);
  // Whole pixels for a cell; the browser makes them smaller, without seams.
  const pixels = Math.max(1, Math.round(scale * devicePixelRatio));
  canvas.width = columns.lines.length * pixels;
  canvas.height = rows.lines.length * pixels;
  canvas.style.width = `${columns.lines.length * scale}px`;
  canvas.style.height = `${rows.lines.length * scale}px`;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const style = getComputedStyle(canvas);
  for (const state of Object.keys(variableByState) as CellState[]) {
    context.fillStyle = style.getPropertyValue(variableByState[state]);
    for (const [row, some] of cells.entries()) {
      for (const [column, cell] of some) {
        if (cell.state === state) context.fillRect(column * pixels, row * pixels, pixels, pixels);
      }
    }
  }
}

const variableByState: Readonly<Record<CellState, string>> = {
  kept: '--kept',
  some: '--allowed-some',
  every: '--allowed',
  gained: '--gained',
  lost: '--lost',
  both: '--both',
};

function showSeenPart(frame: HTMLElement, scroller: HTMLElement, scene: Scene): void {
  const { side, left, top } = scene.geometry;
  const unit = scaleOf(scene) / side;
  const sizes = {
    left: scroller.scrollLeft * unit,
    top: scroller.scrollTop * unit,
    width: (scroller.clientWidth - left) * unit,
    height: (scroller.clientHeight - top) * unit,
  };
  for (const [name, size] of Object.entries(sizes)) frame.style.setProperty(name, `${size}px`);
}
