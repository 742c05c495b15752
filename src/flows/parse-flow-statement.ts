// One line of the readable language → its flows, one for each port.
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import { families } from '../net/address.ts';
import { protocols } from '../net/protocol.ts';
import { parseStatementSyntax, type StatementSyntax } from '../parse/flows-grammar.ts';
import type { Word } from '../parse/grammar-problem.ts';
import { createProblemList, type ProblemList } from '../policy/problem-list.ts';
import type { Source, Span } from '../source/source.ts';
import { formatEndpointName } from './endpoint-name.ts';
import type { FlowLine } from './flow-line.ts';
import { namedPortHint, portForm, readChoice, readEndpoint, readPort } from './read-value.ts';

/** Parses `allow prod/api -> prod/db:3306,5432/TCP over IPv4`; no flow for a comment. `ask` expects nothing. */
export function parseFlowStatement(line: Source): Outcome<readonly FlowLine[]> {
  const text = line.text ?? '';
  if (text.trimStart().startsWith('{')) return { value: null, diagnostics: [jsonProblem(line, text)] };
  const { value: syntax, diagnostics } = parseStatementSyntax(line);
  if (syntax === null) return { value: null, diagnostics };
  const problems = createProblemList();
  const flows = readStatement(syntax, line, problems);
  return { value: problems.found.length > 0 ? null : flows, diagnostics: problems.found };
}

function readStatement(syntax: StatementSyntax, line: Source, problems: ProblemList): readonly FlowLine[] {
  const from = readEndpoint('from', syntax.from, problems);
  const to = readEndpoint('to', syntax.to, problems);
  const ports = syntax.ports.map((port) => readPortWord(port, problems));
  const protocol = syntax.protocol === null ? 'TCP' : readChoice('protocol', syntax.protocol, protocols, problems);
  const family = syntax.family === null ? null : readChoice('family', syntax.family, families, problems);
  if (from === null || to === null || protocol === null) return [];
  const expect = syntax.verb === 'ask' ? null : syntax.verb;
  const span = statementSpan(line);
  const endSpans = { from: syntax.from.span, to: syntax.to.span };
  return ports
    .filter((port) => port !== null)
    .map((port) => {
      const ends = { from: formatEndpointName(from), to: formatEndpointName(to) };
      const wanted = { ...(family === null ? {} : { family }), ...(expect === null ? {} : { expect }) };
      const fields = { ...ends, protocol, port, ...wanted };
      return { from, to, protocol, port, family, expect, fields, span, endSpans };
    });
}

function readPortWord(word: Word, problems: ProblemList): number | null {
  if (/^(?:0|[1-9][0-9]{0,5})$/.test(word.text)) return readPort(Number(word.text), word.span, problems);
  const hint = /^[0-9]+-[0-9]+$/.test(word.text)
    ? 'a flow has one port: write those that matter with commas between them'
    : namedPortHint(word.text);
  problems.add('NP1045', { field: 'port', expected: portForm, found: `\`${word.text}\`` }, word.span, { hint });
  return null;
}

/** The line without its margin and comment. */
export function statementSpan(line: Source): Span {
  const text = (line.text ?? '').replace(/#.*$/, '');
  return { source: line, start: text.length - text.trimStart().length, end: text.trimEnd().length };
}

function jsonProblem(line: Source, text: string): ReturnType<typeof diagnose> {
  const start = text.indexOf('{');
  return diagnose('NP1049', { language: '.flows' }, { source: line, start, end: start + 1 });
}
