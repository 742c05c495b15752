// What to do about a line of `.flows` that does not follow the grammar: the slips that people make.
import { nearest } from '../diagnostics/nearest.ts';

/** A hint for the token at `index` (the end, when there is no such token), or null. `images` are all tokens' texts. */
export function statementHint(images: readonly string[], index: number): string | null {
  const found = images[index] ?? '';
  if (index === 0) return verbHint(found);
  const arrow = images.indexOf('->');
  if (arrow === -1 || index < arrow) return arrowHint(images, index);
  const bare = images.slice(arrow + 1, index).at(-1) ?? '';
  if (images[index - 2] !== '[' && bare.includes('::')) {
    return 'put an IPv6 address into brackets before a port: `[fd00::7]:80`';
  }
  if (found === '' && !images.slice(arrow).includes(':')) return 'a flow needs the port it goes to: `-> prod/db:3306`';
  return images.slice(index - 2, index).includes('/') && found === ',' ? protocolHint : null;
}

const protocolHint = 'the protocol counts for all ports and stands behind the last one; write a line for each protocol';

function verbHint(found: string): string | null {
  if (found === '{') return null;
  const verb = nearest(found, ['allow', 'deny', 'ask']);
  return verb === null ? 'a line begins with `allow`, `deny` or `ask`' : `did you mean \`${verb}\`?`;
}

function arrowHint(images: readonly string[], index: number): string | null {
  if (images[index] === ':') return 'the port belongs to the destination alone';
  return index > 1 ? 'write `->` between the two ends' : null;
}
