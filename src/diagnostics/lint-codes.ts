// Ids of lints, as the semantics page numbers them, and the codes that tell of them.
import type { Code } from './catalogue/index.ts';

/** By lint id. Three are found by reading and compiling, too, and have the codes of those. */
const codeByLint: ReadonlyMap<string, Code> = new Map<string, Code>([
  ...Array.from({ length: 36 }, (_, index): [string, Code] => {
    const number = String(index + 1).padStart(2, '0');
    return [`L-${number}`, `NP60${number}` as Code];
  }),
  ['L-37', 'NP3023'],
  ['L-38', 'NP2419'],
  ['L-39', 'NP2418'],
]);

/** Every lint id, sorted. */
export const lintIds: readonly string[] = [...codeByLint.keys()];

/** The code of a lint, given as `L-09`, `l-9` or `L9`; null when there is no such lint. */
export function codeOfLint(id: string): Code | null {
  const number = /^L-?([0-9]{1,2})$/i.exec(id.trim())?.[1];
  return number === undefined ? null : (codeByLint.get(`L-${number.padStart(2, '0')}`) ?? null);
}

/** The lint that a code tells of, or null. */
export function lintOfCode(code: Code): string | null {
  for (const [id, each] of codeByLint) if (each === code) return id;
  return null;
}
