// Where a field that stands in the wrong place was meant to stand. Source: S-830.
import { nearest } from '../diagnostics/nearest.ts';
import type { MappingEntry } from '../parse/node.ts';
import type { Schema } from './schema.ts';

type ObjectSchema = Extract<Schema, { kind: 'object' }>;

/**
 * What to do about an unknown field at `path` (of the object that holds it), and what a server that does not validate
 * strictly would make of it; null when nothing helpful can be said.
 */
export function unknownFieldHint(root: Schema, holder: ObjectSchema, path: string, entry: MappingEntry): string | null {
  const { key } = entry;
  const known = Object.keys(holder.fields);
  if (key === 'matchLabels' || key === 'matchExpressions') return selectorFieldHint(path, key, known);
  const similar = nearest(key, known);
  if (similar !== null) return `did you mean \`${similar}\`?`;
  if (known.includes('matchLabels') && entry.value.kind === 'scalar') return labelHint(path, key);
  const place = places(root).find((each) => each.key === key);
  if (place !== undefined) return misplacedHint(key, path, place.holder);
  return known.length > 0 ? `fields allowed here: ${known.join(', ')}` : null;
}

/** `podSelector: {matchLabels: null, role: db}`: S-801, S-802, S-803. */
function labelHint(path: string, key: string): string {
  const holder = lastName(path);
  const result =
    holder === 'namespaceSelector'
      ? 'every namespace'
      : path === 'spec.podSelector'
        ? 'every pod of the namespace'
        : 'every pod';
  return (
    `\`${key}\` looks like a label; did you mean \`${holder}.matchLabels.${key}\`? ` +
    `Indent it one level deeper than \`matchLabels\`: a server that drops unknown fields would select ${result}`
  );
}

/** `- podSelector:` and below it, in the wrong column, `matchLabels:`: S-826. */
function selectorFieldHint(path: string, key: string, known: readonly string[]): string {
  const where = known.includes('podSelector') ? '`podSelector` (or `namespaceSelector`)' : 'a selector';
  return (
    `\`${key}\` belongs inside ${where}, not under \`${lastName(path) || 'the object'}\`: indent it deeper than the \`podSelector:\` above it. ` +
    'As it stands that selector is empty, and a server that drops unknown fields would match every pod of the namespace'
  );
}

/** A known field in another object than its own: S-807, S-808, S-809, S-814, S-816, S-827. */
function misplacedHint(key: string, path: string, holder: string): string {
  return misplaced.get(key) ?? `\`${key}\` belongs to \`${holder}\`, not to \`${lastName(path) || 'the object'}\``;
}

const misplaced = new Map([
  [
    'ports',
    '`ports` belongs to the rule, next to `from` or `to`: a server that drops unknown fields would allow every port',
  ],
  [
    'from',
    '`from` belongs to ingress rules; egress rules have `to`. A server that drops unknown fields would allow every peer',
  ],
  [
    'to',
    '`to` belongs to egress rules; ingress rules have `from`. A server that drops unknown fields would allow every peer',
  ],
  [
    'except',
    '`except` belongs inside `ipBlock`, next to `cidr`: a server that drops unknown fields would lose the exception',
  ],
  [
    'policyTypes',
    '`policyTypes` belongs to `spec`: without it there, Ingress counts, and Egress only when there are egress rules',
  ],
  ['spec', '`spec` belongs to the object itself, beside `metadata`: without it every pod of the namespace is isolated'],
]);

interface Known {
  readonly key: string;
  /** Path of the object that has the field. */
  readonly holder: string;
}

/** Every field of a schema with the object that has it, outermost first. */
function places(schema: Schema, path = ''): readonly Known[] {
  if (schema.kind === 'list') return places(schema.item, `${path}[]`);
  if (schema.kind !== 'object') return [];
  const own = Object.keys(schema.fields).map((key) => ({ key, holder: path === '' ? 'the object' : path }));
  const inner = Object.entries(schema.fields).flatMap(([key, field]) =>
    places(field, path === '' ? key : `${path}.${key}`),
  );
  return [...own, ...inner];
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).replace(/\[[0-9]*\]$/, '');
}
