// What a segment of a line says: a number, and whether its addresses are points, which belong into a hash by themselves.
import { wordsOf, type Family } from '../../src/net/address.ts';
import { complementRanges, type Ranges } from '../../src/net/ranges.ts';
import { splitRanges } from '../shared/split-ranges.ts';
import { addressLine, mergeLines, rangeLine, renumber, sizeOf, valueAt, type Line } from './lines.ts';

/** With more points than this in a family, prefixes tell it better. */
const mostPoints = 1_048_576;

/** A line's value for a number below 2³¹. */
export function mark(number: number, isPoint: boolean): number {
  return number * 2 + (isPoint ? 1 : 0);
}

export function numberOf(value: number): number {
  return value >>> 1;
}

export function isPoint(value: number): boolean {
  return (value & 1) === 1;
}

/**
 * 1 for the addresses of a set, 0 for all others. Its points are what it has beside blocks, single addresses and short
 * runs of neighbours, and what is missing between blocks in the same manner. O(n).
 */
export function markSet(ranges: Ranges, family: Family): Line {
  const width = wordsOf(family);
  const { singles, blocks } = splitRanges(ranges, family);
  const points = addressLine(singles, width, mark(1, true));
  if (blocks.length === 0) return points;
  const holes = splitRanges(complementRanges(blocks, width), family).singles;
  const holed = mergeLines(
    rangeLine(blocks, width, mark(1, false)),
    addressLine(holes, width, mark(0, true)),
    (a, b) => a | b,
  );
  // A single address in a hole between two blocks belongs to the set.
  return mergeLines(holed, points, (a, b) => a | b);
}

/** The same line, without points if there are too many of them. */
export function withinBudget(line: Line): Line {
  let points = 0;
  for (let segment = 0; segment < line.values.length; segment++)
    if (isPoint(valueAt(line, segment))) points += sizeOf(line, segment);
  return points <= mostPoints ? line : renumber(line, (value) => mark(numberOf(value), false));
}
