// Lists and numbers for people.

/** How many names are listed when there are more. */
const shown = 3;

/** `a`, `a and b`, `a, b, c and 4 more`. */
export function someOf(names: readonly string[]): string {
  const rest = names.length - shown;
  const named = rest > 1 ? [...names.slice(0, shown), `${rest} more`] : names;
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1) ?? ''}`;
}

/** `1 pod`, `2 pods`. */
export function countOf(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
