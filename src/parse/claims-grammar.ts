// The language of claims: one line → a claim as written, with places. What its words mean is src/prove's business.
// Importing this file loads chevrotain; the parser is built on first use.
//
//     line        = [ claim ] [ comment ] ;
//     claim       = verb end { "," end } "->" destination { "," destination } [ "over" family ] ;
//     verb        = "never" | "always" | "only" ;
//     destination = end [ ":" port { "," port } ] ;             (* behind the comma of a port stands a number *)
//     port        = NUMBER [ "-" NUMBER ] [ "/" protocol ] ;
//     end         = namespace "/" name | "pods" selector [ "@" place ] | "ns" selector
//                 | ipv4 [ "/" length ] | ipv6 [ "/" length ] | "[" ipv6 [ "/" length ] "]"
//                 | "node:" name | "host:" name | "outside" | "any" ;
//     place       = namespace | "ns" selector ;
//     selector    = "(" a label selector, see label-selector-grammar.ts ")" ;
//     comment     = "#" { any character } ;
//
// An IPv6 address stands in brackets where a port follows. Space between words and signs means nothing. Lines that begin
// with `allow` or `deny` are flows: flows-grammar.ts.
import { createToken, EmbeddedActionsParser, Lexer, tokenMatcher, type IToken, type TokenType } from 'chevrotain';
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Source } from '../source/source.ts';
import { locateClaim, type ClaimSyntax, type ClaimTokens, type EndTokens } from './claim-syntax.ts';
import { claimHint } from './claims-grammar-hints.ts';
import {
  address6,
  arrow,
  close,
  colon,
  comma,
  host,
  keyword,
  node,
  open,
  other,
  over,
  signs,
  slash,
  word,
} from './flow-tokens.ts';
import { grammarProblem, type GrammarWords } from './grammar-problem.ts';
import { checkText } from './text.ts';

/** Parses one line; null without a problem when it holds a comment only. The first problem ends it. O(length). */
export function parseClaimSyntax(line: Source): Outcome<ClaimSyntax> {
  const text = line.text ?? '';
  const badText = checkText(line, text);
  if (badText.length > 0) return { value: null, diagnostics: badText };
  grammar ??= buildClaimsGrammar(true);
  const { tokens } = grammar.lexer.tokenize(text);
  if (tokens.length === 0) return { value: null, diagnostics: [] };
  grammar.parser.input = tokens;
  const claim = grammar.parser.claim();
  const problem = grammarProblem(grammar.parser, tokens, line, words);
  if (problem === null) return { value: locateClaim(claim, line), diagnostics: [] };
  const images = tokens.map((token) => token.image);
  const hint = claimHint(images, problem.index);
  return { value: null, diagnostics: [diagnose('NP1044', problem, problem.span, { hint })] };
}

