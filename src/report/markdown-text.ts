// Text from the input in Markdown: shown as it is, never read as Markdown, HTML or a mention.
import { escapeText } from '../diagnostics/safe-text.ts';

/** A code span, also within a table. Empty text becomes an empty string. */
export function codeSpan(text: string): string {
  if (text === '') return '';
  const shown = escapeText(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const margin = longest > 0 ? ' ' : '';
  return `${fence}${margin}${shown}${margin}${fence}`;
}

/** Characters that mean something in Markdown or HTML; `@` has no escape that keeps code hosts from mentioning somebody. */
const special: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['@', '&#64;'],
  ...'\\`*_{}[]#|~'.split('').map((character) => [character, `\\${character}`] as const),
]);

/** Plain text in which no character means anything. */
export function plainText(text: string): string {
  return escapeText(text).replace(/[&<>@\\`*_{}[\]#|~]/g, (character) => special.get(character) ?? character);
}

/** A link whose target is a URL that the caller made; its characters that end a link are encoded. */
export function linkTo(text: string, url: string): string {
  return `[${text}](${url.replace(/[\s()<>|]/g, percentEncoded)})`;
}

function percentEncoded(character: string): string {
  return `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
}
