// The values that both languages of flows files have in common: ends, ports, and words out of a few.
import { joinOr } from '../diagnostics/join-or.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Word } from '../parse/grammar-problem.ts';
import type { ProblemList } from '../policy/problem-list.ts';
import type { Span } from '../source/source.ts';
import { endpointForms, endpointHint, parseEndpointName } from './endpoint-name.ts';
import type { EndpointName } from './flow-line.ts';

/** What a port must be, in words for people. */
export const portForm = 'a whole number from 1 to 65535';

/** The name of an end, or null and a problem. */
export function readEndpoint(field: string, word: Word, problems: ProblemList): EndpointName | null {
  const name = parseEndpointName(word.text);
  if (name !== null) return name;
  const hint = endpointHint(word.text);
  problems.add('NP1045', { field, expected: endpointForms, found: quote(word.text) }, word.span, { hint });
  return null;
}

/** One of a few words, exactly as they are written, or null and a problem. */
export function readChoice<T extends string>(
  field: string,
  word: Word,
  choices: readonly T[],
  problems: ProblemList,
): T | null {
  const choice = choices.find((each) => each === word.text);
  if (choice !== undefined) return choice;
  const similar = nearest(word.text, choices);
  const hint = similar === null ? null : `did you mean \`${similar}\`?`;
  problems.add('NP1045', { field, expected: joinOr(choices), found: quote(word.text) }, word.span, { hint });
  return null;
}

/** A port, or null and a problem. */
export function readPort(port: number, span: Span, problems: ProblemList): number | null {
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  problems.add('NP1045', { field: 'port', expected: portForm, found: quote(String(port)) }, span);
  return null;
}

/** What to do about a text that stands where a port should, or null. */
export function namedPortHint(text: string): string | null {
  return /[a-z]/i.test(text) ? 'a packet carries a number; names of ports are for policies' : null;
}

function quote(text: string): string {
  return `\`${text}\``;
}
