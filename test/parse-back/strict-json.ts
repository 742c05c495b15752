// JSON of kernel tools, taken apart without ignoring anything: a field that nobody expects is an error.

export type Fields = Readonly<Record<string, unknown>>;

/** The object's fields. Throws when one of `required` is missing, or when there is one that neither list names. */
export function fieldsOf(value: unknown, required: readonly string[], optional: readonly string[] = []): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unexpected('an object', value);
  const names = Object.keys(value);
  const isKnown = (name: string): boolean => required.includes(name) || optional.includes(name);
  if (!names.every(isKnown) || !required.every((name) => names.includes(name))) {
    throw unexpected(`fields ${required.join(', ')}`, value);
  }
  return value as Fields;
}

/** The one field of an object that has no other: `{"drop": null}`. */
export function onlyField(value: unknown): readonly [name: string, content: unknown] {
  const [entry, ...others] = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entry === undefined || others.length > 0) throw unexpected('one field', value);
  return entry;
}

export function listIn(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw unexpected('a list', value);
  return value as readonly unknown[];
}

export function textIn(value: unknown): string {
  if (typeof value !== 'string') throw unexpected('text', value);
  return value;
}

export function numberIn(value: unknown): number {
  if (typeof value !== 'number') throw unexpected('a number', value);
  return value;
}

/** For whoever finds something else than it knows. */
export function unexpected(wanted: string, value: unknown): Error {
  return new Error(`expected ${wanted}, not ${JSON.stringify(value)}`.slice(0, 300));
}
