// Artifacts for reading side by side: lists of elements, of which many stand on a line, with one element a line.

/**
 * The text with every line that lists elements cut into lines of one element each, indented alike and without the commas
 * between them; all other lines as they are. So one element more is one line more, wherever lines were broken before.
 * For people: no program is to read the result. O(text).
 */
export function oneElementALine(text: string): string {
  return text
    .split('\n')
    .map((line) => (listsElements(line) ? cut(line) : line))
    .join('\n');
}

/** It has a comma before a space or its end, and none of the signs of comments, quoted text and blocks. */
function listsElements(line: string): boolean {
  return /, |,$/.test(line) && !/[#"{}]/.test(line);
}

function cut(line: string): string {
  const indent = line.slice(0, line.length - line.trimStart().length);
  return indent + line.trimStart().replace(/,$/, '').replaceAll(', ', `\n${indent}`);
}
