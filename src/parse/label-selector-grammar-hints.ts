// What to do about a label-selector string that does not follow the grammar: the slips that people make.
import { nearest } from '../diagnostics/nearest.ts';

/** A hint for the token at `index` (the end, when there is no such token), or null. `images` are all tokens' texts. */
export function selectorHint(images: readonly string[], index: number): string | null {
  const found = images[index] ?? '';
  const before = images[index - 1] ?? '';
  if (isOpen(images.slice(0, index))) return 'values stand between `(` and `)`, with commas between them';
  if (before === '>' || before === '<') return comparisonHint(before, found);
  if (before.startsWith('=')) return equalityHint(found);
  if (before === ',' || found === ',') return 'a requirement is missing here: remove the comma';
  if (images[index - 2] === '!') return negationHint(before, found);
  if (isSetOperator(before) && index > 1) return `put the values in parentheses: \`${before} (a,b)\``;
  return isWord(found) && isWord(before) ? wordAfterWordHint(images, index) : null;
}

/** Whether a `(` is still open. */
function isOpen(images: readonly string[]): boolean {
  return images.lastIndexOf('(') > images.lastIndexOf(')');
}

function comparisonHint(operator: string, found: string): string {
  if (found !== '=') return `\`${operator}\` compares with a whole number, for example \`${operator}5\``;
  return `there is no \`${operator}=\`; for whole numbers \`${operator === '>' ? '>=5` is `>4' : '<=5` is `<6'}\``;
}

function equalityHint(found: string): string | null {
  if (found.startsWith('!')) return 'for "not equal" write `!=`';
  return found.startsWith('=') ? 'write `=` or `==`' : null;
}

/** After `!key` only `,` or the end may follow. Source: S-415. */
function negationHint(key: string, found: string): string | null {
  if (isSetOperator(found)) return `write \`${key} notin (a,b)\`; \`!${key}\` asks that the label is absent`;
  return found.includes('=') ? `write \`${key}!=value\`; \`!${key}\` asks that the label is absent` : null;
}

function wordAfterWordHint(images: readonly string[], index: number): string {
  const found = images[index] ?? '';
  if (found.toLowerCase() === 'not' && isSetOperator(images[index + 1] ?? '')) return 'write `notin`, in one word';
  const operator = images[index + 1] === '(' ? nearest(found, ['in', 'notin']) : null;
  return operator === null ? 'put a comma between two requirements' : `did you mean \`${operator}\`?`;
}

function isSetOperator(image: string): boolean {
  return image === 'in' || image === 'notin';
}

function isWord(image: string): boolean {
  return image !== '' && !/^[=!(),><]/.test(image);
}
