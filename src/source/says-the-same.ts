// Whether two decoded objects say the same, wherever they stand.

/** Fields that say where something was written, not what it means. */
const placeFields: ReadonlySet<string> = new Set(['origin', 'subjectOrigin', 'source', 'span']);

/** Whether two values of plain data and Maps are equal but for the places in them. */
export function saysTheSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, at) => saysTheSame(each, b[at]))
    );
  }
  if (a instanceof Map || b instanceof Map) {
    return a instanceof Map && b instanceof Map && saysTheSame([...a], [...b]);
  }
  const fields = keysOf(a);
  return fields.length === keysOf(b).length && fields.every((key) => saysTheSame(fieldOf(a, key), fieldOf(b, key)));
}

function keysOf(value: object): readonly string[] {
  return Object.keys(value).filter((key) => !placeFields.has(key));
}

function fieldOf(value: object, key: string): unknown {
  return (value as Record<string, unknown>)[key];
}
