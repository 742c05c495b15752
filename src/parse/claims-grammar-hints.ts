// What to do about a line of claims that does not follow the grammar: the slips that people make.
import { nearest } from '../diagnostics/nearest.ts';

const verbs = ['never', 'always', 'only', 'allow', 'deny'];

/** A hint for the token at `index` (the end, when there is no such token), or null. `images` are all tokens' texts. */
export function claimHint(images: readonly string[], index: number): string | null {
  const found = images[index] ?? '';
  if (index === 0) return verbHint(found);
  if (found.startsWith('(')) return parenthesisHint(images[index - 1] ?? '', found);
  if (images[index - 1] === '[') return 'brackets hold an IPv6 address, or a block of them';
  const arrow = images.indexOf('->');
  if (arrow === -1 || index < arrow) return sourceHint(images, index);
  return destinationHint(images, index);
}

function verbHint(found: string): string {
  if (found === 'ask') return 'to ask claims nothing; a line begins with `never`, `always`, `only`, `allow` or `deny`';
  if (found.startsWith('{')) return 'claims are not written as JSON: `never outside -> prod/db:5432`';
  const verb = nearest(found, verbs);
  return verb === null
    ? 'a line begins with `never`, `always`, `only`, `allow` or `deny`'
    : `did you mean \`${verb}\`?`;
}

function parenthesisHint(before: string, found: string): string {
  if (found === '(') return 'the `)` of this selector is missing';
  const word = nearest(before, ['pods', 'ns']);
  return word === null ? 'a selector stands behind `pods` or `ns`' : `did you mean \`${word}${found}\`?`;
}

function sourceHint(images: readonly string[], index: number): string | null {
  if (images[index] === ':') return 'ports belong to destinations alone';
  return index > 1 ? 'write `->` between the two ends' : null;
}

function destinationHint(images: readonly string[], index: number): string | null {
  return images[index - 1] === ',' ? 'behind a comma stands another port, or another end' : null;
}
