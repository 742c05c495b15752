// The ids that settings about lints may name.

const count = 39;

/** `L-01` to `L-39`. */
export const lintIds: readonly string[] = Array.from(
  { length: count },
  (_, index) => `L-${String(index + 1).padStart(2, '0')}`,
);

/** Whether there is such a lint. */
export function isLintId(text: string): boolean {
  return lintIds.includes(text);
}
