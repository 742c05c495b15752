// What the filter shows, in one line.
import { isChange } from '../model/filter.ts';
import type { PageData } from '../model/page-data.ts';
import type { View } from '../model/view.ts';

/** `4 of 9 changes, 3 sources, 5 destinations`. */
export function statusText(data: PageData, { passing, rows, columns }: View): string {
  const isCounted = (index: number): boolean => data.kind === 'matrix' || isChange(data, index);
  const all = data.connections.filter((_, index) => isCounted(index)).length;
  const shown = passing.filter(isCounted).length;
  const noun = data.kind === 'diff' ? 'change' : 'connection';
  const counted = shown === all ? countOf(all, noun) : `${shown} of ${countOf(all, noun)}`;
  return [counted, countOf(rows.lineOf.size, 'source'), countOf(columns.lineOf.size, 'destination')].join(', ');
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
