// The readable language of flows: one line → a statement as written, with places. What its words mean is src/flows's
// business. Importing this file loads chevrotain; the parser is built on first use.
//
//     file        = [ line ] { newline [ line ] } ;
//     line        = [ statement ] [ comment ] ;
//     statement   = verb endpoint "->" destination [ "over" family ] ;
//     destination = endpoint ":" port { "," port } [ "/" protocol ] ;
//     verb        = "allow" | "deny" | "ask" ;
//     endpoint    = namespace "/" pod | ipv4 | ipv6 | "[" ipv6 "]" | "node:" name | "host:" name ;
//     family      = "IPv4" | "IPv6" ;
//     protocol    = "TCP" | "UDP" | "SCTP" ;                    (* TCP when absent; it counts for all ports *)
//     comment     = "#" { any character } ;
//
// An IPv6 address stands in brackets where a port follows: `[fd00::7]:80`. Space between words and signs means nothing.
import { EmbeddedActionsParser, Lexer, type IToken, type TokenType } from 'chevrotain';
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Source } from '../source/source.ts';
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
import { statementHint } from './flows-grammar-hints.ts';
import { grammarProblem, wordOf, type GrammarWords, type Word } from './grammar-problem.ts';
import { checkText } from './text.ts';

/** One statement as written. An end's text has no spaces and no brackets: `prod/db`, `fd00::7`, `node:n1`. */
export interface StatementSyntax {
  readonly verb: 'allow' | 'deny' | 'ask';
  readonly from: Word;
  readonly to: Word;
  /** At least one. */
  readonly ports: readonly Word[];
  readonly protocol: Word | null;
  readonly family: Word | null;
}

/** Parses one line; null without a problem when it holds a comment only. The first problem ends it. O(length). */
export function parseStatementSyntax(line: Source): Outcome<StatementSyntax> {
  const text = line.text ?? '';
  const badText = checkText(line, text);
  if (badText.length > 0) return { value: null, diagnostics: badText };
  grammar ??= buildFlowsGrammar(true);
  const { tokens } = grammar.lexer.tokenize(text);
  if (tokens.length === 0) return { value: null, diagnostics: [] };
  grammar.parser.input = tokens;
  const statement = grammar.parser.statement();
  const problem = grammarProblem(grammar.parser, tokens, line, words);
  if (problem === null) return { value: locate(statement, line), diagnostics: [] };
  const images = tokens.map((token) => token.image);
  const hint = statementHint(images, problem.index);
  return { value: null, diagnostics: [diagnose('NP1044', problem, problem.span, { hint })] };
}

const allow = keyword('allow');
const deny = keyword('deny');
const ask = keyword('ask');
const tokenTypes = [...signs, allow, deny, ask, over, node, host, word, other];

/** What the parser's actions make: tokens, not yet places in a source. An end is all of its tokens. */
interface StatementTokens {
  readonly verb: IToken;
  readonly from: readonly IToken[];
  readonly to: readonly IToken[];
  readonly ports: readonly IToken[];
  readonly protocol: IToken | null;
  readonly family: IToken | null;
}

class StatementParser extends EmbeddedActionsParser {
  constructor(skipValidations: boolean) {
    super(tokenTypes, { maxLookahead: 1, skipValidations });
    this.performSelfAnalysis();
  }

  readonly statement = this.RULE('statement', (): StatementTokens => {
    const verb = this.SUBRULE(this.verb);
    const from = this.SUBRULE1(this.endpoint);
    this.CONSUME(arrow);
    const to = this.SUBRULE2(this.endpoint);
    const ports = this.SUBRULE(this.ports);
    const protocol = this.OPTION1(() => {
      this.CONSUME(slash);
      return this.SUBRULE(this.protocol);
    });
    const family = this.OPTION2(() => {
      this.CONSUME(over);
      return this.SUBRULE(this.family);
    });
    return { verb, from, to, ports, protocol: protocol ?? null, family: family ?? null };
  });

  private readonly verb = this.RULE('verb', () =>
    this.OR([{ ALT: () => this.CONSUME(allow) }, { ALT: () => this.CONSUME(deny) }, { ALT: () => this.CONSUME(ask) }]),
  );

