// Label selectors: the structured form of policies and the string form of `-l` become the same requirements.

/** Labels of an object. A Map, because `constructor` is a valid label key. */
export type Labels = ReadonlyMap<string, string>;

export type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'GreaterThan' | 'LessThan';

/**
 * One requirement. `values` is empty for Exists and DoesNotExist, holds one decimal integer for GreaterThan and
 * LessThan (string form only, S-417). `matchLabels: {k: v}` is `k In [v]` (S-401).
 */
export interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

/** All requirements must hold; none means everything. Source: S-401, S-411. */
export interface LabelSelector {
  readonly requirements: readonly Requirement[];
}

export const everything: LabelSelector = { requirements: [] };

/** Whether labels satisfy a selector. Shared by compiler and oracle: the one piece they have in common. */
export function matches(selector: LabelSelector, labels: Labels): boolean {
  return selector.requirements.every((requirement) => holds(requirement, labels));
}

/** Whether one requirement holds. Source: S-402 to S-405, S-417. */
export function holds(requirement: Requirement, labels: Labels): boolean {
  const value = labels.get(requirement.key);
  switch (requirement.operator) {
    case 'In':
      return value !== undefined && requirement.values.includes(value);
    case 'NotIn':
      return value === undefined || !requirement.values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'GreaterThan':
      return compare(value, requirement.values[0]) === 1;
    case 'LessThan':
      return compare(value, requirement.values[0]) === -1;
  }
}

/** Sign of value − operand, or null unless both are 64-bit signed decimal integers. */
function compare(value: string | undefined, operand: string | undefined): -1 | 0 | 1 | null {
  const left = parseInt64(value);
  const right = parseInt64(operand);
  if (left === null || right === null) return null;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A 64-bit signed decimal integer, or null when the text is none. Source: S-417. */
export function parseInt64(text: string | undefined): bigint | null {
  if (text === undefined || !/^[+-]?[0-9]{1,32}$/.test(text)) return null;
  const value = BigInt(text.replace('+', ''));
  return value >= -(2n ** 63n) && value < 2n ** 63n ? value : null;
}
