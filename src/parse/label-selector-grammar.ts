// The string form of label selectors (`kubectl -l`): text → requirements as written, with their places. What they mean
// is policy/parse-label-selector.ts's business. Importing this file loads chevrotain; the parser is built on first use.
//
//     selector    = [ requirement { "," requirement } ] ;
//     requirement = "!" key | key | key set-op "(" values ")" | key eq-op [ value ] | key cmp-op value ;
//     set-op      = "in" | "notin" ;
//     eq-op       = "=" | "==" | "!=" ;
//     cmp-op      = ">" | "<" ;
//     values      = [ value ] { "," [ value ] } ;
//     key         = WORD ;
//     value       = WORD ;
//     WORD        = 1*( any character except whitespace and = ! ( ) , > < ) ;
//
// Source: semantics section 4.2, S-411 to S-416, S-419.
import { createToken, EmbeddedActionsParser, Lexer, type IToken, type TokenType } from 'chevrotain';
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Source } from '../source/source.ts';
import { grammarProblem, wordOf, type GrammarWords, type Word } from './grammar-problem.ts';
import { selectorHint } from './label-selector-grammar-hints.ts';
import { checkText } from './text.ts';

/** One requirement as written. `exists` and `!` have no values; an empty slot, or nothing after `=`, is null (S-414). */
export interface RequirementSyntax {
  readonly operator: 'exists' | '!' | 'in' | 'notin' | '=' | '==' | '!=' | '>' | '<';
  readonly key: Word;
  readonly values: readonly (Word | null)[];
}

/** Parses a selector string; none means everything (S-411). The first problem ends it. O(length). */
export function parseSelectorSyntax(source: Source): Outcome<readonly RequirementSyntax[]> {
  const text = source.text ?? '';
  const badText = checkText(source, text);
  if (badText.length > 0) return { value: null, diagnostics: badText };
  grammar ??= buildSelectorGrammar(true);
  const { tokens } = grammar.lexer.tokenize(text);
  grammar.parser.input = tokens;
  const requirements = grammar.parser.selector();
  const problem = grammarProblem(grammar.parser, tokens, source, words);
  if (problem === null) return { value: requirements.map((each) => locate(each, source)), diagnostics: [] };
  const images = tokens.map((token) => token.image);
  const hint = selectorHint(images, problem.index);
  return { value: null, diagnostics: [diagnose('NP1040', problem, problem.span, { hint })] };
}

// Order is precedence: the longer of two specials first (S-412). `in` and `notin` are words too, so that keys and values
// may be called so; only the place of an operator takes them as what they say (S-413).
const space = createToken({ name: 'Space', pattern: /[ \t\r\n]+/, group: Lexer.SKIPPED, line_breaks: true });
const equalsTwice = createToken({ name: 'EqualsTwice', pattern: '==' });
const notEquals = createToken({ name: 'NotEquals', pattern: '!=' });
const equals = createToken({ name: 'Equals', pattern: '=' });
const not = createToken({ name: 'Not', pattern: '!' });
const open = createToken({ name: 'Open', pattern: '(' });
const close = createToken({ name: 'Close', pattern: ')' });
const comma = createToken({ name: 'Comma', pattern: ',' });
const greater = createToken({ name: 'Greater', pattern: '>' });
const less = createToken({ name: 'Less', pattern: '<' });
const word = createToken({ name: 'Word', pattern: /[^ \t\r\n=!(),><]+/, line_breaks: false });
const notIn = createToken({ name: 'NotIn', pattern: 'notin', longer_alt: word, categories: word });
const isIn = createToken({ name: 'In', pattern: 'in', longer_alt: word, categories: word });
const tokenTypes = [space, equalsTwice, notEquals, equals, not, open, close, comma, greater, less, notIn, isIn, word];

/** What the parser's actions make: tokens, not yet places in a source. */
interface RequirementTokens {
  readonly operator: RequirementSyntax['operator'];
  readonly key: IToken;
  readonly values: readonly (IToken | null)[];
}

class SelectorParser extends EmbeddedActionsParser {
  constructor(skipValidations: boolean) {
    super(tokenTypes, { maxLookahead: 1, skipValidations });
    this.performSelfAnalysis();
  }

