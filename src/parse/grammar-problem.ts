// From a chevrotain failure to words for people. Shared by the grammars; the diagnostic itself is each grammar's own.
import type { EmbeddedActionsParser, IToken, TokenType } from 'chevrotain';
import { joinOr } from '../diagnostics/join-or.ts';
import type { Source, Span } from '../source/source.ts';

/** A word of the input and where it stands. */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

/** Where a text stops following its grammar. */
export interface GrammarProblem {
  /** What could have stood there: `a`, `a or b`, `a, b or c`. */
  readonly expected: string;
  /** What stands there: a quoted word, or the end. */
  readonly found: string;
  readonly span: Span;
  /** Index of the token that does not fit; the number of tokens when it is the end. */
  readonly index: number;
}

/** What this file needs to know about a grammar besides its parser. */
export interface GrammarWords {
  /** Name of the rule that a text begins with. */
  readonly start: string;
  /** What to call the end of the text. */
  readonly end: string;
  /** What to call a token that may follow, given the innermost grammar rule that takes it. */
  readonly describe: (grammarRule: string, token: TokenType) => string;
}

/**
 * The problem at which the parser stopped, or null when all went well.
 *
 * The parser must look one token ahead and no further, so that it stops at the very token that does not fit. What was
 * expected there is asked of the grammar itself (chevrotain's content assist): linear in the tokens before.
 */
export function grammarProblem(
  parser: EmbeddedActionsParser,
  tokens: readonly IToken[],
  source: Source,
  words: GrammarWords,
): GrammarProblem | null {
  const [error] = parser.errors;
  if (error === undefined) return null;
  const known = tokens.indexOf(error.token);
  const index = known === -1 ? tokens.length : known;
  const next = parser.computeContentAssist(words.start, tokens.slice(0, index));
  const expected = new Set(next.map((path) => words.describe(path.ruleStack.at(-1) ?? '', path.nextTokenType)));
  // The start rule was satisfied and something was left over: the text could have ended here.
  if (error.name === 'NotAllInputParsedException') expected.add(words.end);
  const token = tokens[index];
  const end = endOf(tokens.at(-1));
  return {
    expected: joinOr([...expected]),
    found: token === undefined ? words.end : `\`${token.image}\``,
    span: token === undefined ? { source, start: end, end } : spanOfToken(source, token),
    index,
  };
}

export function spanOfToken(source: Source, token: IToken): Span {
  return { source, start: token.startOffset, end: endOf(token) };
}

export function wordOf(source: Source, token: IToken): Word {
  return { text: token.image, span: spanOfToken(source, token) };
}

function endOf(token: IToken | undefined): number {
  return token === undefined ? 0 : token.startOffset + token.image.length;
}
