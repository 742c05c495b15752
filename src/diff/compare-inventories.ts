// What two plans consist of → how much comes and goes.
import type { Inventory } from '../target.ts';

/** By kind of thing. */
export interface InventoryChange {
  readonly sets: CountChange;
  readonly elements: CountChange;
  readonly rules: CountChange;
}

/** `after` is `before`, plus what was added, minus what was removed. */
export interface CountChange {
  readonly before: number;
  readonly after: number;
  readonly added: number;
  readonly removed: number;
}

/** Null: nothing is there, as for a node that only one side has. Things of equal text are the same. O(things). */
export function compareInventories(base: Inventory | null, head: Inventory | null): InventoryChange {
  const compare = (kind: keyof Inventory): CountChange => compareTexts(base?.[kind] ?? [], head?.[kind] ?? []);
  return { sets: compare('sets'), elements: compare('elements'), rules: compare('rules') };
}

/** The same text may occur several times: so often it must be on the other side. */
function compareTexts(base: readonly string[], head: readonly string[]): CountChange {
  const left = new Map<string, number>();
  for (const text of base) left.set(text, (left.get(text) ?? 0) + 1);
  let kept = 0;
  for (const text of head) {
    const count = left.get(text) ?? 0;
    if (count === 0) continue;
    left.set(text, count - 1);
    kept++;
  }
  return { before: base.length, after: head.length, added: head.length - kept, removed: base.length - kept };
}
