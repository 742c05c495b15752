// Items of a JSON list, as bytes, → typed objects. The way of large snapshots: JSON.parse, and places only where needed.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { parseJson } from '../parse/json.ts';
import { entryOf, type MappingNode, type SourceNode } from '../parse/node.ts';
import type { Fields } from '../snapshot/cluster-object.ts';
import type { Source } from '../source/source.ts';
import { collectClusterObject } from './collect-cluster-object.ts';
import { collectNode } from './collect-node.ts';
import { countSkipped, type Collection } from './collection.ts';
import { bytesOf, notUtf8, placeOf, takePiece, type JsonReader, type Start } from './json-reader.ts';
import type { InputContext } from './input-context.ts';
import { treatmentOf, type ObjectType } from './object-type.ts';
import { decodeUtf8 } from './utf8.ts';

/** One item, blanks around it left out. */
export interface Piece extends Start {
  /** Byte of the file behind it. */
  readonly end: number;
}

export interface PieceTarget {
  readonly to: Collection;
  /** The type of items that do not state theirs. */
  readonly inherited: ObjectType | null;
  /** Items without a type, as long as it is not known what list they are in. Null when it is known. */
  readonly pending: Source[] | null;
}

/** In the first MiB of a file everything is parsed strictly: what people write by hand is not larger. */
const strictBytes = 1024 * 1024;

/** Collects items that stand one behind the other, commas and blanks between them. Null, or the first fault. */
export function collectPieces(
  reader: JsonReader,
  pieces: readonly Piece[],
  { target, tooDeep }: { readonly target: PieceTarget; readonly tooDeep: boolean },
): Diagnostic | null {
  const [first] = pieces;
  const end = pieces.at(-1)?.end;
  if (first === undefined || end === undefined) return null;
  const batch = tooDeep || first.offset < strictBytes ? null : parseBatch(bytesOf(reader, first, end), pieces.length);
  for (const [index, piece] of pieces.entries()) {
    const fault =
      batch === null
        ? collectWhole(reader, piece, target)
        : collectValue(reader, piece, { value: batch.values[index], ascii: batch.ascii }, target);
    if (fault !== null) return fault;
  }
  return null;
}

interface Batch {
  readonly values: readonly unknown[];
  /** Columns in bytes are columns in UTF-16 units. */
  readonly ascii: boolean;
}

/** What no JSON parser stops at and `checkText` does: DEL, and characters that change the direction of text. */
const unseen = /[\u007f\u202a-\u202e\u2066-\u2069]/;

/** Null when something in it wants a closer look. */
function parseBatch(bytes: Uint8Array, count: number): Batch | null {
  const text = decodeUtf8(bytes);
  if (text === null) return null;
  const ascii = text.length === bytes.length;
  if (ascii ? text.includes('\u007f') : unseen.test(text)) return null;
  try {
    const values = JSON.parse(`[${text}]`) as readonly unknown[];
    return values.length === count ? { values, ascii } : null;
  } catch {
    return null;
  }
}

function collectWhole(reader: JsonReader, piece: Piece, target: PieceTarget): Diagnostic | null {
  const source = takePiece(reader, piece, piece.end);
  return source === null ? notUtf8(reader, piece, piece.end) : collectSource(source, reader.context, target);
}

function collectSource(source: Source, context: InputContext, target: PieceTarget): Diagnostic | null {
  const { value, diagnostics } = parseJson(source);
  const [fault] = diagnostics;
  if (fault !== undefined || value === null) return fault ?? null;
  const waits = target.pending !== null && value.kind === 'mapping' && !isTyped(value);
  if (waits) target.pending.push(source);
  else collectNode(target.to, value, context, target.inherited);
  return null;
}

function isTyped(node: MappingNode): boolean {
  return entryOf(node, 'apiVersion') !== null || entryOf(node, 'kind') !== null;
}

/** Collects an item that JSON.parse has read: at once when nobody needs places, else by the strict way. */
function collectValue(
  reader: JsonReader,
  piece: Piece,
  { value, ascii }: { readonly value: unknown; readonly ascii: boolean },
  target: PieceTarget,
): Diagnostic | null {
  const place = ascii
    ? placeOf(reader, piece)
    : { ...placeOf(reader, piece), ...takePiece(reader, piece, piece.end), text: null };
  const source = (): Source => ({ ...place, text: decodeUtf8(bytesOf(reader, piece, piece.end)) });
  const collected = isFields(value) && collectFields(target, value, { place, source, context: reader.context });
  return collected ? null : collectSource(source(), reader.context, target);
}

interface ValueContext {
  readonly place: Source;
  /** With its text. Good until more bytes come. */
  readonly source: () => Source;
  readonly context: InputContext;
}

/** False when the object has to be looked at closely: policies, lists, and what is wrong. */
function collectFields(
  { to, inherited }: PieceTarget,
  fields: Fields,
  { place, source, context }: ValueContext,
): boolean {
  const apiVersion = fields['apiVersion'] ?? inherited?.apiVersion;
  const kind = fields['kind'] ?? inherited?.kind;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return false;
  const key = `${apiVersion}/${kind}`;
  const skipped = to.skippedByKind.has(key) && !kind.endsWith('List');
  const treatment = skipped ? skip : treatmentOf({ apiVersion, kind }, Object.hasOwn(fields, 'items'));
  if (treatment.kind === 'cluster') {
    const object = { fields, source: place, tree: parseOnce(source), problems: to.problems };
    collectClusterObject(to, treatment.type, object, context);
  } else if (treatment.kind === 'skip') countSkipped(to, key);
  else if (treatment.kind !== 'policy' || context.policiesCount) return false;
  to.objects++;
  return true;
}

const skip = { kind: 'skip' } as const;

function parseOnce(source: () => Source): () => SourceNode | null {
  let tree: SourceNode | null | undefined;
  return () => (tree ??= parseJson(source()).value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
