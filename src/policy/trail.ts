// A mapping of a policy and the mappings around it: what hints about misplaced fields look at.
import { entryOf, isNull, type MappingEntry, type MappingNode } from '../parse/node.ts';

export interface Trail {
  readonly node: MappingNode;
  /** Path with list positions left out: `spec.ingress[].from[]`; empty for the object itself. */
  readonly place: string;
  readonly up: Trail | null;
}

/** The trail of the object itself when `up` is null, else of a mapping at `path` inside of `up`. */
export function extendTrail(up: Trail | null, node: MappingNode, path: string): Trail {
  return { node, place: path.replace(/\[[0-9]+\]/g, '[]'), up };
}

/** The entry of a field that is given and not null. */
export function givenEntry(node: MappingNode, key: string): MappingEntry | null {
  const entry = entryOf(node, key);
  return entry === null || isNull(entry.value) ? null : entry;
}

/** One step down into `segment` (`spec`, `from[]`): of a list the last item. Null when there is no mapping. */
export function stepDown(trail: Trail, segment: string): Trail | null {
  const entry = givenEntry(trail.node, nameOf(segment));
  const value = entry?.value.kind === 'sequence' ? entry.value.items.at(-1) : entry?.value;
  if (value?.kind !== 'mapping') return null;
  return { node: value, place: trail.place === '' ? segment : `${trail.place}.${segment}`, up: trail };
}

/** `from` of `from[]`. */
export function nameOf(segment: string): string {
  return segment.replace('[]', '');
}

export function segmentsOf(place: string): readonly string[] {
  return place === '' ? [] : place.split('.');
}
