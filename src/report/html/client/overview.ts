// A small map of a matrix that does not fit: every cell a speck, and the part that is seen. For the pointer only; the grid has all.
import type { CellState } from '../model/cells.ts';
import { element } from './element.ts';
import type { Scene } from './scene.ts';

/** Of the longer side, in pixels. */
const mostSide = 180;

export interface Overview {
  readonly canvas: HTMLCanvasElement;
  readonly draw: (scene: Scene) => void;
}

export function createOverview(scroller: HTMLElement): Overview {
  const canvas = element('canvas', { class: 'overview', 'aria-hidden': 'true' });
  let shown: Scene | null = null;
  const draw = (scene: Scene): void => {
    shown = scene;
    canvas.hidden = fits(scroller);
    if (!canvas.hidden) paint(canvas, scroller, scene);
  };
  const jump = ({ offsetX, offsetY, buttons }: PointerEvent): void => {
    if (shown === null || buttons === 0) return;
    const { side, left, top } = shown.geometry;
    const scale = scaleOf(shown);
    scroller.scrollLeft = (offsetX / scale) * side - (scroller.clientWidth - left) / 2;
    scroller.scrollTop = (offsetY / scale) * side - (scroller.clientHeight - top) / 2;
  };
  canvas.addEventListener('pointerdown', jump);
  canvas.addEventListener('pointermove', jump);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    if (shown !== null) draw(shown);
  });
  return { canvas, draw };
}

function fits({ scrollWidth, clientWidth, scrollHeight, clientHeight }: HTMLElement): boolean {
  return scrollWidth <= clientWidth && scrollHeight <= clientHeight;
}

/** Pixels for a cell. */
function scaleOf({ view }: Scene): number {
  return Math.min(4, mostSide / Math.max(view.rows.lines.length, view.columns.lines.length, 1));
}

function paint(canvas: HTMLCanvasElement, scroller: HTMLElement, scene: Scene): void {
  const scale = scaleOf(scene);
  const { rows, columns, cells } = scene.view;
  const ratio = devicePixelRatio;
  const [width, height] = [columns.lines.length * scale, rows.lines.length * scale];
  canvas.width = Math.ceil(width * ratio);
  canvas.height = Math.ceil(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(ratio, ratio);
  const colourOf = coloursOf(canvas);
  for (const [row, some] of cells.entries()) {
    for (const [column, { state }] of some) {
      context.fillStyle = colourOf(state);
      context.fillRect(column * scale, row * scale, scale, scale);
    }
  }
  context.strokeStyle = getComputedStyle(canvas).color;
  context.lineWidth = 1.5;
  context.strokeRect(...seenPart(scroller, scene, scale));
}

function seenPart(scroller: HTMLElement, { geometry }: Scene, scale: number): [number, number, number, number] {
  const { side, left, top } = geometry;
  const unit = scale / side;
  const [width, height] = [(scroller.clientWidth - left) * unit, (scroller.clientHeight - top) * unit];
  return [scroller.scrollLeft * unit, scroller.scrollTop * unit, width, height];
}

const variableByState: Readonly<Record<CellState, string>> = {
  gained: '--gained',
  lost: '--lost',
  both: '--both',
  kept: '--kept',
  every: '--allowed',
  some: '--allowed-some',
};

function coloursOf(canvas: HTMLCanvasElement): (state: CellState) => string {
  const style = getComputedStyle(canvas);
  return (state) => style.getPropertyValue(variableByState[state]);
}
