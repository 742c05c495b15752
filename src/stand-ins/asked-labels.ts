// A label selector → the labels of something that it selects.
import { holds, matches, type Labels, type LabelSelector, type Requirement } from '../policy/label-selector.ts';

/**
 * The labels that a selector asks for and no others, sorted by key: the first value that does, or `anyValue` where every
 * value does. Null when nothing can match (S-406).
 */
export function askedLabels(selector: LabelSelector, anyValue: string): Labels | null {
  const labels = new Map<string, string>();
  for (const key of [...new Set(selector.requirements.map((each) => each.key))].sort()) {
    const value = askedValue(
      selector.requirements.filter((each) => each.key === key),
      anyValue,
    );
    if (value !== null) labels.set(key, value);
  }
  return matches(selector, labels) ? labels : null;
}

/** The value that requirements on one key ask for; null when they ask for none. */
function askedValue(requirements: readonly Requirement[], anyValue: string): string | null {
  const listing = requirements.find(({ operator }) => operator === 'In');
  if (listing !== undefined) return firstAllowed(listing.key, listing.values, requirements);
  return requirements.some(({ operator }) => operator === 'Exists') ? anyValue : null;
}

function firstAllowed(key: string, values: readonly string[], requirements: readonly Requirement[]): string | null {
  return values.find((value) => requirements.every((each) => holds(each, new Map([[key, value]])))) ?? null;
}
