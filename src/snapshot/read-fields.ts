// Reads fields of a snapshot object by name and type. A wrong type is reported and read as absent; null is absent (S-106).
import { entryAt, nodeOf, pathOf, spanOf, type Fields, type Part, type Place } from './cluster-object.ts';

/** A field that holds a mapping. */
export function partAt(part: Part | null, key: string): Part | null {
  const value = part?.fields[key];
  if (part === null || value === undefined || value === null) return null;
  if (!isFields(value)) return reportType({ part, key, index: -1 }, 'an object');
  return { object: part.object, fields: value, holder: part, key, index: -1 };
}

/** The mappings of a list field; null items are left out. Empty when the field is absent. */
export function partsAt(part: Part | null, key: string): readonly Part[] {
  const value = part?.fields[key];
  if (part === null || value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    reportType({ part, key, index: -1 }, 'a list');
    return [];
  }
  const parts: Part[] = [];
  for (let index = 0; index < value.length; index++) {
    const fields: unknown = value[index];
    if (isFields(fields)) parts.push({ object: part.object, fields, holder: part, key, index });
    else if (fields !== null) reportType({ part, key, index }, 'an object');
  }
  return parts;
}

/** A field that holds a string; null when it is absent or empty, which is the same to the API. */
export function stringAt(part: Part | null, key: string): string | null {
  const value = part?.fields[key];
  if (part === null || value === undefined || value === null || value === '') return null;
  return typeof value === 'string' ? value : reportType({ part, key, index: -1 }, 'a string');
}

/** The strings of a list field, `''` in place of what is no string. Empty when the field is absent. */
export function stringsAt(part: Part | null, key: string): readonly string[] {
  const value = part?.fields[key];
  if (part === null || value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    reportType({ part, key, index: -1 }, 'a list');
    return [];
  }
  return value.map((item: unknown, index) => {
    if (typeof item === 'string') return item;
    reportType({ part, key, index }, 'a string');
    return '';
  });
}

/** A field that is true or false; false when it is absent. */
export function flagAt(part: Part | null, key: string): boolean {
  const value = part?.fields[key];
  if (part === null || value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  reportType({ part, key, index: -1 }, 'true or false');
  return false;
}

/** A field that holds a port number, 1…65535; null when it is absent. Source: S-732. */
export function portAt(part: Part, key: string): number | null {
  const value = part.fields[key];
  if (value === undefined || value === null) return null;
  const place = { part, key, index: -1 };
  if (typeof value !== 'number' || !Number.isInteger(value)) return reportType(place, 'an integer');
  if (value >= 1 && value <= 65535) return value;
  part.object.problems.add('NP3006', { path: pathOf(place), found: value }, () => spanOf(place));
  return null;
}

/** A field that holds one of some words; null when it is absent. */
export function choiceAt<T extends string>(part: Part | null, key: string, choices: readonly T[]): T | null {
  const value = stringAt(part, key);
  if (part === null || value === null) return null;
  for (const choice of choices) if (choice === value) return choice;
  const place = { part, key, index: -1 };
  part.object.problems.add('NP3007', { path: pathOf(place), found: value, choices }, () => spanOf(place));
  return null;
}

/** Reports that a place does not hold what it must, or that tools do not agree on what it holds. */
export function reportType(place: Place, expected: string): null {
  const { problems } = place.part.object;
  if (!problems.takes('error')) return null;
  const node = nodeOf(place);
  const entry = entryAt(place);
  if (entry?.keyProblem === 'not-a-string') {
    problems.add('NP1010', { found: 'number, boolean or null' }, () => entry.keySpan);
  } else if (entry?.keyProblem === 'ambiguous') {
    const parameters = { text: entry.key, yaml11: 'a boolean or a number', yaml12: `the string "${entry.key}"` };
    problems.add('NP1016', parameters, () => entry.keySpan);
  } else if (node?.kind === 'scalar' && node.ambiguity !== null) {
    const text = node.span.source.text?.slice(node.span.start, node.span.end) ?? String(node.value);
    problems.add('NP1016', { text, ...node.ambiguity }, () => node.span);
  } else {
    problems.add('NP2002', { path: pathOf(place), expected, found: describe(valueAt(place)) }, () => spanOf(place));
  }
  return null;
}

function valueAt({ part, key, index }: Place): unknown {
  const value = part.fields[key];
  return index === -1 || !Array.isArray(value) ? value : value[index];
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `the string ${JSON.stringify(value)}`;
  return typeof value === 'number' || typeof value === 'boolean' ? `the ${typeof value} ${value}` : 'an object';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
