// Pieces of a JSON file as text with their place, and what is said where the text is broken.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { parseJson } from '../parse/json.ts';
import type { Source } from '../source/source.ts';
import { refill, type ByteFeed } from './byte-feed.ts';
import type { InputContext } from './input-context.ts';
import { createPickCursor, type PickCursor } from './pick-json.ts';
import { scanValue, startScan } from './scan-value.ts';
import { decodeUtf8, findBadByte } from './utf8.ts';

/** Bytes of one object. The API takes none above about 1.5 MiB. */
export const maxObjectBytes = 16 * 1024 * 1024;

/** Reads one file. */
export interface JsonReader {
  readonly feed: ByteFeed;
  readonly context: InputContext;
  readonly picker: PickCursor;
  /** On `line`, columns count `extra` fewer UTF-16 units than bytes: what the pieces so far had of other than ASCII. */
  readonly skew: { line: number; extra: number };
}

/** Where a piece begins. */
export interface Start {
  /** In bytes, in the file. */
  readonly offset: number;
  readonly line: number;
  /** 1-based, in bytes. */
  readonly column: number;
}

export function createReader(feed: ByteFeed, context: InputContext): JsonReader {
  return { feed, context, picker: createPickCursor(), skew: { line: 0, extra: 0 } };
}

/** The place of the next byte. */
export function here({ at, base, line, lineStart }: ByteFeed): Start {
  return { offset: base + at, line, column: base + at - lineStart + 1 };
}

/** The place of a piece, its text left out. Pieces are placed in the order of the file, each before it is taken. */
export function placeOf({ context, skew }: JsonReader, start: Start): Source {
  const column = start.line === skew.line ? start.column - skew.extra : start.column;
  return { name: context.name, text: null, line: start.line, column };
}

/** Takes the text from `start` to byte `end` of the file. Every piece is taken once; null when it is not UTF-8. */
export function takePiece(reader: JsonReader, start: Start, end: number): (Source & { text: string }) | null {
  const place = placeOf(reader, start);
  const bytes = bytesOf(reader, start, end);
  const text = decodeUtf8(bytes);
  if (text === null) return null;
  if (text.length !== bytes.length) noteSkew(reader, start, text, bytes.length);
  return { ...place, text };
}

export function bytesOf({ feed }: JsonReader, start: Start, end: number): Uint8Array {
  return feed.bytes.subarray(start.offset - feed.base, end - feed.base);
}

/** What to say about a piece that is not UTF-8. */
export function notUtf8(reader: JsonReader, start: Start, end: number): Diagnostic {
  const bytes = bytesOf(reader, start, end);
  const bad = findBadByte(bytes);
  const before = new TextDecoder().decode(bytes.subarray(0, bad));
  const source = { ...placeOf(reader, start), text: `${before}\ufffd` };
  return diagnose(
    'NP1005',
    { found: describeByte(bytes[bad]) },
    { source, start: before.length, end: before.length + 1 },
  );
}

function describeByte(byte: number | undefined): string {
  return `byte 0x${(byte ?? 0).toString(16).toUpperCase().padStart(2, '0')} cannot stand here`;
}

/** Steps over the value at the next byte, keeping what began at `start`. False when it does not end within bounds. */
export async function passValue({ feed }: JsonReader, start: Start, depth = 0): Promise<boolean> {
  const scan = startScan(feed.bytes[feed.at] ?? 0, depth);
  while (!scanValue(feed, scan)) {
    if (feed.base + feed.end - start.offset > maxObjectBytes) return false;
    if (!(await refill(feed, start.offset - feed.base))) return false;
  }
  return true;
}

/** The first fault in a piece that begins at `start` and is broken at the next byte, or ends too early there. */
export function faultIn(reader: JsonReader, start: Start): Diagnostic {
  const { feed } = reader;
  const end = Math.min(feed.base + feed.at + 1, feed.base + feed.end);
  const source = takePiece(reader, start, end);
  if (source === null) return notUtf8(reader, start, end);
  const [fault] = parseJson(source).diagnostics;
  const tooLarge = end - start.offset > maxObjectBytes;
  const atEnd = fault === undefined || (fault.span?.start ?? 0) >= source.text.length - 1;
  if (!tooLarge || !atEnd) return fault ?? faultHere(reader, 'expected a value');
  return diagnose('NP1019', { limit: `${maxObjectBytes / 1024 / 1024} MiB` }, { source, start: 0, end: 1 });
}

/** A fault at the next byte, outside of every piece. */
export function faultHere(reader: JsonReader, problem: string): Diagnostic {
  const { feed } = reader;
  const text = new TextDecoder().decode(feed.bytes.subarray(feed.at, Math.min(feed.end, feed.at + 80)));
  const source = { ...placeOf(reader, here(feed)), text };
  const sentence = text === '' ? 'the text ends too early' : problem;
  return diagnose(
    'NP1007',
    { language: 'JSON', problem: sentence },
    { source, start: 0, end: Math.min(1, text.length) },
  );
}

function noteSkew({ skew }: JsonReader, start: Start, text: string, byteLength: number): void {
  const lastLine = text.lastIndexOf('\n') + 1;
  if (lastLine === 0) {
    skew.extra = byteLength - text.length + (skew.line === start.line ? skew.extra : 0);
    skew.line = start.line;
    return;
  }
  const rest = text.slice(lastLine);
  skew.extra = new TextEncoder().encode(rest).length - rest.length;
  skew.line = start.line;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) skew.line++;
}
