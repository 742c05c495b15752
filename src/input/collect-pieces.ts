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
  /** Byte of the file behind it; 0 as long as it is not known. */
  end: number;
}

export interface PieceTarget {
  readonly to: Collection;
  /** The type of items that do not state theirs. */
  readonly inherited: ObjectType | null;
  /** Items without a type, as long as it is not known what list they are in. Null when it is known. */
  readonly pending: Source[] | null;
}

/** At the beginning of a file everything is parsed strictly, duplicate keys and all: what people write is not larger. */
const strictBytes = 256 * 1024;

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
      batch === null ? collectWhole(reader, piece, target) : collectValue(reader, piece, batch.values[index], target);
    if (fault !== null) return fault;
    // Whoever takes a piece that is not ASCII moves the columns behind it.
    if (batch !== null && !batch.ascii) takePiece(reader, piece, piece.end);
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
function collectValue(reader: JsonReader, piece: Piece, value: unknown, target: PieceTarget): Diagnostic | null {
  const place = placeOf(reader, piece);
  if (isFields(value) && collectFields(reader, { piece, place, fields: value }, target)) return null;
  return collectSource(sourceOf(reader, piece, place), reader.context, target);
}

interface ParsedPiece {
  readonly piece: Piece;
  readonly place: Source;
  readonly fields: Fields;
}

/** False when the object has to be looked at closely: policies, lists, and what is wrong. */
function collectFields(reader: JsonReader, { piece, place, fields }: ParsedPiece, target: PieceTarget): boolean {
  const { to, inherited } = target;
  const apiVersion = fields['apiVersion'] ?? inherited?.apiVersion;
  const kind = fields['kind'] ?? inherited?.kind;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return false;
  const treatment = treatmentOf({ apiVersion, kind }, Object.hasOwn(fields, 'items'));
  if (treatment.kind === 'cluster') {
    const tree = (): SourceNode | null => parseJson(sourceOf(reader, piece, place)).value;
    collectClusterObject(to, treatment.type, { fields, source: place, tree, problems: to.problems }, reader.context);
  } else if (treatment.kind === 'skip') countSkipped(to, `${apiVersion}/${kind}`);
  else if (treatment.kind !== 'policy' || reader.context.policiesCount) return false;
  to.objects++;
  return true;
}

/** The piece with its text. Good until more bytes come. */
function sourceOf(reader: JsonReader, piece: Piece, place: Source): Source {
  return { ...place, text: decodeUtf8(bytesOf(reader, piece, piece.end)) };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
