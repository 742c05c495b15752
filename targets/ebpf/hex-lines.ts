// Entries → lines of text that differ in hexadecimal digits only. Written as bytes: there may be a million of them.
import type { MapContent } from './ebpf-plan.ts';

/** How an entry is written: what stands before, between and behind its bytes, and between two entries. ASCII. */
export interface LineStyle {
  readonly beforeKey: string;
  readonly beforeValue: string;
  readonly end: string;
  readonly betweenEntries: string;
  /** What a byte looks like, with `00` for its digits. */
  readonly byte: string;
  readonly separator: string;
}

/** All entries one behind the other. O(bytes). */
export function hexLines({ layout, entries, keys, values }: MapContent, style: LineStyle): string {
  const { beforeKey, beforeValue, end, betweenEntries, byte, separator } = style;
  const zeros = (size: number): string => new Array<string>(size).fill(byte).join(separator);
  const key = beforeKey + zeros(layout.key.size);
  const line = new TextEncoder().encode(key + beforeValue + zeros(layout.value.size) + end + betweenEntries);
  const out = new Uint8Array(line.length * entries);
  const digitsAt = byte.indexOf('00');
  const step = byte.length + separator.length;
  const keyAt = beforeKey.length + digitsAt;
  const valueAt = key.length + beforeValue.length + digitsAt;
  for (let entry = 0; entry < entries; entry++) {
    const at = entry * line.length;
    out.set(line, at);
    putDigits(out, at + keyAt, step, keys, entry * layout.key.size, layout.key.size);
    putDigits(out, at + valueAt, step, values, entry * layout.value.size, layout.value.size);
  }
  return new TextDecoder().decode(out.subarray(0, Math.max(0, out.length - betweenEntries.length)));
}

const digits = new TextEncoder().encode('0123456789abcdef');

/** The digits of `size` bytes from `from[start]` on, the first pair at `out[at]`, the others `step` further each. */
function putDigits(out: Uint8Array, at: number, step: number, from: Uint8Array, start: number, size: number): void {
  for (let index = 0; index < size; index++) {
    const byte = from[start + index] ?? 0;
    out[at + index * step] = digits[byte >>> 4] ?? 0;
    out[at + index * step + 1] = digits[byte & 15] ?? 0;
  }
}
