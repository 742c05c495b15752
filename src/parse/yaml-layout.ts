// Finds YAML fields and list items in columns where nothing can stand, reports them in words that name the column, and
// moves them to where they were most likely meant, so that what else is wrong can be told at once.
import type { CST } from 'yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Source } from '../source/source.ts';
import * as problem from './yaml-layout-problems.ts';
import {
  asField,
  innermost,
  isField,
  isListItem,
  listInside,
  siblingsOf,
  splitKey,
  type Item,
  type SplitKey,
} from './yaml-tokens.ts';

/** Changes a document's token, whose nesting must be bounded. Whatever is moved or left out is reported as an error. */
export function repairLayout(source: Source, document: CST.Token): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  const report: Layout['report'] = (found) => {
    if (problems.length < 1000) problems.push(found);
  };
  repair({ source, report, unclosed: false }, document, null);
  return problems;
}

interface Layout {
  readonly source: Source;
  readonly report: (problem: Diagnostic) => void;
  /** Whether something that does not end was reported: all around it does not end either. */
  unclosed: boolean;
}

/** `list` is the list that the token is an item of. */
function repair(layout: Layout, token: CST.Token | null | undefined, list: CST.BlockSequence | null): void {
  const type = token?.type;
  if (type === 'document') repair(layout, token.value, null);
  if (type === 'block-map') {
    token.items = repairFields(layout, token, list) as CST.BlockMap['items'];
    repairInside(layout, token.items, null);
  }
  if (type === 'block-seq') {
    token.items = repairListItems(layout, token) as CST.BlockSequence['items'];
    repairInside(layout, token.items, token);
  }
  if (type === 'flow-collection') {
    repairInside(layout, token.items, null);
    findUnclosedBracket(layout, token);
  }
  if (type === 'double-quoted-scalar' || type === 'single-quoted-scalar') findUnclosedQuote(layout, token);
}

function repairInside(layout: Layout, items: readonly Item[], list: CST.BlockSequence | null): void {
  for (const { key, value } of items) {
    if (key?.type !== 'block-map' && key?.type !== 'block-seq') repair(layout, key, null);
    repair(layout, value, list);
  }
}

/** The fields of an object; strays go into the field before them where that waits for a value. */
function repairFields(layout: Layout, map: CST.BlockMap, list: CST.BlockSequence | null): readonly Item[] {
  const { source, report } = layout;
  const kept: Item[] = [];
  let strayIndent = -1;
  for (const item of unfoldLists(map.items)) {
    const { key } = item;
    const previous = kept.at(-1);
    if (key === null || key === undefined || item.start.some(({ type }) => type === 'explicit-key-ind'))
      kept.push(item);
    else if (key.type === 'block-seq' || key.type === 'error') moveListItems(layout, key, previous, list);
    else if (!isField(item)) report(problem.noField(source, key));
    else if ('indent' in key && key.indent !== map.indent && previous !== undefined) {
      if (key.indent !== strayIndent) report(problem.strayField(source, key, previous));
      strayIndent = key.indent;
      moveField(item, key.indent, previous);
    } else {
      strayIndent = -1;
      kept.push(...fieldsOf(layout, item, map.indent));
    }
  }
  return kept;
}

/** A list in the place of a name takes the fields below it for its value: they are neighbours. */
function unfoldLists(items: readonly Item[]): readonly Item[] {
  return items.flatMap((item) => {
    const { key, value } = item;
    if (key?.type !== 'block-seq' || value?.type !== 'block-map' || isField(item)) return [item];
    delete item.value;
    return [item, ...unfoldLists(value.items)];
  });
}

/** The field itself, and those that YAML reads as part of its name or its value. */
function fieldsOf(layout: Layout, item: Item, indent: number): readonly Item[] {
  const { source, report } = layout;
  const split = item.key?.type === 'scalar' ? splitKey(item.key) : null;
  if (item.key && split !== null) {
    report(problem.noField(source, item.key));
    item.key = split.name;
  }
  return [item, ...splitValue(layout, item, indent), ...splitList(layout, item, indent)];
}

/** `- b` in a column where no list item can stand. */
function moveListItems(
  { source, report }: Layout,
  token: CST.BlockSequence | CST.ErrorToken,
  previous: Item | undefined,
  list: CST.BlockSequence | null,
): void {
  const above = (previous === undefined ? null : listInside(previous)) ?? list;
  report(problem.strayListItem(source, token, above));
  if (token.type === 'block-seq') above?.items.push(...token.items);
}

