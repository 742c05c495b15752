// A claims file → its claims. Importing this file loads chevrotain.
import type { Outcome } from '../diagnostics/diagnostic.ts';
import { families } from '../net/address.ts';
import { parseFlowStatement, statementSpan } from '../flows/parse-flow-statement.ts';
import { parseLines } from '../flows/parse-lines.ts';
import { readChoice } from '../flows/read-value.ts';
import type { ClaimSyntax } from '../parse/claim-syntax.ts';
import { parseClaimSyntax } from '../parse/claims-grammar.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import { createProblemList, type ProblemList } from '../policy/problem-list.ts';
import type { Source } from '../source/source.ts';
import type { Claim, FlowClaim, SetClaim } from './claim.ts';
import { readClaimEnd, readDestination } from './read-claim-end.ts';

/**
 * Parses claims, one a line: `never`, `always` and `only` of claims-grammar.ts, `allow` and `deny` as in `.flows` files.
 *
 * Every line that is wrong is reported at its place and left out; so is a file without any claim. O(length).
 */
export function parseClaims(source: Source): Outcome<readonly Claim[]> {
  return parseLines(source, 'claim', parseClaim);
}

function parseClaim(line: Source): Outcome<readonly Claim[]> {
  const verb = /^\s*(allow|deny)(?![0-9A-Za-z._-])/.exec(line.text ?? '')?.[1];
  return verb === undefined ? parseSetClaim(line) : parseFlowClaim(line, verb === 'allow' ? 'allow' : 'deny');
}

function parseFlowClaim(line: Source, kind: FlowClaim['kind']): Outcome<readonly Claim[]> {
  const { value: flows, diagnostics } = parseFlowStatement(line);
  return { value: flows === null ? null : [{ kind, flows, ...textOf(line) }], diagnostics };
}

function parseSetClaim(line: Source): Outcome<readonly Claim[]> {
  const { value: syntax, diagnostics } = parseClaimSyntax(line);
  if (syntax === null) return { value: null, diagnostics };
  const problems = createProblemList();
  const claim = readClaim(syntax, line, problems);
  return { value: claim === null || hasErrors(problems.found) ? null : [claim], diagnostics: problems.found };
}

function readClaim(syntax: ClaimSyntax, line: Source, problems: ProblemList): SetClaim | null {
  const sources = syntax.sources.map((end) => readClaimEnd('from', end, problems));
  const destinations = syntax.destinations.map((end) => readDestination(end, problems));
  const family = syntax.family === null ? null : readChoice('family', syntax.family, families, problems);
  const [known, reached] = [sources.filter((end) => end !== null), destinations.filter((end) => end !== null)];
  if (known.length < sources.length || reached.length < destinations.length) return null;
  return { kind: syntax.verb, sources: known, destinations: reached, family, ...textOf(line) };
}

function textOf(line: Source): Pick<Claim, 'text' | 'span'> {
  const span = statementSpan(line);
  return { text: (line.text ?? '').slice(span.start, span.end).replace(/\s+/g, ' '), span };
}
