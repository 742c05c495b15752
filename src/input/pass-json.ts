// Steps over JSON in bytes, checking every one of them. Positions in, positions out; -1 where the text is not sound.
import { maxDepth } from '../parse/limits.ts';
import type { PickCursor } from './pick-json.ts';

/** Over any value. `depth` collections are open around it. */
export function passValue(cursor: PickCursor, at: number, depth: number): number {
  const first = cursor.bytes[at] ?? 0;
  if (first === 0x22) return passString(cursor, at + 1);
  if (first === 0x7b) return depth >= maxDepth ? -1 : passObject(cursor, at + 1, depth + 1);
  if (first === 0x5b) return depth >= maxDepth ? -1 : passList(cursor, at + 1, depth + 1);
  if (first === 0x74) return passWord(cursor, at, 'true');
  if (first === 0x66) return passWord(cursor, at, 'false');
  return first === 0x6e ? passWord(cursor, at, 'null') : passNumber(cursor, at);
}

function passObject(cursor: PickCursor, start: number, depth: number): number {
  const { bytes } = cursor;
  let at = passBlanks(cursor, start);
  if (bytes[at] === 0x7d) return at + 1;
  for (;;) {
    if (bytes[at] !== 0x22) return -1;
    at = passString(cursor, at + 1);
    if (at === -1) return -1;
    at = passColon(cursor, at);
    if (at === -1) return -1;
    at = passValue(cursor, at, depth);
    if (at === -1) return -1;
    at = passBlanks(cursor, at);
    if (bytes[at] !== 0x2c) return bytes[at] === 0x7d ? at + 1 : -1;
    at = passBlanks(cursor, at + 1);
  }
}

function passList(cursor: PickCursor, start: number, depth: number): number {
  const { bytes } = cursor;
  let at = passBlanks(cursor, start);
  if (bytes[at] === 0x5d) return at + 1;
  for (;;) {
    at = passValue(cursor, at, depth);
    if (at === -1) return -1;
    at = passBlanks(cursor, at);
    if (bytes[at] !== 0x2c) return bytes[at] === 0x5d ? at + 1 : -1;
    at = passBlanks(cursor, at + 1);
  }
}

/** From behind the opening quote to behind the closing one. */
export function passString(cursor: PickCursor, start: number): number {
  const { bytes, end } = cursor;
  let at = start;
  for (;;) {
    const byte = bytes[at++] ?? 0;
    if (isPlain[byte] === 1) continue;
    if (byte === 0x22) return at > end ? -1 : at;
    if (byte < 0x20) return -1;
    if (byte !== 0x5c) cursor.needsCheck = true;
    else {
      at = passEscape(bytes, at);
      if (at === -1 || at > end) return -1;
    }
  }
}

/** From behind the opening quote to the closing one, over printable ASCII without escapes only. */
export function passPlain({ bytes, end }: PickCursor, start: number): number {
  let at = start;
  while (isPlain[bytes[at] ?? 0] === 1) at++;
  return bytes[at] === 0x22 && at < end ? at : -1;
}

/** From the opening quote of a key to the closing one. Keys are plain, or somebody has to look closely. */
export function passKey(cursor: PickCursor, at: number): number {
  return cursor.bytes[at] === 0x22 ? passPlain(cursor, at + 1) : -1;
}

/** From behind a key to the value. */
export function passColon(cursor: PickCursor, start: number): number {
  const { bytes } = cursor;
  const at = bytes[start] === 0x3a ? start : passBlanks(cursor, start);
  return bytes[at] === 0x3a ? passBlanks(cursor, at + 1) : -1;
}

export function passBlanks(cursor: PickCursor, start: number): number {
  const { bytes, end } = cursor;
  let at = start;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte > 0x20) return at;
    if (byte === 0x0a) {
      cursor.lines++;
      cursor.lineStart = at + 1;
    } else if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09) return at;
    at++;
  }
  return at;
}

export function passWord({ bytes, end }: PickCursor, at: number, word: string): number {
  for (let index = 0; index < word.length; index++) if (bytes[at + index] !== word.charCodeAt(index)) return -1;
  return at + word.length <= end ? at + word.length : -1;
}

/** `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?` */
export function passNumber({ bytes, end }: PickCursor, start: number): number {
  let at = bytes[start] === 0x2d ? start + 1 : start;
  const digits = passDigits(bytes, at);
  if (digits === at || (bytes[at] === 0x30 && digits > at + 1)) return -1;
  at = digits;
  if (bytes[at] === 0x2e) {
    const fraction = passDigits(bytes, at + 1);
    if (fraction === at + 1) return -1;
    at = fraction;
  }
  if (((bytes[at] ?? 0) | 0x20) === 0x65) {
    const sign = bytes[at + 1] === 0x2b || bytes[at + 1] === 0x2d ? 1 : 0;
    const exponent = passDigits(bytes, at + 1 + sign);
    if (exponent === at + 1 + sign) return -1;
    at = exponent;
  }
  // A number at the very end may go on in the next chunk.
  return at < end ? at : -1;
}

function passDigits(bytes: Uint8Array, start: number): number {
  let at = start;
  while ((bytes[at] ?? 0) >= 0x30 && (bytes[at] ?? 0) <= 0x39) at++;
  return at;
}

/** From behind a backslash. */
function passEscape(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0;
  if (byte !== 0x75) return isShortEscape[byte] === 1 ? at + 1 : -1;
  for (let index = 1; index <= 4; index++) if (isHex[bytes[at + index] ?? 0] !== 1) return -1;
  return at + 5;
}

/** Printable ASCII apart from the quote and the backslash. */
const isPlain = tableOf((byte) => byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c);
const isShortEscape = tableOf((byte) => '"\\/bfnrt'.includes(String.fromCharCode(byte)));
const isHex = tableOf((byte) => /[0-9A-Fa-f]/.test(String.fromCharCode(byte)));

function tableOf(holds: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (holds(byte) ? 1 : 0));
}
