// What the decoders of cluster-scoped policies ask of a field: that it is there, that it is the only one, that it is short.
import { fieldOf, itemsOf, stringOf, type Located } from './fields.ts';
import type { ProblemList } from './problem-list.ts';

export interface ClusterDecoding {
  readonly problems: ProblemList;
  readonly decode: 'strict' | 'warn';
  /** How many items a list may have. Source: S-1019, S-1104. */
  readonly limit: number;
}

/** Reports that an object lacks a field that it must have. */
export function requiredIn({ problems }: ClusterDecoding, holder: Located, key: string): void {
  const path = holder.path === '' ? key : `${holder.path}.${key}`;
  problems.missingIn(holder.node.span).add('NP2403', { path }, holder.node.span);
}

/**
 * The one of `fields` that an object sets; null and reported when there are several or none. None may mean a newer
 * schema (S-1009): `lenient` says whether that is a warning under `--decode=warn`.
 */
export function knownFieldOf(
  { problems, decode }: ClusterDecoding,
  holder: Located,
  fields: readonly string[],
  lenient: 'lenient' | 'never',
): (Located & { readonly key: string }) | null {
  const given = fields.flatMap((key) => {
    const field = fieldOf(holder, key);
    return field === null ? [] : [{ ...field, key }];
  });
  const [first, second] = given;
  const { path, node } = holder;
  if (second !== undefined) problems.add('NP2401', { path, fields, given: given.map(({ key }) => key) }, node.span);
  else if (first !== undefined) return first;
  else {
    const severity = lenient === 'lenient' && decode === 'warn' ? 'warning' : 'error';
    problems.missingIn(node.span).add('NP2402', { path, fields }, node.span, { severity });
  }
  return null;
}

/** The value that stands for the word in a field; null and reported for other words, and when it is absent. */
export function oneOf<T>(
  decoding: ClusterDecoding,
  holder: Located,
  key: string,
  values: Readonly<Record<string, T>>,
): T | null {
  const field = fieldOf(holder, key);
  if (field === null) {
    requiredIn(decoding, holder, key);
    return null;
  }
  const value = stringOf(field) ?? '';
  if (Object.hasOwn(values, value)) return values[value] ?? null;
  decoding.problems.add('NP2404', { path: field.path, value, supported: Object.keys(values) }, field.node.span);
  return null;
}

/** The items of a list that may be absent or empty; reported when there are too many. */
export function limitedItems({ problems }: ClusterDecoding, list: Located | null, limit: number): readonly Located[] {
  const items = itemsOf(list) ?? [];
  if (list !== null && items.length > limit) {
    problems.add('NP2407', { path: list.path, count: items.length, limit }, list.node.span);
  }
  return items;
}

/** The items of a list that has at least one when it is there; reported otherwise. */
export function someItems(decoding: ClusterDecoding, list: Located, limit: number): readonly Located[] {
  const items = limitedItems(decoding, list, limit);
  if (items.length === 0) decoding.problems.add('NP2406', { path: list.path }, list.node.span);
  return items;
}
