// What to do about an unknown field. Source: S-830.
import { entryOf, isNull, type MappingEntry } from '../parse/node.ts';
import { positionOf, type Span } from '../source/source.ts';
import { misplacedField, sharedSegments, similarField, type KnownField } from './meant-place.ts';
import { lossOfSelector, whenDropped } from './pruning.ts';
import { networkPolicySchema, type ObjectSchema, type Schema } from './schema.ts';
import { nameOf, segmentsOf, stepDown, type Trail } from './trail.ts';

/**
 * What to do about an unknown field of the object at the end of `trail`, and what a server that does not validate
 * strictly would make of the policy. Names the nearest valid place for the field.
 */
export function unknownFieldHint(root: Schema, holder: ObjectSchema, trail: Trail, entry: MappingEntry): string {
  const known = Object.keys(holder.fields);
  const unseen = /[^\x21-\x7e]/u.exec(entry.key)?.[0];
  if (unseen !== undefined) return unseenHint(entry.key, unseen);
  if (entry.key.startsWith('-')) return 'put a space behind the `-`: a list item begins with `- `';
  const isNetworkPolicy = root === networkPolicySchema;
  if (isNetworkPolicy && entry.key === 'status' && trail.place === '') {
    return 'remove `status`: a NetworkPolicy has none';
  }
  // A cluster policy that lacks something is refused, whatever is dropped.
  const loss: Loss = isNetworkPolicy ? lossText : () => null;
  const counterpart = isNetworkPolicy ? undefined : counterparts.get(entry.key);
  if (counterpart !== undefined && known.includes(counterpart.field)) return counterpart.hint;
  const misplaced = misplacedField(root, trail, entry);
  const similar = similarField(holder, entry);
  const isScalar = entry.value.kind === 'scalar' && !isNull(entry.value);
  const isPort = isScalar && misplaced?.schema.kind === 'int-or-string';
  if (similar !== null && !isPort) return similarHint(similar, trail, entry, loss);
  if (isScalar && known.includes('matchLabels')) return labelHint(trail, entry, loss);
  if (isScalar && known.includes('ipBlock') && misplaced?.place.endsWith('ipBlock') !== true) {
    return peerLabelHint(entry);
  }
  return misplaced === null ? `fields allowed here: ${known.join(', ')}` : misplacedHint(misplaced, trail, entry, loss);
}

/** What authors of NetworkPolicies, or of the other version, write in a cluster policy. */
const counterparts = new Map([
  ['ipBlock', { field: 'networks', hint: 'write `networks`, a list of blocks; there are no exceptions' }],
  [
    'ports',
    { field: 'protocols', hint: 'write `protocols`, with entries such as `tcp: {destinationPort: {number: 80}}`' },
  ],
  [
    'protocols',
    { field: 'ports', hint: 'write `ports`, with entries such as `portNumber: {protocol: TCP, port: 80}`' },
  ],
]);

/** A letter that only looks like the right one, or cannot be seen at all. */
function unseenHint(key: string, character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const plain = key.replace(/[^\x21-\x7e]/gu, '');
  return `the name holds the character ${code}, as text copied from a web page may do: type \`${plain}\` by hand`;
}

/** `podselector`, `namespaceSelctor`: S-818. */
function similarHint(similar: string, trail: Trail, { key }: MappingEntry, loss: Loss): string {
  const byCase = similar.toLowerCase() === key.toLowerCase() ? 'Upper and lower case count' : null;
  return sentences(`did you mean \`${similar}\`?`, byCase, loss(whenDropped(trail, trail.place, similar)));
}

/** `podSelector: {matchLabels: null, role: db}`: S-801, S-802, S-803. */
function labelHint(trail: Trail, { key }: MappingEntry, loss: Loss): string {
  const holder = segmentsOf(trail.place).at(-1) ?? '';
  const labels = entryOf(trail.node, 'matchLabels');
  const first = labels?.value.kind === 'mapping' ? labels.value.entries[0] : undefined;
  const move =
    first !== undefined
      ? beside(first)
      : labels === null || !beginsLine(labels.keySpan)
        ? null
        : `indent it further than \`matchLabels\` on line ${positionOf(labels.keySpan).line}`;
  const meant = `\`${key}\` looks like a label; did you mean \`${holder}.matchLabels.${key}\`?`;
  return sentences(meant, move === null ? null : capital(move), loss(lossOfSelector(trail)));
}

