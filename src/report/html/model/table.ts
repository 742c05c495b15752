// Lists in which equal items stand once.
import { getOrMake } from '../../../collections/get-or-make.ts';

export interface Table<T> {
  /** Where an item equal to this one stands; it is put at the end when there is none. */
  readonly add: (item: T) => number;
  readonly items: readonly T[];
}

/** For items that JSON can say. Equal is what has the same JSON text. */
export function createTable<T>(): Table<T> {
  const items: T[] = [];
  const indexByText = new Map<string, number>();
  const add = (item: T): number => getOrMake(indexByText, JSON.stringify(item), () => items.push(item) - 1);
  return { add, items };
}