/** Into the field that waits for a value; else it is left out, because it could belong to any of several objects. */
function moveField(item: Item, indent: number, previous: Item): void {
  const { open, owner } = innermost(previous);
  const moved = siblingsOf(item, indent) as CST.BlockMap['items'];
  if (open.value === undefined) {
    open.value = { type: 'block-map', offset: item.key?.offset ?? 0, indent, items: moved };
  } else if (owner?.indent === indent) owner.items.push(...moved);
}

/** `name: x` and below it, further right, `namespace: y`; or `note: a: b`. */
function splitValue({ source, report }: Layout, item: Item, indent: number): readonly Item[] {
  const { value, key: holder } = item;
  if (value?.type !== 'block-map' || !holder || item.sep?.some(({ type }) => type === 'newline') === true) return [];
  const first = value.items[0];
  if (first?.key?.type !== 'scalar' || !isField(first)) return [];
  const split = splitKey(first.key);
  if (split === null) {
    report(problem.colonInValue(source, first.key, holder));
    delete item.value;
    return value.items.slice(1).map((each) => asField(each, indent));
  }
  report(problem.tooFarRight(source, split, holder));
  item.value = split.text;
  return neighbours(value, split, indent);
}

/** `- Ingress` and below it, further right, `egress:`. What follows goes beside the field that has the list. */
function splitList({ source, report }: Layout, holder: Item, indent: number): readonly Item[] {
  const list = holder.value;
  if (list?.type !== 'block-seq' || !holder.key) return [];
  for (const [index, item] of list.items.entries()) {
    const first = item.value?.type === 'block-map' ? item.value.items[0] : undefined;
    const split = first?.key?.type === 'scalar' && isListItem(item) ? splitKey(first.key) : null;
    if (item.value?.type !== 'block-map' || split === null) continue;
    const after = item.value;
    if (split.name.source.startsWith('- ')) {
      report(problem.noColon(source, split));
      delete item.value;
      return [];
    }
    report(problem.tooFarRight(source, split, holder.key));
    item.value = split.text;
    const rest = list.items.splice(index + 1);
    const [field, ...others] = neighbours(after, split, indent);
    if (field !== undefined && field.value === undefined && rest.length > 0) field.value = { ...list, items: rest };
    return [field, ...others].filter((each) => each !== undefined);
  }
  return [];
}

/** The fields of a mapping whose first name is a part of what YAML read, as fields in another column. */
function neighbours(map: CST.BlockMap, split: SplitKey, indent: number): readonly Item[] {
  const [first, ...rest] = map.items as [Item, ...Item[]];
  return [{ ...first, start: [], key: split.name }, ...rest].map((item) => asField(item, indent));
}

/** The items of a list; strays go where lists above them are. */
function repairListItems({ source, report }: Layout, list: CST.BlockSequence): readonly Item[] {
  const kept: Item[] = [];
  for (const item of list.items as Item[]) {
    const { value } = item;
    const previous = kept.at(-1);
    if (isListItem(item) || value === undefined || previous === undefined) kept.push(item);
    else if (value.type === 'block-seq') {
      report(problem.strayListItem(source, value, list));
      kept.push(...value.items);
    } else if (value.type === 'block-map' && previous.value?.type === 'block-map') {
      const owner = previous.value;
      const [first] = value.items;
      if (first?.key) report(problem.strayField(source, first.key, owner.items.at(-1) ?? previous));
      owner.items.push(...(value.items.map((each) => asField(each, owner.indent)) as CST.BlockMap['items']));
    } else kept.push(item);
  }
  return kept;
}

/** Reported where it opens: the library, which reports it too, knows only where the text ends. */
function findUnclosedQuote(layout: Layout, token: CST.FlowScalar): void {
  const quote = token.source.charAt(0);
  const inside = token.source.slice(1);
  const unescaped = quote === '"' ? inside.replace(/\\[^]/g, '') : inside.replaceAll("''", '');
  if (!unescaped.endsWith(quote)) reportUnclosed(layout, token.offset, quote, quote);
}

function findUnclosedBracket(layout: Layout, { start, end }: CST.FlowCollection): void {
  const isMap = start.type === 'flow-map-start';
  const isClosed = end.some(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
  if (!isClosed && !layout.unclosed) reportUnclosed(layout, start.offset, start.source, isMap ? '}' : ']');
}

function reportUnclosed(layout: Layout, offset: number, opening: string, closing: string): void {
  layout.unclosed = true;
  layout.report(problem.unclosed(layout.source, offset, opening, closing));
}
