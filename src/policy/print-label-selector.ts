// Requirements → the canonical string form.
import type { LabelSelector, Requirement } from './label-selector.ts';

/**
 * Prints a selector for `kubectl -l`: requirements sorted by key, values sorted and distinct, no space after commas.
 * Selectors with the same requirements print alike, whatever the order; what is printed parses back to the same
 * requirements. Source: S-418.
 */
export function printLabelSelector(selector: LabelSelector): string {
  const printed = selector.requirements.map((requirement) => ({
    key: requirement.key,
    text: printRequirement(requirement),
  }));
  printed.sort((a, b) => compare(a.key, b.key) || compare(a.text, b.text));
  return printed.map(({ text }) => text).join(',');
}

function printRequirement({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In':
      return `${key} in (${sortValues(values).join(',')})`;
    case 'NotIn':
      return `${key} notin (${sortValues(values).join(',')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'GreaterThan':
      return `${key}>${values[0] ?? ''}`;
    case 'LessThan':
      return `${key}<${values[0] ?? ''}`;
  }
}

/** Values as a set, in code-unit order. */
export function sortValues(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
