// One line of JSON Lines → a flow. Strict: a field that is not known could be the expectation, misspelt.
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { joinOr } from '../diagnostics/join-or.ts';
import { families } from '../net/address.ts';
import { protocols } from '../net/protocol.ts';
import type { Word } from '../parse/grammar-problem.ts';
import { parseJson } from '../parse/json.ts';
import { entryOf, type MappingNode, type SourceNode } from '../parse/node.ts';
import { toPlain } from '../parse/plain.ts';
import { createProblemList, type ProblemList } from '../policy/problem-list.ts';
import type { Source } from '../source/source.ts';
import { endpointForms } from './endpoint-name.ts';
import type { EndpointName, FlowLine } from './flow-line.ts';
import { namedPortHint, portForm, readChoice, readEndpoint, readPort } from './read-value.ts';

const knownFields = ['from', 'to', 'protocol', 'port', 'family', 'expect', 'why'];
const verdicts = ['allow', 'deny'] as const;

/**
 * Parses `{"from":…,"to":…,"port":…}` with `protocol` (else TCP), `family`, `expect` and `why` where wanted; null for
 * one of these four equals its absence. Every problem of the line is reported. Source: the command line, `test`.
 */
export function parseJsonFlow(line: Source): Outcome<readonly FlowLine[]> {
  const comment = /^\s*(?:#|\/\/)/.exec(line.text ?? '')?.[0];
  if (comment !== undefined) return { value: null, diagnostics: [commentProblem(line, comment)] };
  const { value: node, diagnostics } = parseJson(line);
  if (node === null) return { value: null, diagnostics: diagnostics.map((each) => withLineHint(each, line)) };
  const problems = createProblemList();
  const flow = readFlow(node, problems);
  return { value: flow === null ? null : [flow], diagnostics: [...problems.found].sort(byPlace) };
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (a.span?.start ?? 0) - (b.span?.start ?? 0);
}

function readFlow(node: SourceNode, problems: ProblemList): FlowLine | null {
  if (node.kind !== 'mapping') {
    problems.add('NP1048', { found: describe(node) }, node.span);
    return null;
  }
  for (const { key, keySpan } of node.entries) {
    if (!knownFields.includes(key)) problems.add('NP1046', { field: key, known: knownFields }, keySpan);
  }
  const from = readEnd(node, 'from', problems);
  const to = readEnd(node, 'to', problems);
  const protocol = readOptional(node, 'protocol', protocols, problems);
  const port = readPortField(node, problems);
  const family = readOptional(node, 'family', families, problems);
  const expect = readOptional(node, 'expect', verdicts, problems);
  readText(optionalNode(node, 'why'), 'why', 'a string', problems);
  if (from === null || to === null || port === null || problems.found.length > 0) return null;
  const fields = toPlain(node) as Readonly<Record<string, unknown>>;
  const ends = { from: from.name, to: to.name, endSpans: { from: from.span, to: to.span } };
  return { ...ends, protocol: protocol ?? 'TCP', port, family, expect, fields, span: node.span };
}

function readEnd(
  node: MappingNode,
  field: 'from' | 'to',
  problems: ProblemList,
): { readonly name: EndpointName; readonly span: Word['span'] } | null {
  const word = readText(requiredNode(node, field, problems), field, endpointForms, problems);
  const name = word === null ? null : readEndpoint(field, word, problems);
  return word === null || name === null ? null : { name, span: word.span };
}

function readPortField(node: MappingNode, problems: ProblemList): number | null {
  const port = requiredNode(node, 'port', problems);
  if (port === null) return null;
  if (port.kind === 'scalar' && typeof port.value === 'number') return readPort(port.value, port.span, problems);
  const text = port.kind === 'scalar' && typeof port.value === 'string' ? port.value : '';
  const hint = /^[0-9]+$/.test(text) ? `write ${text} without quotes` : namedPortHint(text);
  problems.add('NP1045', { field: 'port', expected: portForm, found: describe(port) }, port.span, { hint });
  return null;
}

function readOptional<T extends string>(
  node: MappingNode,
  field: string,
  choices: readonly T[],
  problems: ProblemList,
): T | null {
  const word = readText(optionalNode(node, field), field, joinOr(choices), problems);
  return word === null ? null : readChoice(field, word, choices, problems);
}

function requiredNode(node: MappingNode, field: string, problems: ProblemList): SourceNode | null {
  const value = entryOf(node, field)?.value ?? null;
  if (value === null) problems.add('NP1047', { field }, node.span);
  return value;
}

function optionalNode(node: MappingNode, field: string): SourceNode | null {
  const value = entryOf(node, field)?.value ?? null;
  return value?.kind === 'scalar' && value.value === null ? null : value;
}

/** A string's text and place; null, with a problem, when there is something else. */
function readText(node: SourceNode | null, field: string, expected: string, problems: ProblemList): Word | null {
  if (node === null) return null;
  if (node.kind === 'scalar' && typeof node.value === 'string') return { text: node.value, span: node.span };
  problems.add('NP1045', { field, expected, found: describe(node) }, node.span);
  return null;
}

function describe(node: SourceNode): string {
  if (node.kind === 'mapping') return 'an object';
  if (node.kind === 'sequence') return 'a list';
  if (node.value === null) return 'null';
  return typeof node.value === 'string' ? `the string ${JSON.stringify(node.value)}` : `\`${String(node.value)}\``;
}

function commentProblem(line: Source, comment: string): Diagnostic {
  const span = {
    source: line,
    start: comment.trimStart() === '#' ? comment.length - 1 : comment.length - 2,
    end: comment.length,
  };
  return diagnose('NP1049', { language: 'JSON Lines' }, span);
}

/** The reader of JSON does not know that this is one line of many. */
function withLineHint(problem: Diagnostic, line: Source): Diagnostic {
  if (problem.code === 'NP1008') return { ...problem, hint: 'remove one of them' };
  if (problem.code !== 'NP1007') return problem;
  const text = line.text ?? '';
  const hint = /^\s*(?:allow|deny|ask)\s/.test(text)
    ? 'the readable language belongs into a file whose name ends in `.flows`'
    : 'each line is one whole JSON object, with no comma after it';
  return { ...problem, hint };
}
