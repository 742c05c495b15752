// Fields of JSON that somebody else has written.

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field that is an object; null when it is anything else. */
export function recordOf(value: unknown, key: string): Readonly<Record<string, unknown>> | null {
  const field = isRecord(value) ? value[key] : null;
  return isRecord(field) ? field : null;
}

/** A field that is a text; null when it is anything else. */
export function textOf(value: unknown, key: string): string | null {
  const field = isRecord(value) ? value[key] : null;
  return typeof field === 'string' ? field : null;
}

/** A field that is a number; null when it is anything else. */
export function numberOf(value: unknown, key: string): number | null {
  const field = isRecord(value) ? value[key] : null;
  return typeof field === 'number' ? field : null;
}
