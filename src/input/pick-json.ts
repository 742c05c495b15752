// Checks a JSON value in bytes to the last comma and makes objects of the wanted fields only. How large snapshots are read.
import { maxDepth } from '../parse/limits.ts';
import { passBlanks, passColon, passKey, passNumber, passPlain, passValue, passWord } from './pass-json.ts';
import { createSharedValues, findShared, keepShared, type SharedValues } from './shared-value.ts';
import { createTextPool, plainText, pooledText, type TextPool } from './text-pool.ts';

/** What is wanted of a value. Everything that is not wanted is checked and passed over. */
export type Pick =
  /** A string, number, boolean or null. `unique`: seldom the same as elsewhere. */
  | { readonly kind: 'scalar'; readonly unique: boolean }
  /** An object with every one of its fields, all of them strings. */
  | { readonly kind: 'labels' }
  | { readonly kind: 'list'; readonly item: Pick }
  | { readonly kind: 'object'; readonly fields: FieldTable }
  /** The same value, once and for all of the objects that have it. */
  | { readonly kind: 'shared'; readonly pick: Pick };

/** Fields in the order in which they are expected: a guess that costs nothing when it is wrong. */
export type FieldTable = readonly PickedField[];

export interface PickedField {
  readonly key: string;
  readonly pick: Pick;
}

/** Where it reads. All positions count within `bytes`, where two quotes stand behind `end`. */
export interface PickCursor {
  bytes: Uint8Array;
  end: number;
  /** Line breaks passed, and the position behind the last one if there was any. */
  lines: number;
  lineStart: number;
  /** Some string holds other characters than printable ASCII: whether they may stand there is for others to say. */
  needsCheck: boolean;
  /** What was picked last. */
  value: unknown;
  readonly pool: TextPool;
  readonly shared: SharedValues;
}

export function createPickCursor(): PickCursor {
  return {
    bytes: new Uint8Array(0),
    end: 0,
    lines: 0,
    lineStart: -1,
    needsCheck: false,
    value: null,
    pool: createTextPool(),
    shared: createSharedValues(),
  };
}

/**
 * Reads the value at `at`: the position behind it, and what was picked of it in `cursor.value`. -1 when the value is not
 * complete, not sound, or not what `pick` expects: somebody has to look closely. Then `cursor` says nothing.
 *
 * What it accepts is JSON (RFC 8259). Refused although it is JSON: escapes in what is picked, and nesting beyond `maxDepth`.
 */
export function pickJson(cursor: PickCursor, at: number, pick: Pick): number {
  cursor.lines = 0;
  cursor.needsCheck = false;
  return pickValue(cursor, at, pick, 0);
}

/** An object's wanted fields by their keys, in the order in which servers write them. */
export function pickObject(fields: Readonly<Record<string, Pick>>): Pick {
  return { kind: 'object', fields: Object.entries(fields).map(([key, pick]) => ({ key, pick })) };
}

function pickValue(cursor: PickCursor, at: number, pick: Pick, depth: number): number {
  const first = cursor.bytes[at] ?? 0;
  if (first === 0x6e) {
    cursor.value = null;
    return passWord(cursor, at, 'null');
  }
  if (pick.kind === 'shared') return pickShared(cursor, at, pick.pick, depth);
  if (pick.kind === 'scalar') return pickScalar(cursor, at, first, pick.unique);
  if (depth >= maxDepth) return -1;
  if (pick.kind === 'list') return first === 0x5b ? pickList(cursor, at + 1, pick.item, depth + 1) : -1;
  if (first !== 0x7b) return -1;
  return pick.kind === 'labels' ? pickLabels(cursor, at + 1) : pickFields(cursor, at + 1, pick.fields, depth + 1);
}

function pickShared(cursor: PickCursor, start: number, pick: Pick, depth: number): number {
  const { bytes, shared, lines } = cursor;
  const known = findShared(shared, pick, bytes, start, cursor.end);
  if (known !== null) {
    cursor.value = known.value;
    cursor.lines += known.lines;
    if (known.lines > 0) cursor.lineStart = start + known.lineStart;
    return start + known.bytes.length;
  }
  const { slot } = shared;
  const end = pickValue(cursor, start, pick, depth);
  if (end === -1 || slot === -1 || cursor.needsCheck) return end;
  const more = cursor.lines - lines;
  const lineStart = more > 0 ? cursor.lineStart - start : -1;
  keepShared(shared, slot, { pick, bytes: bytes.slice(start, end), value: cursor.value, lines: more, lineStart });
  return end;
}

