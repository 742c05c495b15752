// Sizes and places in the grid, in pixels.
import type { Line } from '../model/axis.ts';
import { lineMarks } from '../model/labels.ts';
import type { PageData } from '../model/page-data.ts';

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

export function isWithin(line: number, { first, end }: Range): boolean {
  return line >= first && line < end;
}

/** Where to scroll so that a line is seen beside the header that covers the beginning. */
export function scrollTo(line: number, side: number, scroll: number, room: number): number {
  const start = line * side;
  if (start < scroll) return start;
  return Math.max(scroll, start + side - room);
}

export interface HeaderBounds {
  readonly least: number;
  readonly most: number;
}

/** Room for the longest name with what stands beside it, within bounds. */
export function headerSize(data: PageData, lines: readonly Line[], { least, most }: HeaderBounds): number {
  const widest = lines.reduce((width, line) => Math.max(width, widthOf(data, line)), least);
  return Math.round(Math.min(most, widest));
}

const context = document.createElement('canvas').getContext('2d');
const paddings = 44;

function widthOf(data: PageData, line: Line): number {
  const isNamespace = line.kind === 'namespace';
  const text = isNamespace ? `▾ ${line.name} ${line.entities.length}` : `${line.name} ${lineMarks(data, line)}`;
  if (context === null) return text.length * 8 + paddings;
  context.font = `${isNamespace ? '650 ' : ''}12.5px system-ui, sans-serif`;
  return context.measureText(text).width + paddings;
}
