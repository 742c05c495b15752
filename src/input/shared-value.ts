// Values that many objects have in common, such as the labels of a workload's pods: known by their bytes, made once.
import type { Pick } from './pick-json.ts';

/** A picked value and the bytes that it was picked from. */
export interface SharedValue {
  /** What was wanted of it. */
  readonly pick: Pick;
  readonly bytes: Uint8Array;
  readonly value: unknown;
  /** Line breaks in it, and the offset behind the last one; -1 when there is none. */
  readonly lines: number;
  readonly lineStart: number;
}

export interface SharedValues {
  /** By a hash of the bytes; a value may push another one out. */
  readonly slots: (SharedValue | undefined)[];
  /** What was found or kept last: objects that have values in common follow one another. */
  readonly lastByPick: Map<Pick, SharedValue>;
  /** Where the value that was looked for last, in vain, would be kept; -1 when it is too large. */
  slot: number;
}

const size = 1 << 11;
/** Larger values are not kept: 2,048 of them would be 16 MiB. */
const largest = 8 * 1024;

export function createSharedValues(): SharedValues {
  return { slots: new Array<SharedValue | undefined>(size), lastByPick: new Map(), slot: -1 };
}

/**
 * The value that begins at `start`, if it has been there lately and was picked in the same way. Two quotes stand behind
 * `end`. Sound text that begins like other sound text ends like it: a value's end is known with the value.
 */
export function findShared(
  shared: SharedValues,
  pick: Pick,
  bytes: Uint8Array,
  start: number,
  end: number,
): SharedValue | null {
  const last = shared.lastByPick.get(pick);
  if (last !== undefined && stands(last.bytes, bytes, start, end)) return last;
  shared.slot = slotOf(bytes, start, Math.min(end, start + largest));
  const known = shared.slots[shared.slot];
  if (known?.pick !== pick || !stands(known.bytes, bytes, start, end)) return null;
  shared.lastByPick.set(pick, known);
  return known;
}

export function keepShared(shared: SharedValues, slot: number, value: SharedValue): void {
  shared.slots[slot] = value;
  shared.lastByPick.set(value.pick, value);
}

function stands(kept: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (start + kept.length > end) return false;
  for (let at = 0; at < kept.length; at++) if (kept[at] !== bytes[start + at]) return false;
  return true;
}

/** A hash of the object or list at `start`, whose end its brackets tell; -1 when that is not before `end`. */
function slotOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  let depth = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x22) {
      let inner = bytes[++at] ?? 0x22;
      for (; inner !== 0x22; inner = bytes[++at] ?? 0x22) {
        hash = (Math.imul(hash, 31) + inner) | 0;
        if (inner === 0x5c) at++;
      }
    } else if (byte > 0x3f) {
      const bracket = byte | 0x20;
      if (bracket === 0x7b) depth++;
      else if (bracket === 0x7d && --depth === 0) return (hash ^ (hash >>> 15)) & (size - 1);
    }
  }
  return -1;
}
