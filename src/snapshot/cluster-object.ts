// One object of a snapshot on its way to a typed one: plain values, and the means to say where one of them stands.
import type { DiagnosticList } from '../diagnostics/diagnostic-list.ts';
import { entryOf, type MappingEntry, type SourceNode } from '../parse/node.ts';
import type { Source, Span } from '../source/source.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface ClusterObject {
  /** As JSON.parse gives it, or `toPlain`. */
  readonly fields: Fields;
  /** The object's place; its text is not kept. */
  readonly source: Source;
  /** The same object with a place for every value; null when there is none to be had. Asked for when something is wrong. */
  readonly tree: () => SourceNode | null;
  readonly problems: DiagnosticList;
}

/** A mapping inside an object, and the way to it. */
export interface Part {
  readonly object: ClusterObject;
  readonly fields: Fields;
  readonly holder: Part | null;
  /** The field of `holder` that leads here. */
  readonly key: string;
  /** The item of that field, or -1 when the field itself is meant. */
  readonly index: number;
}

/** A field of a part, or one item of a list field. */
export interface Place {
  readonly part: Part;
  readonly key: string;
  readonly index: number;
}

/** The whole object as a part. */
export function wholeObject(object: ClusterObject): Part {
  return { object, fields: object.fields, holder: null, key: '', index: -1 };
}

/** The path of a place as kubectl writes it: `spec.containers[0].ports`. */
export function pathOf({ part, key, index }: Place): string {
  const name = index === -1 ? key : `${key}[${index}]`;
  return part.holder === null ? name : `${pathOf({ ...part, part: part.holder })}.${name}`;
}

/** Where a place stands; the nearest thing around it when it is absent. O(size of the object). */
export function spanOf(place: Place): Span {
  return nodeOf(place)?.span ?? { source: place.part.object.source, start: 0, end: 0 };
}

/** The node at a place; when it is absent, the node of what should hold it. */
export function nodeOf(place: Place): SourceNode | null {
  const field = entryAt(place)?.value;
  if (field === undefined) return nodeOfPart(place.part);
  return field.kind === 'sequence' ? (field.items[place.index] ?? field) : field;
}

/** The entry of a mapping that holds a place, or null when it is absent. */
export function entryAt({ part, key }: Place): MappingEntry | null {
  const holder = nodeOfPart(part);
  return holder?.kind === 'mapping' ? entryOf(holder, key) : null;
}

function nodeOfPart(part: Part): SourceNode | null {
  return part.holder === null ? part.object.tree() : nodeOf({ ...part, part: part.holder });
}
