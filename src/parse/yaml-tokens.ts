// The shapes of YAML tokens that the repair of a layout looks at and makes.
import type { CST } from 'yaml';

/** A field of an object, or an item of a list. */
export type Item = CST.CollectionItem;

/** A plain scalar of several lines: what stands before the last one, and the last one. */
export interface SplitKey {
  readonly text: CST.FlowScalar;
  readonly name: CST.FlowScalar;
}

/** Null when the scalar has one line. */
export function splitKey(key: CST.FlowScalar): SplitKey | null {
  const last = key.source.lastIndexOf('\n') + 1;
  if (last === 0) return null;
  const name = key.source.slice(last).trim();
  const offset = key.offset + last + key.source.slice(last).indexOf(name);
  return { text: asText(key, key.source.slice(0, last).trim()), name: { ...asText(key, name), offset } };
}

/** A plain scalar in the place of another. */
export function asText({ offset, indent }: CST.FlowScalar, source: string): CST.FlowScalar {
  return { type: 'scalar', offset, indent, source };
}

/** Whether there is a `:` behind the key. */
export function isField({ sep }: Item): boolean {
  return sep?.some(({ type }) => type === 'map-value-ind') === true;
}

/** Whether there is a `-` before the value. */
export function isListItem({ start }: Item): boolean {
  return start.some(({ type }) => type === 'seq-item-ind');
}

/** The item, as if its name stood at `indent`. */
export function asField(item: Item, indent: number): Item {
  return item.key && 'indent' in item.key ? { ...item, key: { ...item.key, indent } } : item;
}

/** A field in a column of its own takes fields in the same column for its value: they are its neighbours. */
export function siblingsOf(item: Item, indent: number): readonly Item[] {
  const { value } = item;
  if (value?.type !== 'block-map' || value.indent !== indent) return [item];
  delete item.value;
  return [item, ...value.items.flatMap((each) => siblingsOf(each, indent))];
}

/** The last field inside of an item, and the object that holds it; the item itself when nothing is inside. */
export function innermost(item: Item): { readonly open: Item; readonly owner: CST.BlockMap | null } {
  let open = item;
  let owner: CST.BlockMap | null = null;
  for (;;) {
    const value = open.value?.type === 'block-seq' ? open.value.items.at(-1)?.value : open.value;
    const last = value?.type === 'block-map' ? value.items.at(-1) : undefined;
    if (value?.type !== 'block-map' || last === undefined) return { open, owner };
    owner = value;
    open = last;
  }
}

/** The last list inside of an item, the outermost first. */
export function listInside(item: Item): CST.BlockSequence | null {
  for (let { value } = item; value !== undefined;) {
    if (value.type === 'block-seq') return value;
    if (value.type !== 'block-map') return null;
    value = value.items.at(-1)?.value;
  }
  return null;
}
