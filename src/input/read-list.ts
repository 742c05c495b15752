// A list in a JSON file: `{"kind":"List","items":[…]}`, with the fields in any order.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { parseJson } from '../parse/json.ts';
import { entryOf, type MappingEntry, type MappingNode } from '../parse/node.ts';
import type { Source } from '../source/source.ts';
import { nextByte } from './byte-feed.ts';
import { collectNode } from './collect-node.ts';
import type { ItemTarget } from './collect-item.ts';
import { addCollection, createCollection, type Collection } from './collection.ts';
import { faultHere, here, notUtf8, passValue, takePiece, type JsonReader, type Start } from './json-reader.ts';
import { treatmentOf, type ObjectType } from './object-type.ts';
import { readItems } from './read-items.ts';

/**
 * Reads the rest of an object that began at `start` and has come to the bracket of its `items`.
 *
 * kubectl writes `kind` behind `items`: what the items are worth is known at the end only. Until then they are collected
 * apart, and those without a type of their own wait.
 */
export async function readList(reader: JsonReader, start: Start, to: Collection): Promise<Diagnostic | null> {
  const head = readHead(reader, start);
  if (head.kind !== 'mapping') return head.fault;
  const early = listOf(head);
  const target: ItemTarget = {
    to: createCollection(),
    inherited: early?.items ?? null,
    pending: early === null ? [] : null,
  };
  const fault = await readItems(reader, target);
  if (fault !== null) return fault;
  const tail = await readTail(reader);
  if (tail.kind !== 'mapping') return tail.fault;
  const twice = duplicateKey(head, tail);
  if (twice !== null) return twice;
  const whole: MappingNode = { ...head, entries: [...head.entries, ...tail.entries] };
  const list = listOf(whole);
  if (list === null) collectNode(to, whole, reader.context);
  else addItems(to, target, list.items, reader);
  return null;
}

interface Fault {
  readonly kind: 'fault';
  readonly fault: Diagnostic;
}

/** What stands before the items, read as an object with none. */
function readHead(reader: JsonReader, start: Start): MappingNode | Fault {
  const { feed } = reader;
  const end = feed.base + feed.at;
  const source = takePiece(reader, start, end);
  if (source === null) return { kind: 'fault', fault: notUtf8(reader, start, end) };
  return parseMembers({ ...source, text: `${source.text}[]}` });
}

/** What stands behind the items. Its comma becomes the opening bracket: every place stays where it is. */
async function readTail(reader: JsonReader): Promise<MappingNode | Fault> {
  const { feed } = reader;
  const byte = await nextByte(feed, () => feed.at);
  const start = here(feed);
  if (byte === 0x7d) {
    feed.at++;
    return parseMembers({ name: reader.context.name, text: '{}', line: start.line, column: start.column });
  }
  if (byte !== 0x2c) return { kind: 'fault', fault: faultHere(reader, 'expected `,` or `}`') };
  await passValue(reader, start, 1);
  const end = feed.base + feed.at;
  const source = takePiece(reader, start, end);
  if (source === null) return { kind: 'fault', fault: notUtf8(reader, start, end) };
  const members = parseMembers({ ...source, text: `{${source.text.slice(1)}` });
  if (members.kind === 'fault' || members.entries.length > 0) return members;
  feed.at--;
  return { kind: 'fault', fault: faultHere(reader, 'expected a key in double quotes') };
}

function parseMembers(source: Source): MappingNode | Fault {
  const { value, diagnostics } = parseJson(source);
  const [fault] = diagnostics;
  if (fault !== undefined) return { kind: 'fault', fault };
  if (value?.kind === 'mapping') return value;
  const span = { source, start: 0, end: 1 };
  return { kind: 'fault', fault: diagnose('NP1007', { language: 'JSON', problem: 'expected `}`' }, span) };
}

/** Null when the object is no list, or does not say yet. */
function listOf(mapping: MappingNode): { readonly items: ObjectType | null } | null {
  const apiVersion = stringOf(entryOf(mapping, 'apiVersion'));
  const kind = stringOf(entryOf(mapping, 'kind'));
  if (apiVersion === null || kind === null) return null;
  const treatment = treatmentOf({ apiVersion, kind }, true);
  return treatment.kind === 'list' ? treatment : null;
}

function stringOf(entry: MappingEntry | null): string | null {
  return entry?.value.kind === 'scalar' && typeof entry.value.value === 'string' ? entry.value.value : null;
}

function addItems(to: Collection, target: ItemTarget, inherited: ObjectType | null, { context }: JsonReader): void {
  addCollection(to, target.to);
  for (const source of target.pending ?? []) {
    const { value, diagnostics } = parseJson(source);
    to.problems.addAll(diagnostics);
    if (value !== null) collectNode(to, value, context, inherited);
  }
}

function duplicateKey(head: MappingNode, tail: MappingNode): Diagnostic | null {
  for (const { key, keySpan } of tail.entries) {
    const first = entryOf(head, key);
    if (first === null) continue;
    const notes = [{ message: `\`${key}\` is given here first`, span: first.keySpan }];
    return diagnose('NP1008', { key }, keySpan, { notes });
  }
  return null;
}