  private readonly endpoint = this.RULE('endpoint', (): readonly IToken[] =>
    this.OR<readonly IToken[]>({
      // `node` and `host` are words as well; the first alternative that fits is taken.
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { ALT: () => [this.CONSUME(address6)] },
        { ALT: () => this.SUBRULE(this.bracketed) },
        { ALT: () => this.SUBRULE(this.named) },
        {
          ALT: () => {
            const parts = [this.CONSUME(word)];
            this.OPTION(() => parts.push(this.CONSUME(slash), this.SUBRULE(this.name)));
            return parts;
          },
        },
      ],
    }),
  );

  private readonly bracketed = this.RULE('bracketed', (): readonly IToken[] => [
    this.CONSUME(open),
    this.CONSUME(address6),
    this.CONSUME(close),
  ]);

  private readonly named = this.RULE('named', (): readonly IToken[] => {
    const kind = this.OR1([{ ALT: () => this.CONSUME(node) }, { ALT: () => this.CONSUME(host) }]);
    const sign = this.OR2([{ ALT: () => this.CONSUME(colon) }, { ALT: () => this.CONSUME(slash) }]);
    return [kind, sign, this.SUBRULE(this.name)];
  });

  private readonly name = this.RULE('name', () => this.CONSUME(word));

  private readonly ports = this.RULE('ports', (): readonly IToken[] => {
    this.CONSUME(colon);
    const found = [this.SUBRULE1(this.port)];
    this.MANY(() => {
      this.CONSUME(comma);
      found.push(this.SUBRULE2(this.port));
    });
    return found;
  });

  private readonly port = this.RULE('port', () => this.CONSUME(word));

  private readonly protocol = this.RULE('protocol', () => this.CONSUME(word));

  private readonly family = this.RULE('family', () => this.CONSUME(word));
}

interface FlowsGrammar {
  readonly lexer: Lexer;
  readonly parser: StatementParser;
}

let grammar: FlowsGrammar | null = null;

/** Builds lexer and parser, a few milliseconds. chevrotain's checks of the grammar itself are for a test to run. */
export function buildFlowsGrammar(skipValidations: boolean): FlowsGrammar {
  const lexer = new Lexer(tokenTypes, { positionTracking: 'onlyOffset', skipValidations });
  return { lexer, parser: new StatementParser(skipValidations) };
}

const words: GrammarWords = { start: 'statement', end: 'the end of the line', describe: describeToken };

const wordByRule: ReadonlyMap<string, string> = new Map([
  ['name', 'a name'],
  ['port', 'a port'],
  ['protocol', 'a protocol'],
  ['family', '`IPv4` or `IPv6`'],
]);

function describeToken(grammarRule: string, token: TokenType): string {
  const known = wordByRule.get(grammarRule);
  if (known !== undefined) return known;
  if (token === slash) return grammarRule === 'statement' ? '`/` and a protocol' : '`/` and a name';
  if (token === colon) return grammarRule === 'ports' ? '`:` and a port' : '`:` and a name';
  if (grammarRule === 'bracketed' && token === address6) return 'an IPv6 address';
  const beginsEndpoint = grammarRule === 'endpoint' || grammarRule === 'named' || token === open;
  return beginsEndpoint ? 'an endpoint' : `\`${typeof token.PATTERN === 'string' ? token.PATTERN : token.name}\``;
}

function locate(statement: StatementTokens, source: Source): StatementSyntax {
  const { verb, from, to, ports, protocol, family } = statement;
  return {
    verb: verb.image as StatementSyntax['verb'],
    from: endpointWord(from, source),
    to: endpointWord(to, source),
    ports: ports.map((port) => wordOf(source, port)),
    protocol: protocol === null ? null : wordOf(source, protocol),
    family: family === null ? null : wordOf(source, family),
  };
}

function endpointWord(tokens: readonly IToken[], source: Source): Word {
  const text = tokens
    .map((token) => (token.tokenType === open || token.tokenType === close ? '' : token.image))
    .join('');
  const places = tokens.map((token) => wordOf(source, token).span);
  return { text, span: { source, start: places[0]?.start ?? 0, end: places.at(-1)?.end ?? 0 } };
}
