// The edit that gives a mapping a field, in the style that the mapping is written in.
import type { Edit } from '../../diagnostics/fix.ts';
import { entryOf, isNull, type MappingEntry, type MappingNode } from '../../parse/node.ts';
import { isFlow, lineEnd, lineEndOf, lineStart, textOf, writtenEnd } from './text-at.ts';

/** A string, a list of strings, or null for the empty object. */
export type FieldValue = string | readonly string[] | null;

export interface NewField {
  readonly key: string;
  readonly value: FieldValue;
  /** Fields that it comes before, where it is written on a line of its own. */
  readonly before?: readonly string[];
}

/**
 * Gives `mapping`, a part of `document`, the field, in place of an empty or null one. Where there is none it comes before
 * the first of `before` that is there, else to the end. Null when the text is written in a way that is better changed by
 * hand.
 */
export function writeField(document: MappingNode, mapping: MappingNode, field: NewField): Edit | null {
  const { key, value, before = [] } = field;
  const present = entryOf(mapping, key);
  if (present !== null) return overwrite(present, value);
  if (isFlow(mapping)) {
    return mapping.entries.length === 0
      ? fillEmpty(mapping, field, hasQuotedKeys(document))
      : appendToFlow(mapping, field);
  }
  const next = mapping.entries.find((entry) => before.includes(entry.key));
  return next === undefined ? appendToBlock(mapping, field) : insertBefore(next, `${key}: ${printValue(value, false)}`);
}

/** As in JSON. */
function hasQuotedKeys(document: MappingNode): boolean {
  return textOf(document)[document.entries[0]?.keySpan.start ?? 0] === '"';
}

function overwrite({ keySpan, value: node }: MappingEntry, value: FieldValue): Edit | null {
  const text = textOf(node);
  const isEmptyList = node.kind === 'sequence' && node.items.length === 0 && isFlow(node);
  if (!isEmptyList && !isNull(node)) return null;
  const printed = printValue(value, text[keySpan.start] === '"');
  if (node.span.start < node.span.end) return { span: node.span, replacement: printed };
  // Nothing stands behind the colon.
  const colon = text.indexOf(':', keySpan.end) + 1;
  if (text.slice(keySpan.end, colon).trim() !== ':') return null;
  return { span: { ...keySpan, start: colon, end: colon }, replacement: ` ${printed}` };
}

function fillEmpty({ span }: MappingNode, { key, value }: NewField, quoted: boolean): Edit {
  const printedKey = quoted ? JSON.stringify(key) : key;
  return { span, replacement: `{ ${printedKey}: ${printValue(value, quoted)} }` };
}

/** Behind the last entry; on a line of its own where the first one has its own. Keys are quoted where the others are. */
function appendToFlow(mapping: MappingNode, { key, value }: NewField): Edit | null {
  const text = textOf(mapping);
  const [first, last] = [mapping.entries[0], mapping.entries.at(-1)];
  if (first === undefined || last === undefined) return null;
  const quoted = text[first.keySpan.start] === '"';
  const indent = text.slice(lineStart(text, first.keySpan.start), first.keySpan.start);
  const separator = indent.trim() === '' && indent.length < first.keySpan.start ? `,${lineEndOf(text)}${indent}` : ', ';
  const at = Math.max(last.keySpan.end, last.value.span.end);
  const printedKey = quoted ? JSON.stringify(key) : key;
  const replacement = `${separator}${printedKey}: ${printValue(value, quoted)}`;
  return { span: { ...mapping.span, start: at, end: at }, replacement };
}

function insertBefore({ keySpan }: MappingEntry, line: string): Edit | null {
  const text = keySpan.source.text ?? '';
  const column = blockColumn(text, keySpan.start);
  if (column === null) return null;
  const replacement = `${line}${lineEndOf(text)}${' '.repeat(column)}`;
  return { span: { ...keySpan, end: keySpan.start }, replacement };
}

function appendToBlock(mapping: MappingNode, { key, value }: NewField): Edit | null {
  const text = textOf(mapping);
  const [first] = mapping.entries;
  const column = first === undefined ? null : blockColumn(text, first.keySpan.start);
  if (column === null) return null;
  const at = lineEnd(text, writtenEnd(mapping));
  const replacement = `${lineEndOf(text)}${' '.repeat(column)}${key}: ${printValue(value, false)}`;
  return { span: { ...mapping.span, start: at, end: at }, replacement };
}

/** The column of a key that begins its line, but for blanks and the dashes of list items. */
function blockColumn(text: string, offset: number): number | null {
  const before = text.slice(lineStart(text, offset), offset);
  return /^ *(?:- +)*$/.test(before) ? before.length : null;
}

function printValue(value: FieldValue, quoted: boolean): string {
  if (value === null) return '{}';
  if (typeof value === 'string') return quoted ? JSON.stringify(value) : plainOrQuoted(value);
  return `[${value.map((each) => printValue(each, quoted)).join(', ')}]`;
}

/** Names such as `on` and `10` are no strings to YAML. */
function plainOrQuoted(text: string): string {
  const isPlain = /^[A-Za-z][-A-Za-z0-9]+$/.test(text) && !/^(?:yes|no|on|off|true|false|null)$/i.test(text);
  return isPlain ? text : `'${text}'`;
}
