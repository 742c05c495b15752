// Reads fields of a node by name and shape. Wrong shapes read as absent: check-fields.ts has reported them.
import { entryOf, isNull, type MappingEntry, type SourceNode } from '../parse/node.ts';
import type { Field } from './network-policy.ts';

/** A node and the path that led to it. */
export interface Located {
  readonly node: SourceNode;
  readonly path: string;
}

/** The field of an object; null when it is absent or null (S-106), or the holder is no object. */
export function fieldOf(holder: Located | null, key: string): Located | null {
  if (holder?.node.kind !== 'mapping') return null;
  const value = entryOf(holder.node, key)?.value;
  if (value === undefined || isNull(value)) return null;
  return { node: value, path: holder.path === '' ? key : `${holder.path}.${key}` };
}

/** The items of a list field, null items included; null when the field is absent. */
export function itemsOf(list: Located | null): readonly Located[] | null {
  if (list?.node.kind !== 'sequence') return null;
  return list.node.items.map((node, index) => ({ node, path: `${list.path}[${index}]` }));
}

/** The entries of a mapping field; none when it is absent. */
export function entriesOf(map: Located | null): readonly MappingEntry[] {
  return map?.node.kind === 'mapping' ? map.node.entries : [];
}

export function stringOf(located: Located | null): string | null {
  return located?.node.kind === 'scalar' && typeof located.node.value === 'string' ? located.node.value : null;
}

export function numberOf(located: Located | null): number | null {
  return located?.node.kind === 'scalar' && typeof located.node.value === 'number' ? located.node.value : null;
}

/** Path and place, for origins. */
export function originOf(located: Located): Field {
  return { path: located.path, span: located.node.span };
}
