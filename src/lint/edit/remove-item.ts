// The edit that takes one item out of a list.
import type { Edit } from '../../diagnostics/fix.ts';
import type { SequenceNode } from '../../parse/node.ts';
import { isFlow, lineEnd, lineStart, textOf, writtenEnd } from './text-at.ts';

/** Takes item `index` out of a list that keeps others. Null when the text is written in a way that is better changed by hand. */
export function removeItem(list: SequenceNode, index: number): Edit | null {
  if (list.items.length < 2) return null;
  return isFlow(list) ? removeFromFlow(list, index) : removeFromBlock(list, index);
}

/** The lines from its dash to its last field, with the comments on them. */
function removeFromBlock(list: SequenceNode, index: number): Edit | null {
  const item = list.items[index];
  if (item === undefined) return null;
  const text = textOf(list);
  const start = lineStart(text, item.span.start);
  if (!/^ *- *$/.test(text.slice(start, item.span.start))) return null;
  const end = lineEnd(text, writtenEnd(item));
  const behind = /^\r?\n/.exec(text.slice(end, end + 2))?.[0] ?? '';
  return { span: { ...list.span, start, end: end + behind.length }, replacement: '' };
}

function removeFromFlow(list: SequenceNode, index: number): Edit | null {
  const [before, item, next] = [list.items[index - 1], list.items[index], list.items[index + 1]];
  if (item === undefined) return null;
  const start = next === undefined && before !== undefined ? before.span.end : item.span.start;
  const end = next === undefined ? item.span.end : next.span.start;
  const gap = next === undefined ? [start, item.span.start] : [item.span.end, end];
  if (textOf(list).slice(gap[0], gap[1]).trim() !== ',') return null;
  return { span: { ...list.span, start, end }, replacement: '' };
}
