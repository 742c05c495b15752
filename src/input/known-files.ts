// Files that two revisions have in common: what one of them became serves for the other, under the other's name.
import type { Source } from '../source/source.ts';
import type { Collection } from './collection.ts';

/** What files became that were read before, by their text and by what else their meaning depends on. */
export type KnownFiles = Map<string, Collection>;

/** The key of a file: its text, and what is asked of it. */
export function fileKey(text: string, role: string, policiesCount: boolean): string {
  return `${role} ${policiesCount} ${text}`;
}

/**
 * The same collection as if a file of that name had been read. Its objects are new where they hold places; labels and the
 * like stay shared. Cost: the size of the objects, a small part of reading them.
 */
export function underName(collection: Collection, name: string): Collection {
  const sources = new Map<Source, Source>();
  const renamed = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || value instanceof Map) return value;
    if (Array.isArray(value)) return value.map(renamed);
    if (isSource(value)) return renamedSource(value, name, sources);
    const fields = Object.entries(value).map(([key, field]) => [key, renamed(field)] as const);
    return Object.fromEntries(fields);
  };
  const { skippedByKind, problems, objects, ...lists } = collection;
  return { ...(renamed(lists) as typeof lists), skippedByKind, problems, objects };
}

function isSource(value: object): value is Source {
  return 'text' in value && 'name' in value && 'line' in value && 'column' in value;
}

function renamedSource(source: Source, name: string, known: Map<Source, Source>): Source {
  const before = known.get(source);
  if (before !== undefined) return before;
  const made = { ...source, name };
  known.set(source, made);
  return made;
}
