// The words and signs that flows and claims are written with. Each grammar makes a lexer of those that it knows.
import { createToken, Lexer, type TokenType } from 'chevrotain';

export const space = createToken({ name: 'Space', pattern: /[ \t\r\n]+/, group: Lexer.SKIPPED, line_breaks: true });
export const comment = createToken({ name: 'Comment', pattern: /#[^\n]*/, group: Lexer.SKIPPED, line_breaks: false });
export const arrow = createToken({ name: 'Arrow', pattern: '->' });

// Two colons make an IPv6 address, so `node:n1:80` must not be one: neither `node` nor a name behind a single colon
// begins like an address does.
export const address6 = createToken({
  name: 'Address6',
  pattern: /(?:[0-9A-Fa-f]+:[0-9A-Fa-f]*:|::)[0-9A-Fa-f:.]*/,
  line_breaks: false,
});
export const slash = createToken({ name: 'Slash', pattern: '/' });
export const colon = createToken({ name: 'Colon', pattern: ':' });
export const comma = createToken({ name: 'Comma', pattern: ',' });
export const open = createToken({ name: 'Open', pattern: '[' });
export const close = createToken({ name: 'Close', pattern: ']' });
export const word = createToken({ name: 'Word', pattern: /(?:[0-9A-Za-z._]|-(?!>))+/, line_breaks: false });

/** Whatever else: so that it is the parser that says what was expected there. */
export const other = createToken({
  name: 'Other',
  pattern: /[^ \t\r\n#/:,[\]0-9A-Za-z._-]+|[^\n]/,
  line_breaks: false,
});

/** In the order of their precedence. Keywords follow, then `word`, then `other`. */
export const signs: readonly TokenType[] = [space, comment, arrow, address6, slash, colon, comma, open, close];

/** Keywords are words too: a pod may be called `allow`. */
export function keyword(text: string): TokenType {
  return createToken({ name: text, pattern: text, longer_alt: word, categories: word });
}

export const over = keyword('over');
export const node = keyword('node');
export const host = keyword('host');
