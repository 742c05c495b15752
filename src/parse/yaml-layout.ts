// Finds YAML fields and list items in columns where nothing can stand, says so in words that name the indentation, and
// moves them to where they were most likely meant, so that what else is wrong can be told at once.
import type { CST } from 'yaml';
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { positionOf, type Source, type Span } from '../source/source.ts';

/** Changes a document's token, whose nesting must be bounded. Whatever is moved or left out is reported as an error. */
export function repairLayout(source: Source, document: CST.Token): readonly Diagnostic[] {
  const layout: Layout = { source, problems: [] };
  repair(layout, document);
  return layout.problems;
}

interface Layout {
  readonly source: Source;
  readonly problems: Diagnostic[];
}

type Item = CST.CollectionItem;

function repair(layout: Layout, token: CST.Token | null | undefined): void {
  if (token?.type === 'document') repair(layout, token.value);
  if (token?.type === 'block-map') token.items = repairItems(layout, token);
  if (token?.type === 'block-seq') for (const item of token.items) repairSplitValue(layout, item);
  if (token?.type === 'block-map' || token?.type === 'block-seq') {
    for (const item of token.items) repair(layout, item.value);
  }
}

/** The items that may stay, with strays moved into the item before them where that waits for a value. */
function repairItems(layout: Layout, map: CST.BlockMap): CST.BlockMap['items'] {
  const kept: Item[] = [];
  let strayColumn = -1;
  for (const item of map.items as Item[]) {
    const previous = kept.at(-1);
    const key = item.key;
    if (previous === undefined || key === null || key === undefined || isExplicit(item)) kept.push(item);
    else if (key.type === 'block-seq') moveListItems(layout, key, previous);
    else if ('indent' in key && key.indent !== map.indent) {
      if (key.indent !== strayColumn) reportStrayField(layout, key, previous);
      strayColumn = key.indent;
      moveField(item, previous);
    } else if (item.sep === undefined) reportNoField(layout, key);
    else kept.push(item, ...repairSplitValue(layout, item));
  }
  return kept as CST.BlockMap['items'];
}

/** `- b` and below it, one column to the left, ` - c`. */
function moveListItems(layout: Layout, list: CST.BlockSequence, previous: Item): void {
  const above = previous.value;
  const column = columnOf(layout, list.offset);
  if (above?.type !== 'block-seq') {
    add(layout, list, 1, `the list item begins in column ${column}, where no list is`, beginLists);
    return;
  }
  const wanted = columnOf(layout, above.offset);
  const problem = `the list item begins in column ${column}, those above it in column ${wanted}`;
  add(layout, list, 1, problem, `begin all \`- \` of a list in one column, here ${wanted}. ${kubectlRefuses}`);
  above.items.push(...list.items);
}

/** A field to the right of the fields it follows and to the left of those inside of the last one. */
function reportStrayField(layout: Layout, key: CST.Token, previous: Item): void {
  const name = nameOf(key);
  const column = columnOf(layout, key.offset);
  const { open } = innermost(previous);
  const list = previous.value?.type === 'block-seq' ? previous.value : null;
  const besideDash = list !== null && columnOf(layout, list.offset) === column;
  const problem = besideDash
    ? `\`${name}\` begins in column ${column}, the column of the \`- \` on line ${lineOf(layout, list.offset)}, but is no list item`
    : `\`${name}\` begins in column ${column}, where no object above has its fields`;
  const refused = besideDash ? `${kubectlRefuses} ("did not find expected '-' indicator")` : kubectlRefuses;
  const inside = open?.key ?? null;
  const hint =
    inside !== null && open?.value === undefined
      ? `indent \`${name}\` further than \`${nameOf(inside)}\` on line ${lineOf(layout, inside.offset)}, so that it stands inside of it. ${refused}`
      : `begin it in ${choices(layout, previous)}. ${refused}`;
  add(layout, key, sourceOf(key).length, problem, hint);
}

/** Columns in which a field could stand: beside the last field, or beside the fields inside of it. */
function choices(layout: Layout, previous: Item): string {
  const { open } = innermost(previous);
  return [previous, ...(open === null || open === previous ? [] : [open])]
    .flatMap(({ key }) => (key === null || key === undefined ? [] : [key]))
    .map((key) => `column ${columnOf(layout, key.offset)} to stand beside \`${nameOf(key)}\``)
    .join(', or in ');
}

/** Into the field that waits for a value; else it is left out, because it could belong to any of several objects. */
function moveField(item: Item, previous: Item): void {
  const { open, owner } = innermost(previous);
  const moved = flatten(item);
  const indent = (item.key as CST.FlowScalar).indent;
  if (open !== null && open.value === undefined) {
    open.value = { type: 'block-map', offset: item.key?.offset ?? 0, indent, items: moved } as CST.BlockMap;
  } else if (owner?.indent === indent) owner.items.push(...(moved as CST.BlockMap['items']));
}

