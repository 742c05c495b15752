// Text from the input in Markdown: shown as it is, never read as Markdown, HTML, a mention or a reference.
import { escapeText } from '../diagnostics/safe-text.ts';

/**
 * Code, also within a table. Empty text becomes an empty string. A pipe ends the cell of a table even in a code span, and no
 * escape holds behind every backslash: text with one is written in HTML.
 */
export function codeSpan(text: string): string {
  if (text === '') return '';
  const shown = escapeText(text);
  if (shown.includes('|')) return `<code>${shown.replace(/[^A-Za-z0-9 ]/gu, characterReference)}</code>`;
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const margin = longest > 0 ? ' ' : '';
  return `${fence}${margin}${shown}${margin}${fence}`;
}

/** Plain text in which no character means anything. */
export function plainText(text: string): string {
  return escapeText(text).replace(
    /[&<>@\\`*_{}[\]#|~]|:(?=\/\/)|\bwww(?=\.)|\bgh(?=-\d)/gi,
    (found) => harmless.get(found) ?? found + parted,
  );
}

/**
 * A character without width, which code hosts do not see through: they look for mentions, issues and addresses in the text as
 * it is shown, whatever it was escaped with.
 */
const parted = '&#8203;';

/** What means something in Markdown or HTML; everything else that is found is parted from what follows. */
const harmless: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['#', `\\#${parted}`],
  ...'\\`*_{}[]|~'.split('').map((character) => [character, `\\${character}`] as const),
]);

/** A link whose target is a URL that the caller made; its characters that end a link are encoded. */
export function linkTo(text: string, url: string): string {
  return `[${text}](${url.replace(/[\s()<>|\\]/g, percentEncoded)})`;
}

function percentEncoded(character: string): string {
  return `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function characterReference(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}
