// Strict decoding, first half: unknown fields, wrong JSON types, ambiguous scalars, with a place for each.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createDiagnosticList, type DiagnosticList } from '../diagnostics/diagnostic-list.ts';
import {
  isNull,
  type MappingEntry,
  type MappingNode,
  type ScalarNode,
  type SequenceNode,
  type SourceNode,
} from '../parse/node.ts';
import type { ObjectSchema, Schema } from './schema.ts';
import { extendTrail, type Trail } from './trail.ts';
import { unknownFieldHint } from './unknown-field.ts';

/** What strict decoding needs to know besides the node. */
export interface FieldCheck {
  readonly root: Schema;
  /** `warn`: unknown fields are dropped with a warning, as servers do that do not validate strictly (S-104). */
  readonly decode: 'strict' | 'warn';
}

/** Reports everything in `node` that `root` does not know or that has the wrong type, to a cap. Source: S-102 to S-106. */
export function checkFields(node: SourceNode, check: FieldCheck): readonly Diagnostic[] {
  const told = createDiagnosticList();
  checkNode({ ...check, told }, node, check.root, { path: '', up: null });
  return told.found;
}

interface Walk extends FieldCheck {
  readonly told: DiagnosticList;
}

/** Where a node stands: its path, and the mapping around it. */
interface Place {
  readonly path: string;
  readonly up: Trail | null;
}

function checkNode(walk: Walk, node: SourceNode, schema: Schema, place: Place): void {
  if (schema.kind === 'opaque' || isNull(node)) return;
  switch (schema.kind) {
    case 'object':
      return node.kind === 'mapping'
        ? checkObject(walk, node, schema, place)
        : wrongType(walk, node, place.path, 'an object');
    case 'list':
      return node.kind === 'sequence'
        ? checkItems(walk, node, schema.item, place)
        : wrongType(walk, node, place.path, 'a list');
    case 'labels':
      return node.kind === 'mapping'
        ? checkLabels(walk, node, place.path)
        : wrongType(walk, node, place.path, 'a mapping of strings to strings');
    case 'string':
      return checkScalar(walk, node, place.path, 'a string', isString);
    case 'integer':
      return checkScalar(walk, node, place.path, 'an integer', isInt32);
    case 'boolean':
      return checkScalar(walk, node, place.path, trueOrFalse, isBoolean);
    case 'int-or-string':
      return checkScalar(walk, node, place.path, 'a number or a name', (value) => isString(value) || isInt32(value));
  }
}

/** Of null items only those of an object list mean something: the empty object (S-106). */
function checkItems(walk: Walk, { items }: SequenceNode, schema: Schema, { path, up }: Place): void {
  for (const [index, item] of items.entries()) {
    const place = { path: `${path}[${index}]`, up };
    if (isNull(item) && schema.kind === 'string') wrongType(walk, item, place.path, 'a string');
    else checkNode(walk, item, schema, place);
  }
}

function checkObject(walk: Walk, node: MappingNode, schema: ObjectSchema, { path, up }: Place): void {
  const trail = extendTrail(up, node, path);
  for (const entry of node.entries) {
    const field = Object.hasOwn(schema.fields, entry.key) ? schema.fields[entry.key] : undefined;
    const inner = path === '' ? entry.key : `${path}.${entry.key}`;
    if (field === undefined) unknownField(walk, schema, trail, entry, inner);
    else checkNode(walk, entry.value, field, { path: inner, up: trail });
  }
}

function unknownField(walk: Walk, holder: ObjectSchema, trail: Trail, entry: MappingEntry, path: string): void {
  const pruned = walk.decode === 'warn';
  const severity = pruned ? 'warning' : 'error';
  if (!walk.told.takes(severity)) return;
  const hint = unknownFieldHint(walk.root, holder, trail, entry);
  walk.told.add('NP2001', { path, pruned }, () => entry.keySpan, { hint, severity });
}

function checkLabels(walk: Walk, node: MappingNode, path: string): void {
  for (const entry of node.entries) {
    const { key, keySpan, keyProblem, value } = entry;
    if (keyProblem === 'not-a-string') walk.told.add('NP1010', { found: 'number, boolean or null' }, () => keySpan);
    if (keyProblem === 'ambiguous') {
      const parameters = { text: key, yaml11: 'a boolean or a number', yaml12: `the string "${key}"` };
      walk.told.add('NP1016', parameters, () => keySpan);
    }
    if (isNull(value)) wrongType(walk, value, `${path}.${key}`, 'a string');
    else checkScalar(walk, value, `${path}.${key}`, 'a string', isString);
  }
}

function checkScalar(
  walk: Walk,
  node: SourceNode,
  path: string,
  expected: string,
  fits: (value: ScalarNode['value']) => boolean,
): void {
  if (node.kind !== 'scalar') wrongType(walk, node, path, expected);
  else if (node.ambiguity !== null) {
    const extras = expected === trueOrFalse ? { hint: 'write `true` or `false`' } : {};
    walk.told.add('NP1016', { text: textOf(node), ...node.ambiguity }, () => node.span, extras);
  } else if (!fits(node.value)) wrongType(walk, node, path, expected);
}

function wrongType({ told }: Walk, node: SourceNode, path: string, expected: string): void {
  const parameters = { path: path === '' ? 'the document' : path, expected, found: describe(node) };
  told.add('NP2002', parameters, () => node.span);
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

/** What a boolean must be, in the words of messages. */
const trueOrFalse = '`true` or `false`';

function isBoolean(value: ScalarNode['value']): boolean {
  return typeof value === 'boolean';
}

function isString(value: ScalarNode['value']): boolean {
  return typeof value === 'string';
}

/** Source: S-730. */
function isInt32(value: ScalarNode['value']): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31;
}
