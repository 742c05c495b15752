// Fields → the bytes of a map. Numbers of ours are little-endian, addresses and ports in network order.
import type { MapContent } from './ebpf-plan.ts';
import type { MapLayout } from './layout.ts';

/** Writes one entry; `keyAt` and `valueAt` are where its key and value begin. */
export type WriteEntry = (index: number, keyAt: number, valueAt: number) => void;

/** The bytes being written. */
export interface ContentDraft {
  readonly keys: DataView;
  readonly values: DataView;
}

/** A map of `entries` entries, each written by `write`, all zero before. */
export function createContent(
  layout: MapLayout,
  entries: number,
  write: (draft: ContentDraft) => WriteEntry,
): MapContent {
  const keys = new Uint8Array(entries * layout.key.size);
  const values = new Uint8Array(entries * layout.value.size);
  const writeEntry = write({ keys: new DataView(keys.buffer), values: new DataView(values.buffer) });
  for (let index = 0; index < entries; index++) writeEntry(index, index * layout.key.size, index * layout.value.size);
  return { layout, entries, keys, values };
}

export function putNumber(view: DataView, at: number, value: number): void {
  view.setUint32(at, value, true);
}

/** `width` words from `words[from]`, most significant first. */
export function putAddress(view: DataView, at: number, words: ArrayLike<number>, from: number, width: 1 | 4): void {
  for (let k = 0; k < width; k++) view.setUint32(at + 4 * k, words[from + k] ?? 0);
}

export function putPort(view: DataView, at: number, port: number): void {
  view.setUint16(at, port);
}