/** Parentheses of values may stand inside; no label has any of them. */
const selector = createToken({
  name: 'Selector',
  pattern: /\((?:[^()#\n]|\([^()#\n]*\))*\)/,
  line_breaks: false,
});
const at = createToken({ name: 'At', pattern: '@' });
/** Numbers are words too: a namespace may be called `80`. */
const number = createToken({ name: 'Number', pattern: /[0-9]+(?:-[0-9]+)?/, longer_alt: word, categories: word });
const never = keyword('never');
const always = keyword('always');
const only = keyword('only');
const tokenTypes = [...signs, selector, at, number, never, always, only, over, node, host, word, other];

const plainly = { isBracketed: false, selector: null, place: null, ports: [] };

class ClaimParser extends EmbeddedActionsParser {
  constructor(skipValidations: boolean) {
    super(tokenTypes, { maxLookahead: 1, skipValidations });
    this.performSelfAnalysis();
  }

  readonly claim = this.RULE('claim', (): ClaimTokens => {
    const verb = this.SUBRULE(this.verb);
    const sources = [this.SUBRULE1(this.end)];
    this.MANY1(() => {
      this.CONSUME1(comma);
      sources.push(this.SUBRULE2(this.end));
    });
    this.CONSUME(arrow);
    const destinations = [this.SUBRULE1(this.destination)];
    this.MANY2(() => {
      this.CONSUME2(comma);
      destinations.push(this.SUBRULE2(this.destination));
    });
    const family = this.OPTION(() => {
      this.CONSUME(over);
      return this.SUBRULE(this.family);
    });
    return { verb, sources, destinations, family: family ?? null };
  });

  private readonly verb = this.RULE('verb', () =>
    this.OR([
      { ALT: () => this.CONSUME(never) },
      { ALT: () => this.CONSUME(always) },
      { ALT: () => this.CONSUME(only) },
    ]),
  );

  private readonly destination = this.RULE('destination', (): EndTokens => {
    const end = this.SUBRULE(this.end);
    const ports = this.OPTION(() => this.SUBRULE(this.ports));
    return { ...end, ports: ports ?? [] };
  });

  private readonly end = this.RULE('end', (): EndTokens =>
    this.OR<EndTokens>({
      // `node` and `host` are words as well; the first alternative that fits is taken.
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { ALT: () => ({ ...plainly, name: this.SUBRULE(this.block) }) },
        { ALT: () => ({ ...plainly, isBracketed: true, name: this.SUBRULE(this.bracketed) }) },
        { ALT: () => ({ ...plainly, name: this.SUBRULE(this.named) }) },
        { ALT: () => this.SUBRULE(this.worded) },
      ],
    }),
  );

  private readonly block = this.RULE('block', (): readonly IToken[] => {
    const parts = [this.CONSUME(address6)];
    this.OPTION(() => parts.push(this.CONSUME(slash), this.SUBRULE(this.length)));
    return parts;
  });

  private readonly bracketed = this.RULE('bracketed', (): readonly IToken[] => {
    this.CONSUME(open);
    const block = this.SUBRULE(this.block);
    this.CONSUME(close);
    return block;
  });

  private readonly named = this.RULE('named', (): readonly IToken[] => {
    const kind = this.OR1([{ ALT: () => this.CONSUME(node) }, { ALT: () => this.CONSUME(host) }]);
    const sign = this.OR2([{ ALT: () => this.CONSUME(colon) }, { ALT: () => this.CONSUME(slash) }]);
    return [kind, sign, this.SUBRULE(this.name)];
  });

  private readonly worded = this.RULE('worded', (): EndTokens => {
    const name = [this.CONSUME(word)];
    const chosen = this.OPTION1(() =>
      this.OR<Pick<EndTokens, 'selector' | 'place'>>([
        {
          ALT: () => {
            name.push(this.CONSUME(slash), this.SUBRULE(this.name));
            return { selector: null, place: null };
          },
        },
        {
          ALT: () => {
            const own = this.CONSUME(selector);
            const place = this.OPTION2(() => this.SUBRULE(this.place));
            return { selector: own, place: place ?? null };
          },
        },
      ]),
    );
    return { ...plainly, name, selector: chosen?.selector ?? null, place: chosen?.place ?? null };
  });

  private readonly place = this.RULE('place', (): NonNullable<EndTokens['place']> => {
    this.CONSUME(at);
    const name = this.SUBRULE(this.namespace);
    return { name, selector: this.OPTION(() => this.CONSUME(selector)) ?? null };
  });

  private readonly ports = this.RULE('ports', (): EndTokens['ports'] => {
    this.CONSUME(colon);
    const found = [this.SUBRULE1(this.port)];
    this.MANY({
      GATE: () => isNumber(this.LA(2)),
      DEF: () => {
        this.CONSUME(comma);
        found.push(this.SUBRULE2(this.port));
      },
    });
    return found;
  });

  private readonly port = this.RULE('port', () => {
    const port = this.CONSUME(word);
    const protocol = this.OPTION(() => {
      this.CONSUME(slash);
      return this.SUBRULE(this.protocol);
    });
    return { port, protocol: protocol ?? null };
  });

  private readonly name = this.RULE('name', () => this.CONSUME(word));

  private readonly namespace = this.RULE('namespace', () => this.CONSUME(word));

  private readonly length = this.RULE('length', () => this.CONSUME(word));

  private readonly protocol = this.RULE('protocol', () => this.CONSUME(word));

  private readonly family = this.RULE('family', () => this.CONSUME(word));
}

function isNumber(token: IToken): boolean {
  return tokenMatcher(token, number);
}

interface ClaimsGrammar {
  readonly lexer: Lexer;
  readonly parser: ClaimParser;
}

let grammar: ClaimsGrammar | null = null;

/** Builds lexer and parser, a few milliseconds. chevrotain's checks of the grammar itself are for a test to run. */
export function buildClaimsGrammar(skipValidations: boolean): ClaimsGrammar {
  const lexer = new Lexer(tokenTypes, { positionTracking: 'onlyOffset', skipValidations });
  return { lexer, parser: new ClaimParser(skipValidations) };
}

const words: GrammarWords = { start: 'claim', end: 'the end of the line', describe: describeToken };

const wordByRule: ReadonlyMap<string, string> = new Map([
  ['name', 'a name'],
  ['namespace', 'a namespace'],
  ['length', 'a prefix length'],
  ['port', 'a port'],
  ['protocol', 'a protocol'],
  ['family', '`IPv4` or `IPv6`'],
]);

function describeToken(grammarRule: string, token: TokenType): string {
  if (token === slash && grammarRule === 'port') return '`/` and a protocol';
  const known = wordByRule.get(grammarRule);
  if (known !== undefined) return known;
  if (token === selector) return 'a selector in parentheses';
  if (token === slash) return grammarRule === 'block' ? '`/` and a prefix length' : '`/` and a name';
  if (token === colon) return grammarRule === 'ports' ? '`:` and a port' : '`:` and a name';
  const beginsEnd = ['block', 'worded', 'named', 'bracketed'].includes(grammarRule) && token !== close;
  return beginsEnd ? 'an end' : `\`${typeof token.PATTERN === 'string' ? token.PATTERN : token.name}\``;
}