  readonly selector = this.RULE('selector', (): readonly RequirementTokens[] => {
    const found: RequirementTokens[] = [];
    this.OPTION(() => {
      found.push(this.SUBRULE1(this.requirement));
      this.MANY(() => {
        this.CONSUME(comma);
        found.push(this.SUBRULE2(this.requirement));
      });
    });
    return found;
  });

  private readonly requirement = this.RULE('requirement', (): RequirementTokens =>
    this.OR<RequirementTokens>([
      {
        ALT: () => {
          this.CONSUME(not);
          return { operator: '!', key: this.SUBRULE1(this.key), values: [] };
        },
      },
      {
        ALT: () => {
          const key = this.SUBRULE2(this.key);
          return { key, ...(this.OPTION(() => this.SUBRULE(this.condition)) ?? { operator: 'exists', values: [] }) };
        },
      },
    ]),
  );

  private readonly condition = this.RULE('condition', (): Omit<RequirementTokens, 'key'> =>
    this.OR<Omit<RequirementTokens, 'key'>>([
      {
        ALT: () => {
          const operator = this.OR1([{ ALT: () => this.CONSUME(isIn) }, { ALT: () => this.CONSUME(notIn) }]);
          return { operator: operatorOf(operator), values: this.SUBRULE(this.values) };
        },
      },
      {
        ALT: () => {
          const operator = this.OR2([
            { ALT: () => this.CONSUME(equals) },
            { ALT: () => this.CONSUME(equalsTwice) },
            { ALT: () => this.CONSUME(notEquals) },
          ]);
          return { operator: operatorOf(operator), values: [this.OPTION(() => this.SUBRULE1(this.value)) ?? null] };
        },
      },
      {
        ALT: () => {
          const operator = this.OR3([{ ALT: () => this.CONSUME(greater) }, { ALT: () => this.CONSUME(less) }]);
          return { operator: operatorOf(operator), values: [this.SUBRULE2(this.value)] };
        },
      },
    ]),
  );

  private readonly values = this.RULE('values', (): readonly (IToken | null)[] => {
    this.CONSUME(open);
    const found = [this.OPTION1(() => this.SUBRULE1(this.value)) ?? null];
    this.MANY(() => {
      this.CONSUME(comma);
      found.push(this.OPTION2(() => this.SUBRULE2(this.value)) ?? null);
    });
    this.CONSUME(close);
    return found;
  });

  private readonly key = this.RULE('key', () => this.CONSUME(word));

  private readonly value = this.RULE('value', () => this.CONSUME(word));
}

interface SelectorGrammar {
  readonly lexer: Lexer;
  readonly parser: SelectorParser;
}

let grammar: SelectorGrammar | null = null;

/**
 * Builds lexer and parser, a few milliseconds. chevrotain's checks of the grammar itself cost more than the rest and
 * find mistakes of ours only, so a test runs them and nobody else.
 */
export function buildSelectorGrammar(skipValidations: boolean): SelectorGrammar {
  const lexer = new Lexer(tokenTypes, { positionTracking: 'onlyOffset', skipValidations });
  return { lexer, parser: new SelectorParser(skipValidations) };
}

const words: GrammarWords = {
  start: 'selector',
  end: 'the end of the selector',
  describe: describeToken,
};

function describeToken(grammarRule: string, token: TokenType): string {
  if (grammarRule === 'key') return 'a label key';
  if (grammarRule === 'value') return 'a value';
  if (grammarRule === 'condition') return 'an operator such as `=` or `in`';
  return `\`${typeof token.PATTERN === 'string' ? token.PATTERN : token.name}\``;
}

/** The operators' names here are what people write. While the grammar is recorded the image is a text of chevrotain's. */
function operatorOf(token: IToken): RequirementSyntax['operator'] {
  return token.image as RequirementSyntax['operator'];
}

function locate({ operator, key, values }: RequirementTokens, source: Source): RequirementSyntax {
  return {
    operator,
    key: wordOf(source, key),
    values: values.map((value) => (value === null ? null : wordOf(source, value))),
  };
}
