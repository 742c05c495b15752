// Which known field an unknown one was most likely meant to be, computed from the schema. Source: S-830.
import { nearest } from '../diagnostics/nearest.ts';
import type { MappingEntry, SourceNode } from '../parse/node.ts';
import type { ObjectSchema, Schema } from './schema.ts';
import { entryOf } from '../parse/node.ts';
import { nameOf, segmentsOf, type Trail } from './trail.ts';

/** A field of the schema: the place of the object that has it, and its name. */
export interface KnownField {
  readonly place: string;
  readonly key: string;
  readonly schema: Schema;
}

/** The field of the same object with a name so near that it must be a slip, and that takes such a value. */
export function similarField(holder: ObjectSchema, entry: MappingEntry): string | null {
  const fitting = Object.keys(holder.fields).filter((key) => fits(holder.fields[key], entry.value));
  return nearest(entry.key, fitting);
}

/** The nearest object that has a field of this name: of equally near ones the one that the input has. */
export function misplacedField(root: Schema, trail: Trail, entry: MappingEntry): KnownField | null {
  const named = fieldsOf(root).filter((field) => field.key === entry.key);
  const fitting = named.filter((field) => fits(field.schema, entry.value));
  const ranked = (fitting.length > 0 ? fitting : named).map((field) => ({ field, cost: distance(trail, field.place) }));
  return ranked.sort((a, b) => a.cost - b.cost)[0]?.field ?? null;
}

/** How many leading segments two places share. */
export function sharedSegments(a: string, b: string): number {
  const [first, second] = [segmentsOf(a), segmentsOf(b)];
  const differs = first.findIndex((segment, index) => segment !== second[index]);
  return differs === -1 ? first.length : differs;
}

/** Steps up and down between two objects; downwards counts less, and least where the input already has the way. */
function distance(trail: Trail, place: string): number {
  const shared = sharedSegments(trail.place, place);
  const down = segmentsOf(place).slice(shared);
  const up = segmentsOf(trail.place).length - shared;
  const given = up === 0 && down[0] !== undefined && entryOf(trail.node, nameOf(down[0])) !== null;
  return up + down.length * 0.9 - (given ? 0.5 : 0);
}

function fits(schema: Schema | undefined, { kind }: SourceNode): boolean {
  if (schema === undefined || schema.kind === 'opaque') return true;
  if (schema.kind === 'object' || schema.kind === 'labels') return kind === 'mapping';
  return kind === (schema.kind === 'list' ? 'sequence' : 'scalar');
}

const fieldsByRoot = new WeakMap<Schema, readonly KnownField[]>();

/** Every field of a schema, outermost first. Worked out once per schema. */
function fieldsOf(root: Schema): readonly KnownField[] {
  const known = fieldsByRoot.get(root) ?? listFields(root, '');
  fieldsByRoot.set(root, known);
  return known;
}

function listFields(schema: Schema, place: string): readonly KnownField[] {
  if (schema.kind === 'list') return listFields(schema.item, `${place}[]`);
  if (schema.kind !== 'object') return [];
  const fields = Object.entries(schema.fields);
  const inner = fields.flatMap(([key, field]) => listFields(field, place === '' ? key : `${place}.${key}`));
  return [...fields.map(([key, field]) => ({ place, key, schema: field })), ...inner];
}
