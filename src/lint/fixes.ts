// The fixes of several lints: fields that are written out.
import type { Edit, Fix } from '../diagnostics/fix.ts';
import type { MappingNode } from '../parse/node.ts';
import { sharesParts } from './edit/text-at.ts';
import { writeField, type FieldValue, type NewField } from './edit/write-field.ts';

/** Writes a field with the value that its absence means. Null when it is better done by hand. */
export function writeFix(document: MappingNode | null, mapping: MappingNode | null, field: NewField): Fix | null {
  if (document === null || mapping === null || sharesParts(document)) return null;
  const edit = writeField(document, mapping, field);
  return edit === null ? null : fixOf(`write ${field.key}: ${printed(field.value)}`, [edit]);
}

/** A fix after which the text means the same. */
export function fixOf(title: string, edits: readonly Edit[]): Fix {
  return { title, keepsMeaning: true, edits };
}

function printed(value: FieldValue): string {
  if (value === null) return '{}';
  return typeof value === 'string' ? value : `[${value.join(', ')}]`;
}