/** A stray field takes fields in its own column for its value: they are its neighbours. */
function flatten(item: Item): Item[] {
  const { key, value } = item;
  if (value?.type !== 'block-map' || key === null || key === undefined || !('indent' in key)) return [item];
  if (value.indent !== key.indent) return [item];
  delete item.value;
  return [item, ...(value.items as Item[]).flatMap(flatten)];
}

/** The last field inside of an item, and the mapping that holds it; the item itself when nothing is inside. */
function innermost(item: Item): { readonly open: Item | null; readonly owner: CST.BlockMap | null } {
  let open: Item | null = item;
  let owner: CST.BlockMap | null = null;
  for (let value = item.value; ;) {
    if (value?.type === 'block-seq') value = value.items.at(-1)?.value;
    if (value?.type !== 'block-map') return { open: value === undefined || owner !== null ? open : null, owner };
    owner = value;
    open = value.items.at(-1) ?? null;
    value = open?.value;
  }
}

/** `name: x` and below it, further right, `namespace: y`: to YAML one value `x namespace`, with a value of its own. */
function repairSplitValue(layout: Layout, item: Item): Item[] {
  const { value, sep } = item;
  const first = value?.type === 'block-map' ? (value.items[0] as Item | undefined) : undefined;
  const key = first?.key;
  if (value?.type !== 'block-map' || key?.type !== 'scalar') return [];
  if (sep?.some(({ type }) => type === 'newline') === true) return [];
  if (key.source.includes('\n')) return splitValue(layout, item, value, key);
  if (sep === undefined || item.key === null || item.key === undefined) return [];
  const problem = `the value of \`${nameOf(item.key)}\` holds \`${nameOf(key)}: \`, as if it were a field`;
  add(layout, key, key.source.length, problem, `put the whole value in quotes, or a line end behind the first \`:\``);
  delete item.value;
  return [];
}

function splitValue(layout: Layout, item: Item, value: CST.BlockMap, key: CST.FlowScalar): Item[] {
  const last = key.source.lastIndexOf('\n') + 1;
  const name = key.source.slice(last).trim();
  const offset = key.offset + last + key.source.slice(last).indexOf(name);
  const text = key.source.slice(0, last).trim();
  const holder = item.key === null || item.key === undefined ? null : item.key;
  const above = holder === null ? `the list item \`${cut(text)}\`` : `\`${nameOf(holder)}\``;
  const problem = `\`${cut(name)}\` begins further right than ${above} above it, whose value it seems to continue`;
  const wanted = columnOf(layout, holder === null ? key.offset : holder.offset);
  const hint =
    holder === null
      ? `begin \`${cut(name)}\` in the column of the object that it belongs to. ${kubectlRefuses}`
      : `begin it in column ${wanted}, beside ${above}. ${kubectlRefuses}`;
  const moved = { type: 'scalar', offset, indent: value.indent, source: name } as const;
  add(layout, moved, name.length, problem, hint);
  item.value = { type: 'scalar', offset: key.offset, indent: key.indent, source: text };
  if (holder === null || !('indent' in holder)) return [];
  const [first, ...rest] = value.items as [Item, ...Item[]];
  const siblings = [{ ...first, start: [], key: moved }, ...rest];
  return siblings.map((each) => ({ ...each, key: { ...each.key, indent: holder.indent } as CST.FlowScalar }));
}

/** `role:db`, or a word on its own, among fields. */
function reportNoField(layout: Layout, key: CST.Token): void {
  const text = sourceOf(key).split('\n')[0]?.trim() ?? '';
  const colon = /^([^:\s]+):(\S+)$/.exec(text);
  const hint =
    colon === null
      ? `a field has a \`:\` behind its name; what goes on from the line above is indented further`
      : `put a space behind the colon: \`${cut(`${colon[1] ?? ''}: ${colon[2] ?? ''}`)}\``;
  add(layout, key, text.length, `\`${cut(text)}\` stands among fields and is none`, hint);
}

function add(layout: Layout, token: CST.Token, length: number, problem: string, hint: string): void {
  const span = spanAt(layout, token.offset, Math.max(1, length));
  if (layout.problems.length < 1000)
    layout.problems.push(diagnose('NP1007', { language: 'YAML', problem }, span, { hint }));
}

const kubectlRefuses = 'As it is, kubectl refuses the file before a server sees it';
const beginLists = `a list belongs under the field that it is the value of. ${kubectlRefuses}`;

function isExplicit({ start }: Item): boolean {
  return start.some(({ type }) => type === 'explicit-key-ind');
}

function nameOf(key: CST.Token): string {
  return cut(sourceOf(key).split('\n').at(-1)?.trim() ?? '');
}

function sourceOf(token: CST.Token): string {
  return 'source' in token ? token.source : '';
}

function cut(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}

function lineOf(layout: Layout, offset: number): number {
  return positionOf(spanAt(layout, offset, 1)).line;
}

function columnOf(layout: Layout, offset: number): number {
  return positionOf(spanAt(layout, offset, 1)).column;
}

function spanAt({ source }: Layout, offset: number, length: number): Span {
  return { source, start: offset, end: offset + length };
}
