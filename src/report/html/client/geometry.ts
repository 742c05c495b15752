// Sizes and places in the grid, in pixels.
import type { Line } from '../model/axis.ts';

export interface Geometry {
  /** Of a cell. */
  readonly side: number;
  /** Width of the row headers. */
  readonly left: number;
  /** Height of the column headers. */
  readonly top: number;
}

/** Lines from `first` up to and without `end`. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

/** Ranges begin and end at multiples of this, so that a little scrolling draws nothing. */
const chunk = 8;

/** The lines that a stretch of the sheet shows, and a few around them. */
export function rangeWithin(from: number, length: number, side: number, count: number): Range {
  const first = Math.max(0, (Math.floor(from / side / chunk) - 1) * chunk);
  const end = Math.min(count, (Math.ceil((from + length) / side / chunk) + 1) * chunk);
  return { first: Math.min(first, end), end };
}

/** Where to scroll so that a line is seen beside the header that covers the beginning. */
export function scrollTo(line: number, side: number, scroll: number, room: number): number {
  const start = line * side;
  if (start < scroll) return start;
  return Math.max(scroll, start + side - room);
}

/** Room for the longest name, within bounds. */
export function headerSize(lines: readonly Line[], bounds: { readonly least: number; readonly most: number }): number {
  const widest = Math.max(0, ...lines.map((line) => widthOf(line)));
  return Math.round(Math.min(bounds.most, Math.max(bounds.least, widest)));
}

const context = document.createElement('canvas').getContext('2d');

function widthOf({ kind, name }: Line): number {
  if (context === null) return name.length * 8;
  context.font = `${kind === 'namespace' ? '650 ' : ''}12.5px system-ui, sans-serif`;
  return context.measureText(name).width + 62;
}
