// Strict decoding, first half: unknown fields, wrong JSON types, ambiguous scalars, with a place for each.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { isNull, type MappingEntry, type MappingNode, type ScalarNode, type SourceNode } from '../parse/node.ts';
import type { ObjectSchema, Schema } from './schema.ts';
import { extendTrail, type Trail } from './trail.ts';
import { unknownFieldHint } from './unknown-field.ts';

/** What strict decoding needs to know besides the node. */
export interface FieldCheck {
  readonly root: Schema;
  /** `warn`: unknown fields are dropped with a warning, as servers do that do not validate strictly (S-104). */
  readonly decode: 'strict' | 'warn';
}

/** Reports everything in `node` that `schema` does not know or that has the wrong type. Source: S-102 to S-106. */
export function checkFields(node: SourceNode, check: FieldCheck): readonly Diagnostic[] {
  return checkNode(node, check.root, '', null, check);
}

function checkNode(
  node: SourceNode,
  schema: Schema,
  path: string,
  up: Trail | null,
  check: FieldCheck,
): readonly Diagnostic[] {
  if (schema.kind === 'opaque' || isNull(node)) return [];
  switch (schema.kind) {
    case 'object':
      return node.kind === 'mapping'
        ? checkObject(node, schema, extendTrail(up, node, path), path, check)
        : wrongType(node, path, 'an object');
    case 'list':
      if (node.kind !== 'sequence') return wrongType(node, path, 'a list');
      return node.items.flatMap((item, index) => checkItem(item, schema.item, `${path}[${index}]`, up, check));
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

/** Of null items only those of an object list mean something: the empty object (S-106). */
function checkItem(
  item: SourceNode,
  schema: Schema,
  path: string,
  up: Trail | null,
  check: FieldCheck,
): readonly Diagnostic[] {
  if (isNull(item) && schema.kind === 'string') return wrongType(item, path, 'a string');
  return checkNode(item, schema, path, up, check);
}

function checkObject(
  node: MappingNode,
  schema: ObjectSchema,
  trail: Trail,
  path: string,
  check: FieldCheck,
): readonly Diagnostic[] {
  return node.entries.flatMap((entry) => {
    const field = Object.hasOwn(schema.fields, entry.key) ? schema.fields[entry.key] : undefined;
    const inner = path === '' ? entry.key : `${path}.${entry.key}`;
    if (field !== undefined) return checkNode(entry.value, field, inner, trail, check);
    const hint = unknownFieldHint(check.root, schema, trail, entry);
    const severity = check.decode === 'warn' ? 'warning' : 'error';
    return [diagnose('NP2001', { path: inner, pruned: check.decode === 'warn' }, entry.keySpan, { hint, severity })];
  });
}

function checkLabels(node: MappingNode, path: string): readonly Diagnostic[] {
  return node.entries.flatMap((entry) => [
    ...keyProblem(entry),
    ...(isNull(entry.value)
      ? wrongType(entry.value, `${path}.${entry.key}`, 'a string')
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
    return [diagnose('NP1016', { text: textOf(node), ...node.ambiguity }, node.span)];
  }
  return fits(node.value) ? [] : wrongType(node, path, expected);
}

function wrongType(node: SourceNode, path: string, expected: string): readonly Diagnostic[] {
  const parameters = { path: path === '' ? 'the document' : path, expected, found: describe(node) };
  return [diagnose('NP2002', parameters, node.span)];
}

function describe(node: SourceNode): string {
  if (node.kind === 'mapping') return 'an object';
  if (node.kind === 'sequence') return 'a list';
  if (node.value === null) return 'null';
  if (typeof node.value === 'string') return `the string ${JSON.stringify(node.value)}`;
  return `the ${typeof node.value} ${textOf(node)}`;
}

/** A scalar as written: `1.10` is not `1.1` to its author. */
function textOf({ span, value }: ScalarNode): string {
  return span.source.text?.slice(span.start, span.end) ?? String(value);
}

/** Source: S-730. */
function isInt32(value: ScalarNode['value']): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31;
}
