// What was emitted and what was listed, as lines of one language: equal when they are the same lines, each as often.

/** At most so many of each kind are worth reading. */
const mostShown = 5;

/** Lines that only one of the two has; empty when nothing was lost and nothing added. */
export function compareFactLines(emitted: readonly string[], listed: readonly string[]): readonly string[] {
  return [...surplus('lost', emitted, listed), ...surplus('added', listed, emitted)];
}

function surplus(word: string, lines: readonly string[], others: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1);
  const left = lines.filter((line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count - 1);
    return count <= 0;
  });
  const shown = left.slice(0, mostShown).map((line) => `${word}: ${line}`);
  return left.length > mostShown ? [...shown, `${word}: ${left.length - mostShown} more`] : shown;
}
