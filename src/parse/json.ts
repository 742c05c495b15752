// JSON → nodes with a place for every value. Strict: RFC 8259, no duplicate keys. Fast: it reads policies of a snapshot.
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Source } from '../source/source.ts';
import { maxDepth } from './limits.ts';
import type { MappingEntry, ScalarNode, SourceNode } from './node.ts';
import { checkText } from './text.ts';

/** Parses one JSON value that fills the whole text. The first problem ends it. O(length). */
export function parseJson(source: Source): Outcome<SourceNode> {
  const text = source.text ?? '';
  const badText = checkText(source, text);
  if (badText.length > 0) return { value: null, diagnostics: badText };
  // A byte-order mark at the beginning says nothing that UTF-8 does not say already (RFC 8259, section 8.1).
  const reader: Reader = { source, text, at: text.startsWith('\ufeff') ? 1 : 0, problem: null };
  const value = readValue(reader, 0);
  skipSpace(reader);
  if (reader.problem === null && reader.at < text.length) fail(reader, 'nothing may follow the value');
  return reader.problem === null ? { value, diagnostics: [] } : { value: null, diagnostics: [reader.problem] };
}

/** A cursor over the text. Once `problem` is set every step returns at once. */
interface Reader {
  readonly source: Source;
  readonly text: string;
  at: number;
  problem: Diagnostic | null;
}

function readValue(reader: Reader, depth: number): SourceNode {
  skipSpace(reader);
  if (depth > maxDepth && reader.problem === null) {
    reader.problem = diagnose(
      'NP1011',
      { limit: maxDepth },
      { source: reader.source, start: reader.at, end: reader.at + 1 },
    );
  }
  if (reader.problem !== null) return scalar(reader, null, reader.at);
  const start = reader.at;
  switch (reader.text.charCodeAt(start)) {
    case 0x7b: // {
      return readObject(reader, depth);
    case 0x5b: // [
      return readArray(reader, depth);
    case 0x22: // "
      return scalar(reader, readString(reader), start);
    default:
      return readWord(reader);
  }
}

function readObject(reader: Reader, depth: number): SourceNode {
  const start = reader.at++;
  const entries: MappingEntry[] = [];
  while (!closes(reader, '}', entries.length)) {
    const keyStart = reader.at;
    if (reader.text[keyStart] !== '"') return fail(reader, 'expected a key in double quotes');
    const key = readString(reader);
    const keySpan = { source: reader.source, start: keyStart, end: reader.at };
    skipSpace(reader);
    if (reader.text[reader.at] !== ':') return fail(reader, 'expected `:` after the key');
    reader.at++;
    const value = readValue(reader, depth + 1);
    entries.push({ key, keySpan, keyProblem: null, value });
  }
  reader.problem ??= duplicateKey(entries);
  return { kind: 'mapping', entries, span: { source: reader.source, start, end: reader.at } };
}

/** The first key that is given a second time. O(keys). */
function duplicateKey(entries: readonly MappingEntry[]): Diagnostic | null {
  if (entries.length < 2) return null;
  const firstByKey = new Map<string, MappingEntry>();
  for (const entry of entries) {
    const { key, keySpan } = entry;
    const first = firstByKey.get(key);
    if (first !== undefined) {
      const notes = [{ message: `\`${key}\` is given here first`, span: first.keySpan }];
      return diagnose('NP1008', { key }, keySpan, { notes });
    }
    firstByKey.set(key, entry);
  }
  return null;
}

function readArray(reader: Reader, depth: number): SourceNode {
  const start = reader.at++;
  const items: SourceNode[] = [];
  while (!closes(reader, ']', items.length)) items.push(readValue(reader, depth + 1));
  return { kind: 'sequence', items, span: { source: reader.source, start, end: reader.at } };
}

/** Steps over the bracket that ends a collection, or the comma before its next member. True at the end or on a problem. */
function closes(reader: Reader, bracket: string, count: number): boolean {
  if (reader.problem !== null) return true;
  skipSpace(reader);
  if (reader.text[reader.at] === bracket) {
    reader.at++;
    return true;
  }
  if (count > 0) {
    if (reader.text[reader.at] !== ',') {
      fail(reader, `expected \`,\` or \`${bracket}\``);
      return true;
    }
    reader.at++;
    skipSpace(reader);
  }
  return false;
}

/** The string at the opening quote; its escapes are undone by JSON.parse. */
function readString(reader: Reader): string {
  const { text } = reader;
  const start = reader.at;
  let end = start + 1;
  let escaped = false;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 0x22) break;
    if (code === 0x5c) {
      escaped = true;
      end++;
    } else if (code < 0x20) break;
  }
  if (text.charCodeAt(end) !== 0x22) {
    reader.at = Math.min(end, text.length);
    const isTab = text.charCodeAt(end) === 0x09;
    fail(reader, isTab ? 'a tab in a string is written `\\t`' : 'the string does not end on its line');
    return '';
  }
  reader.at = end + 1;
  return escaped ? unescape(reader, text.slice(start, end + 1), start) : text.slice(start + 1, end);
}

function unescape(reader: Reader, quoted: string, start: number): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    reader.at = start;
    fail(reader, 'the string holds an escape that JSON does not know');
    return '';
  }
}

const word = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;

function readWord(reader: Reader): ScalarNode {
  const start = reader.at;
  word.lastIndex = start;
  const text = word.exec(reader.text)?.[0];
  if (text === undefined)
    return fail(reader, start < reader.text.length ? 'expected a value' : 'the text ends too early');
  reader.at = start + text.length;
  if (text === 'null') return scalar(reader, null, start);
  return scalar(reader, text === 'true' ? true : text === 'false' ? false : Number(text), start);
}

function skipSpace(reader: Reader): void {
  for (;;) {
    const code = reader.text.charCodeAt(reader.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    reader.at++;
  }
}

function scalar(reader: Reader, value: ScalarNode['value'], start: number): ScalarNode {
  return { kind: 'scalar', value, span: { source: reader.source, start, end: reader.at }, ambiguity: null };
}

function fail(reader: Reader, problem: string): ScalarNode {
  const span = { source: reader.source, start: reader.at, end: Math.min(reader.at + 1, reader.text.length) };
  const cutOff = { hint: 'the text is cut off here, or a bracket is not closed' };
  reader.problem ??= diagnose('NP1007', { language: 'JSON', problem }, span, span.start < span.end ? {} : cutOff);
  return scalar(reader, null, reader.at);
}
