// Kubernetes objects as plain JSON, and the ways in which the API lets a list be written.
import type { Random } from './random.ts';

export type Json = string | number | boolean | null | readonly Json[] | Manifest;
export interface Manifest {
  readonly [key: string]: Json;
}

/** How a generator fills lists: `flat` gives every shape the same chance, `dense` mostly real elements. */
export type Dial = 'flat' | 'dense';

/** An object without the keys that are undefined: the generators' way of saying "absent". */
export function manifest(fields: Readonly<Record<string, Json | undefined>>): Manifest {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, Json] => field[1] !== undefined));
}

/** Absent or `null`: the same to the API. Source: S-106. */
export function nil(random: Random): null | undefined {
  return random.chance(0.5) ? null : undefined;
}

/**
 * One way to write a list: nil, empty, one empty element (`oneEmpty`, where the API accepts it), or the elements that
 * `make` gives. 25 % each when the dial is flat.
 */
export function listField(
  random: Random,
  dial: Dial,
  oneEmpty: readonly Json[] | null,
  make: () => readonly Json[],
): Json | undefined {
  const each = dial === 'flat' ? 0.25 : 0.07;
  if (random.chance(each)) return nil(random);
  if (random.chance(each / (1 - each))) return [];
  if (oneEmpty !== null && random.chance(each / (1 - 2 * each))) return [random.pick(oneEmpty)];
  return make();
}

/** Between `least` and `most` elements. */
export function several<T>(random: Random, least: number, most: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: least + random.below(most - least + 1) }, (_, index) => make(index));
}

export function isManifest(value: Json | undefined): value is Manifest {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of keys, or undefined where there is none. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => (isManifest(inner) ? inner[key] : undefined), value);
}

/** The list at a path; empty for nil. */
export function listAt(value: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}

/** The text at a path; null when there is none. */
export function textAt(value: Json | undefined, ...path: readonly string[]): string | null {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : null;
}
