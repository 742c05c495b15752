// An artifact as text to be read side by side with another one: what did not change stands on lines that did not either.

/**
 * The text with two things laid out otherwise; all other lines are as they are.
 *
 * A line that lists elements is cut into lines of one element each, indented alike and without the commas between them:
 * one element more is one line more, wherever lines were broken before.
 *
 * Lines one behind the other that begin with the same words up to a name made from content (`add npc4s…`) have them once,
 * and the others are indented: with another name, one line is another one, not every element.
 *
 * For people: no program is to read the result. O(text).
 */
export function comparableText(text: string): string {
  let opening: string | null = null;
  const lines = text.split('\n').map((line) => {
    if (opening !== null && line.startsWith(opening)) return `  ${line.slice(opening.length)}`;
    opening = openingOf(line);
    return listsElements(line) ? cut(line) : line;
  });
  return lines.join('\n');
}

/** At least one word, and then one with a hash of hexadecimal digits or base32, as targets put them into names. */
const nameFromContent = /^(?:\S+ ){1,3}?\S*(?:[0-9a-f]{16}|[A-Z2-7]{22}|[a-z2-7]{26})\S* /;

function openingOf(line: string): string | null {
  return line.startsWith('#') ? null : (nameFromContent.exec(line)?.[0] ?? null);
}

/** It has a comma before a space or its end, and none of the signs of comments, quoted text and blocks. */
function listsElements(line: string): boolean {
  return /, |,$/.test(line) && !/[#"{}]/.test(line);
}

function cut(line: string): string {
  const elements = line.trimStart();
  const indent = line.slice(0, line.length - elements.length);
  return indent + elements.replace(/,$/, '').replaceAll(', ', `\n${indent}`);
}
