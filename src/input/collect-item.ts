// One object of a JSON file, as bytes, → a typed object. The way of large snapshots: places only where they are needed.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { parseJson } from '../parse/json.ts';
import { entryOf, type MappingNode, type SourceNode } from '../parse/node.ts';
import { checkText } from '../parse/text.ts';
import type { Fields } from '../snapshot/cluster-object.ts';
import type { Source } from '../source/source.ts';
import { clusterFields } from './cluster-fields.ts';
import { collectClusterObject } from './collect-cluster-object.ts';
import { collectNode } from './collect-node.ts';
import { countSkipped, type Collection } from './collection.ts';
import type { InputContext } from './input-context.ts';
import { bytesOf, notUtf8, placeOf, takePiece, type JsonReader, type Start } from './json-reader.ts';
import { treatmentOf, type ObjectType, type Treatment } from './object-type.ts';
import { pickJson } from './pick-json.ts';
import { decodeUtf8 } from './utf8.ts';

export interface ItemTarget {
  readonly to: Collection;
  /** The type of items that do not state theirs. */
  readonly inherited: ObjectType | null;
  /** Items without a type, as long as it is not known what list they are in. Null when it is known. */
  readonly pending: Source[] | null;
}

/** At the beginning of a file everything is parsed strictly, duplicate keys and all: what people write is not larger. */
const strictBytes = 256 * 1024;

/**
 * Collects the object that begins at the next byte if it has come completely, is sound, and nobody has to look closely;
 * then the next byte is the one behind it. False when it has to be found and taken in another way.
 */
export function collectNext(reader: JsonReader, start: Start, target: ItemTarget): boolean {
  const { feed, picker } = reader;
  if (start.offset < strictBytes) return false;
  picker.bytes = feed.bytes;
  picker.end = feed.end;
  const end = pickJson(picker, start.offset - feed.base, clusterFields);
  if (end === -1 || picker.value === null) return false;
  const piece = { start, end: feed.base + end, place: placeOf(reader, start) };
  if (picker.needsCheck && !isCleanText(reader, piece)) return false;
  if (!collectFields(reader, piece, picker.value as Fields, target)) return false;
  if (picker.needsCheck) takePiece(reader, start, piece.end);
  feed.at = end;
  feed.line += picker.lines;
  if (picker.lines > 0) feed.lineStart = feed.base + picker.lineStart;
  return true;
}

/** Collects the object from `start` to the next byte. Null, or the fault in it. */
export function collectItem(reader: JsonReader, start: Start, target: ItemTarget): Diagnostic | null {
  const { feed } = reader;
  const end = feed.at;
  const { line, lineStart } = feed;
  if (collectNext(reader, start, target)) {
    Object.assign(feed, { at: end, line, lineStart });
    return null;
  }
  const source = takePiece(reader, start, feed.base + end);
  return source === null ? notUtf8(reader, start, feed.base + end) : collectStrictly(source, reader.context, target);
}

interface Piece {
  readonly start: Start;
  /** Byte of the file behind it. */
  readonly end: number;
  readonly place: Source;
}

function isCleanText(reader: JsonReader, { start, end, place }: Piece): boolean {
  const text = decodeUtf8(bytesOf(reader, start, end));
  return text !== null && checkText(place, text).length === 0;
}

/** False when the object has to be looked at closely: policies, lists, and what is wrong. */
function collectFields(reader: JsonReader, piece: Piece, fields: Fields, { to, inherited }: ItemTarget): boolean {
  const { context } = reader;
  const apiVersion = fields['apiVersion'] ?? inherited?.apiVersion;
  const kind = fields['kind'] ?? inherited?.kind;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || kind.endsWith('List')) return false;
  const treatment = treatmentOf({ apiVersion, kind }, false);
  if (treatment.kind === 'cluster') {
    const tree = (): SourceNode | null => parseJson(sourceOf(reader, piece)).value;
    collectClusterObject(to, treatment.type, { fields, source: piece.place, tree, problems: to.problems }, context);
  } else if (treatment.kind === 'skip') countSkipped(to, `${apiVersion}/${kind}`);
  else if (!isPolicy(treatment) || context.policiesCount) return false;
  to.objects++;
  return true;
}

/** The piece with its text. Good until more bytes come. */
function sourceOf(reader: JsonReader, { start, end, place }: Piece): Source {
  return { ...place, text: decodeUtf8(bytesOf(reader, start, end)) };
}

function collectStrictly(source: Source, context: InputContext, target: ItemTarget): Diagnostic | null {
  const { value, diagnostics } = parseJson(source);
  const [fault] = diagnostics;
  if (fault !== undefined || value === null) return fault ?? null;
  const waits = target.pending !== null && value.kind === 'mapping' && !isTyped(value);
  if (waits) target.pending.push(source);
  else collectNode(target.to, value, context, target.inherited);
  return null;
}

function isPolicy({ kind }: Treatment): boolean {
  return kind === 'policy' || kind === 'cluster-policy';
}

function isTyped(node: MappingNode): boolean {
  return entryOf(node, 'apiVersion') !== null || entryOf(node, 'kind') !== null;
}