/** `from: [{app: web}]`. */
function peerLabelHint({ key }: MappingEntry): string {
  if (key === 'namespace') {
    return 'a peer names namespaces by their labels: `namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: …}}`';
  }
  return `\`${key}\` looks like a label; did you mean \`podSelector.matchLabels.${key}\`?`;
}

/** A known field in another object than its own: S-807 to S-809, S-812, S-814, S-816, S-826, S-827. */
function misplacedHint(field: KnownField, trail: Trail, { key }: MappingEntry, loss: Loss): string {
  const counterpart = key === 'from' ? 'to' : 'from';
  if ((key === 'from' || key === 'to') && trail.place.endsWith('gress[]')) {
    const rules = key === 'from' ? 'ingress rules; egress rules have `to`' : 'egress rules; ingress rules have `from`';
    return sentences(`\`${key}\` belongs to ${rules}`, loss(whenDropped(trail, trail.place, counterpart)));
  }
  const around = upTo(trail, sharedSegments(trail.place, field.place));
  const move = moveTo(around, field.place);
  const belongs = `\`${key}\` belongs ${placeName(field, trail)}${move === null ? '' : `: ${move}`}`;
  return sentences(belongs, loss(whenDropped(around, field.place, key)));
}

function placeName({ place, key }: KnownField, trail: Trail): string {
  const last = segmentsOf(place).at(-1);
  if (last === undefined) return 'to the object itself, beside `kind`';
  const name = nameOf(last);
  if (last === 'ingress[]' || last === 'egress[]') {
    const rule = trail.place.startsWith(place) ? 'the rule' : `a rule of \`${name}\``;
    return `to ${rule}${nextTo(last === 'ingress[]' ? 'from' : 'to', key)}`;
  }
  if (last.endsWith('[]')) return `into an item of \`${name}\``;
  if (name === 'podSelector' && place !== 'spec.podSelector') return 'inside `podSelector` or `namespaceSelector`';
  if (name === 'ipBlock') return `inside \`ipBlock\`${nextTo('cidr', key)}`;
  return `to \`${name}\``;
}

function nextTo(neighbour: string, key: string): string {
  return neighbour === key ? '' : `, next to \`${neighbour}\``;
}

/** Which column to move a field to, as far as the input shows it; null in flow style. */
function moveTo(around: Trail, place: string): string | null {
  let trail = around;
  for (const segment of segmentsOf(place).slice(segmentsOf(around.place).length)) {
    const next = stepDown(trail, segment);
    if (next === null) {
      const waiting = entryOf(trail.node, nameOf(segment));
      if (waiting === null || !isNull(waiting.value) || !beginsLine(waiting.keySpan)) return null;
      const item = segment.endsWith('[]') ? 'begin it with `- ` and ' : '';
      return `${item}indent it further than \`${waiting.key}\` on line ${positionOf(waiting.keySpan).line}`;
    }
    trail = next;
  }
  const first = trail.node.entries.find(({ keySpan }) => beginsLine(keySpan));
  return first === undefined ? null : beside(first);
}

function beside({ key, keySpan }: MappingEntry): string | null {
  if (!beginsLine(keySpan)) return null;
  const { line, column } = positionOf(keySpan);
  return `begin it in column ${column}, as \`${key}\` on line ${line} does`;
}

/** Whether nothing but spaces and `- ` stands before a key on its line. */
function beginsLine(span: Span): boolean {
  const { text } = span.source;
  if (text === null) return false;
  const start = Math.max(0, span.start - 200);
  const before = text.slice(start, span.start);
  return /\n *(?:- +)*$/.test(start === 0 ? `\n${before}` : before);
}

function upTo(trail: Trail, length: number): Trail {
  let at = trail;
  while (at.up !== null && segmentsOf(at.place).length > length) at = at.up;
  return at;
}

/** The sentence about a consequence; null where there is none to tell. */
type Loss = (consequence: string | null) => string | null;

function lossText(consequence: string | null): string | null {
  return consequence === null ? null : `A server that drops unknown fields would ${consequence}`;
}

/** The parts that there are, joined to one text without a full stop at its end. */
function sentences(...parts: readonly (string | null)[]): string {
  return parts
    .filter((part) => part !== null)
    .reduce((text, part) => `${text}${text.endsWith('?') ? '' : '.'} ${part}`);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
