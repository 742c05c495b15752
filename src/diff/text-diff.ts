// Two texts → a unified diff, as `diff -u` prints it.
import { structuredPatch, type StructuredPatchHunk } from 'diff';

export interface LabelledText {
  /** What stands behind `---` or `+++`: one line, fit for where the diff is shown. */
  readonly label: string;
  readonly text: string;
}

export interface TextDiff {
  /** `too-different`: more than `mostEdits` lines come and go. Nobody would read it, and it takes too long to find. */
  readonly kind: 'equal' | 'different' | 'too-different';
  /** Both labels and the changes; one line that says so when there are too many; nothing when the texts are equal. */
  readonly text: string;
}

/** Lines that come plus lines that go. The time for it grows with its square: about a second for two texts of 5 MB. */
export const mostEdits = 2000;

/** Lines around a change. */
const context = 3;

/**
 * The fewest lines to take away and to add (Myers), with three lines of context. Lines end with a line feed and nothing
 * else. O(lines + edits²).
 */
export function textDiff(base: LabelledText, head: LabelledText): TextDiff {
  if (base.text === head.text) return { kind: 'equal', text: '' };
  const patch = structuredPatch('', '', base.text, head.text, undefined, undefined, {
    context,
    maxEditLength: mostEdits,
  });
  const labels = `--- ${base.label}\n+++ ${head.label}\n`;
  if (patch === undefined) {
    return {
      kind: 'too-different',
      text: `${labels}too different to show: more than ${mostEdits} lines come and go\n`,
    };
  }
  return { kind: 'different', text: labels + patch.hunks.map(hunkText).join('') };
}

function hunkText({ oldStart, oldLines, newStart, newLines, lines }: StructuredPatchHunk): string {
  const head = `@@ -${rangeText(oldStart, oldLines)} +${rangeText(newStart, newLines)} @@`;
  return [head, ...lines, ''].join('\n');
}

/** One line is its number alone; none are behind the line before (POSIX diff -u). */
function rangeText(start: number, lines: number): string {
  if (lines === 1) return String(start);
  return `${lines === 0 ? start - 1 : start},${lines}`;
}
