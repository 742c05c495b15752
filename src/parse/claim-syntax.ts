// A claim as the grammar hands it over: tokens, then words with their places.
import type { IToken } from 'chevrotain';
import type { Source, Span } from '../source/source.ts';
import { wordOf, type Word } from './grammar-problem.ts';

/** One claim as written. */
export interface ClaimSyntax {
  readonly verb: 'never' | 'always' | 'only';
  /** At least one, as of destinations. Sources have no ports. */
  readonly sources: readonly EndSyntax[];
  readonly destinations: readonly EndSyntax[];
  readonly family: Word | null;
}

/** One end as written. */
export interface EndSyntax {
  /** Without selector, spaces and brackets: `prod/db`, `pods`, `10.0.0.0/8`, `fd00::7`, `node:n1`, `outside`. */
  readonly name: Word;
  /** What stands in the parentheses behind it, without them. */
  readonly selector: Word | null;
  /** What stands behind `@`. */
  readonly place: { readonly name: Word; readonly selector: Word | null } | null;
  readonly ports: readonly PortSyntax[];
  /** An IPv6 address or block in brackets. */
  readonly isBracketed: boolean;
  /** All of it but the ports. */
  readonly span: Span;
}

export interface PortSyntax {
  readonly port: Word;
  readonly protocol: Word | null;
}

/** What the parser's actions make: tokens, not yet places in a source. */
export interface ClaimTokens {
  readonly verb: IToken;
  readonly sources: readonly EndTokens[];
  readonly destinations: readonly EndTokens[];
  readonly family: IToken | null;
}

export interface EndTokens {
  readonly isBracketed: boolean;
  readonly name: readonly IToken[];
  readonly selector: IToken | null;
  readonly place: { readonly name: IToken; readonly selector: IToken | null } | null;
  readonly ports: readonly { readonly port: IToken; readonly protocol: IToken | null }[];
}

/** Gives every word its place in the line. */
export function locateClaim({ verb, sources, destinations, family }: ClaimTokens, source: Source): ClaimSyntax {
  return {
    verb: verb.image as ClaimSyntax['verb'],
    sources: sources.map((end) => locateEnd(end, source)),
    destinations: destinations.map((end) => locateEnd(end, source)),
    family: family === null ? null : wordOf(source, family),
  };
}

function locateEnd(end: EndTokens, source: Source): EndSyntax {
  const { name, selector: own, place, ports, isBracketed } = end;
  const within = place === null ? [] : [place.name, ...(place.selector === null ? [] : [place.selector])];
  return {
    name: joined(name, source),
    selector: innerWord(own, source),
    place: place === null ? null : { name: wordOf(source, place.name), selector: innerWord(place.selector, source) },
    ports: ports.map(({ port, protocol }) => ({
      port: wordOf(source, port),
      protocol: protocol === null ? null : wordOf(source, protocol),
    })),
    isBracketed,
    span: joined([...name, ...(own === null ? [] : [own]), ...within], source).span,
  };
}

/** Tokens in a row as one word. */
function joined(tokens: readonly IToken[], source: Source): Word {
  const text = tokens.map(({ image }) => image).join('');
  const places = tokens.map((token) => wordOf(source, token).span);
  return { text, span: { source, start: places[0]?.start ?? 0, end: places.at(-1)?.end ?? 0 } };
}

/** What stands between the parentheses, if they are there. */
function innerWord(token: IToken | null, source: Source): Word | null {
  if (token === null) return null;
  const { text, span } = wordOf(source, token);
  return { text: text.slice(1, -1), span: { source, start: span.start + 1, end: span.end - 1 } };
}
