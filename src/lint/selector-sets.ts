// What label selectors can match, key by key, as sets of values. Exact for the four operators of policies.
import type { LabelSelector, Requirement } from '../policy/label-selector.ts';

/** What a selector lets a label be. */
interface Allowed {
  readonly absent: boolean;
  /** Null means any value. */
  readonly only: ReadonlySet<string> | null;
  readonly not: ReadonlySet<string>;
}

const anything: Allowed = { absent: true, only: null, not: new Set() };

/**
 * The key whose requirements contradict each other, so that nothing matches; null when something can. `present` are keys that every object in question has (the name label of namespaces).
 * Source: S-401 to S-406.
 */
export function contradiction(selector: LabelSelector, present: readonly string[] = []): string | null {
  for (const [key, { absent, only, not }] of allowedByKey(selector)) {
    const someValue = only === null || [...only].some((value) => !not.has(value));
    if (!someValue && (!absent || present.includes(key))) return key;
  }
  return null;
}

/** Whether everything that `narrow` matches is matched by `wide`, whatever labels there are. */
export function implies(narrow: LabelSelector, wide: LabelSelector): boolean {
  const known = allowedByKey(narrow);
  return [...allowedByKey(wide)].every(([key, allowed]) => isWithin(known.get(key) ?? anything, allowed));
}

function isWithin(narrow: Allowed, wide: Allowed): boolean {
  if (narrow.absent && !wide.absent) return false;
  if (narrow.only === null) return wide.only === null && [...wide.not].every((value) => narrow.not.has(value));
  const values = [...narrow.only].filter((value) => !narrow.not.has(value));
  return values.every((value) => (wide.only?.has(value) ?? true) && !wide.not.has(value));
}

function allowedByKey({ requirements }: LabelSelector): ReadonlyMap<string, Allowed> {
  const byKey = new Map<string, Allowed>();
  for (const requirement of requirements) {
    byKey.set(requirement.key, narrowed(byKey.get(requirement.key) ?? anything, requirement));
  }
  return byKey;
}

function narrowed(allowed: Allowed, { operator, values }: Requirement): Allowed {
  switch (operator) {
    case 'In': {
      const only = values.filter((value) => allowed.only?.has(value) ?? true);
      return { ...allowed, absent: false, only: new Set(only) };
    }
    case 'NotIn':
      return { ...allowed, not: new Set([...allowed.not, ...values]) };
    case 'Exists':
      return { ...allowed, absent: false };
    case 'DoesNotExist':
      return { ...allowed, only: new Set() };
    case 'GreaterThan':
    case 'LessThan':
      throw new Error('policies have no such operator (S-417)');
  }
}
