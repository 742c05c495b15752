// What pods and namespaces are called that nobody has named.
import type { Labels } from '../policy/label-selector.ts';

/** Of what has no labels. */
const anyOther = '(any other)';

/**
 * `(role=db,tier)`: the labels, without the value where any would do; `(any other)` when there are none. No name of
 * Kubernetes has brackets. Different for different labels, because no selector mentions `anyValue`.
 */
export function madeUpName(labels: Labels, anyValue: string): string {
  if (labels.size === 0) return anyOther;
  const texts = [...labels].map(([key, value]) => (value === anyValue ? key : `${key}=${value}`));
  return `(${texts.join(',')})`;
}