function pickScalar(cursor: PickCursor, at: number, first: number, unique: boolean): number {
  const { bytes } = cursor;
  if (first === 0x22) {
    const end = passPlain(cursor, at + 1);
    if (end === -1) return -1;
    cursor.value = unique ? plainText(bytes, at + 1, end) : pooledText(cursor.pool, bytes, at + 1, end);
    return end + 1;
  }
  if (first === 0x74 || first === 0x66) {
    cursor.value = first === 0x74;
    return passWord(cursor, at, first === 0x74 ? 'true' : 'false');
  }
  const end = passNumber(cursor, at);
  if (end !== -1) cursor.value = Number(plainText(bytes, at, end));
  return end;
}

function pickList(cursor: PickCursor, start: number, item: Pick, depth: number): number {
  let items: unknown[] | null = null;
  let at = passBlanks(cursor, start);
  if (cursor.bytes[at] !== 0x5d) {
    for (;;) {
      at = pickValue(cursor, at, item, depth);
      if (at === -1) return -1;
      // A list that begins with its first item is no larger than it must be.
      if (items === null) items = [cursor.value];
      else items.push(cursor.value);
      at = passBlanks(cursor, at);
      if (cursor.bytes[at] !== 0x2c) break;
      at = passBlanks(cursor, at + 1);
    }
  }
  cursor.value = items ?? [];
  return cursor.bytes[at] === 0x5d ? at + 1 : -1;
}

function pickLabels(cursor: PickCursor, start: number): number {
  const labels: Record<string, unknown> = {};
  let at = passBlanks(cursor, start);
  if (cursor.bytes[at] !== 0x7d) {
    for (;;) {
      const keyStart = at + 1;
      const keyEnd = passKey(cursor, at);
      if (keyEnd === -1) return -1;
      const key = pooledText(cursor.pool, cursor.bytes, keyStart, keyEnd);
      at = passColon(cursor, keyEnd + 1);
      if (at === -1 || key === '__proto__') return -1;
      at = pickScalar(cursor, at, cursor.bytes[at] ?? 0, false);
      if (at === -1 || typeof cursor.value !== 'string') return -1;
      labels[key] = cursor.value;
      at = passBlanks(cursor, at);
      if (cursor.bytes[at] !== 0x2c) break;
      at = passBlanks(cursor, at + 1);
    }
  }
  cursor.value = labels;
  return cursor.bytes[at] === 0x7d ? at + 1 : -1;
}

function pickFields(cursor: PickCursor, start: number, table: FieldTable, depth: number): number {
  const { bytes } = cursor;
  const fields: Record<string, unknown> = {};
  let expected = 0;
  let at = passBlanks(cursor, start);
  if (bytes[at] !== 0x7d) {
    for (;;) {
      const keyEnd = passKey(cursor, at);
      if (keyEnd === -1) return -1;
      const index = fieldAt(table, expected, bytes, at + 1, keyEnd);
      at = passColon(cursor, keyEnd + 1);
      if (at === -1) return -1;
      const field = table[index];
      if (field === undefined) at = passValue(cursor, at, depth);
      else {
        at = pickValue(cursor, at, field.pick, depth);
        fields[field.key] = cursor.value;
        expected = index + 1;
      }
      if (at === -1) return -1;
      at = passBlanks(cursor, at);
      if (bytes[at] !== 0x2c) break;
      at = passBlanks(cursor, at + 1);
    }
  }
  cursor.value = fields;
  return bytes[at] === 0x7d ? at + 1 : -1;
}

/** Which field has the key, searched from the expected one on and around; -1 when none has. */
function fieldAt(table: FieldTable, expected: number, bytes: Uint8Array, start: number, end: number): number {
  for (let index = expected; index < table.length; index++) if (isKey(table[index], bytes, start, end)) return index;
  for (let index = 0; index < expected; index++) if (isKey(table[index], bytes, start, end)) return index;
  return -1;
}

function isKey(field: PickedField | undefined, bytes: Uint8Array, start: number, end: number): boolean {
  if (field?.key.length !== end - start) return false;
  const { key } = field;
  for (let at = 0; at < key.length; at++) if (key.charCodeAt(at) !== bytes[start + at]) return false;
  return true;
}
