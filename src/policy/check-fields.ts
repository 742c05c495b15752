// Strict decoding, first half: unknown fields, wrong JSON types, ambiguous scalars, with a place for each.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { MappingEntry, MappingNode, ScalarNode, SourceNode } from '../parse/node.ts';
import type { Schema } from './schema.ts';
import { unknownFieldHint } from './unknown-field.ts';

/** What strict decoding needs to know besides the node. */
export interface FieldCheck {
  readonly root: Schema;
  /** `warn`: unknown fields are dropped with a warning, as servers do that do not validate strictly (S-104). */
  readonly decode: 'strict' | 'warn';
}

/** Reports everything in `node` that `schema` does not know or that has the wrong type. Source: S-102 to S-106. */
export function checkFields(node: SourceNode, schema: Schema, path: string, check: FieldCheck): readonly Diagnostic[] {
  if (schema.kind === 'opaque' || isNull(node)) return [];
  switch (schema.kind) {
    case 'object':
      return node.kind === 'mapping' ? checkObject(node, schema, path, check) : wrongType(node, path, 'an object');
    case 'list':
      if (node.kind !== 'sequence') return wrongType(node, path, 'a list');
      return node.items.flatMap((item, index) => checkFields(item, schema.item, `${path}[${index}]`, check));
    case 'labels':
      return node.kind === 'mapping'
        ? checkLabels(node, path)
        : wrongType(node, path, 'a mapping of strings to strings');
    case 'string':
      return checkScalar(node, path, 'a string', (value) => typeof value === 'string');
    case 'integer':
      return checkScalar(node, path, 'an integer', isInt32);
    case 'int-or-string':
      return checkScalar(node, path, 'a number or a name', (value) => typeof value === 'string' || isInt32(value));
  }
}

function checkObject(
  node: MappingNode,
  schema: Extract<Schema, { kind: 'object' }>,
  path: string,
  check: FieldCheck,
): readonly Diagnostic[] {
  return node.entries.flatMap((entry) => {
    const field = Object.hasOwn(schema.fields, entry.key) ? schema.fields[entry.key] : undefined;
    const inner = path === '' ? entry.key : `${path}.${entry.key}`;
    if (field !== undefined) return checkFields(entry.value, field, inner, check);
    const hint = unknownFieldHint(check.root, schema, path, entry);
    const severity = check.decode === 'warn' ? 'warning' : 'error';
    return [diagnose('NP2001', { path: inner, pruned: check.decode === 'warn' }, entry.keySpan, { hint, severity })];
  });
}

function checkLabels(node: MappingNode, path: string): readonly Diagnostic[] {
  return node.entries.flatMap((entry) => [
    ...keyProblem(entry),
    ...(isNull(entry.value)
      ? [diagnose('NP2002', { path: `${path}.${entry.key}`, expected: 'a string', found: 'null' }, entry.value.span)]
      : checkScalar(entry.value, `${path}.${entry.key}`, 'a string', (value) => typeof value === 'string')),
  ]);
}

function keyProblem(entry: MappingEntry): readonly Diagnostic[] {
  if (entry.keyProblem === null) return [];
  if (entry.keyProblem === 'not-a-string')
    return [diagnose('NP1010', { found: 'number, boolean or null' }, entry.keySpan)];
  const parameters = { text: entry.key, yaml11: 'a boolean or a number', yaml12: `the string "${entry.key}"` };
  return [diagnose('NP1016', parameters, entry.keySpan)];
}

function checkScalar(
  node: SourceNode,
  path: string,
  expected: string,
  fits: (value: ScalarNode['value']) => boolean,
): readonly Diagnostic[] {
  if (node.kind !== 'scalar') return wrongType(node, path, expected);
  if (node.ambiguity !== null) {
    const text = node.span.source.text?.slice(node.span.start, node.span.end) ?? String(node.value);
    return [diagnose('NP1016', { text, ...node.ambiguity }, node.span)];
  }
  return fits(node.value) ? [] : wrongType(node, path, expected);
}

function wrongType(node: SourceNode, path: string, expected: string): readonly Diagnostic[] {
  return [diagnose('NP2002', { path, expected, found: describe(node) }, node.span)];
}

function describe(node: SourceNode): string {
  if (node.kind === 'mapping') return 'an object';
  if (node.kind === 'sequence') return 'a list';
  if (node.value === null) return 'null';
  if (typeof node.value === 'string') return `the string ${JSON.stringify(node.value)}`;
  return `the ${typeof node.value} ${String(node.value)}`;
}

/** Source: S-730. */
function isInt32(value: ScalarNode['value']): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31;
}

export function isNull(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}
