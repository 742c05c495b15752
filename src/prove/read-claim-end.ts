// An end of a claim as written → what it names.
import { endpointHint } from '../flows/endpoint-name.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { parseAddress, wordsOf } from '../net/address.ts';
import { cidrSet } from '../net/address-set.ts';
import { parseCidr } from '../net/cidr.ts';
import type { EndSyntax } from '../parse/claim-syntax.ts';
import type { Word } from '../parse/grammar-problem.ts';
import { everything, type LabelSelector } from '../policy/label-selector.ts';
import { parseLabelSelector } from '../policy/parse-label-selector.ts';
import type { ProblemList } from '../policy/problem-list.ts';
import type { ClaimEnd, ClaimEndName, Destination, Within } from './claim.ts';
import { readClaimPorts } from './read-claim-ports.ts';

/** What an end of a claim may be, in words for people. */
const endForms =
  '`namespace/name`, `pods(SELECTOR)`, `pods(SELECTOR)@NAMESPACE`, `ns(SELECTOR)`, an address, a block of addresses, `node:NAME`, `outside` or `any`';

/** Reads one end; null and a problem where it is none. */
export function readClaimEnd(field: 'from' | 'to', end: EndSyntax, problems: ProblemList): ClaimEnd | null {
  const name = end.selector === null ? readPlainName(field, end, problems) : readChosen(field, end, problems);
  if (name === null) return null;
  const text = (end.span.source.text ?? '').slice(end.span.start, end.span.end).replace(/\s+/g, ' ');
  return { name, text: end.isBracketed ? end.name.text : text, span: end.span };
}

/** The same with its ports. */
export function readDestination(end: EndSyntax, problems: ProblemList): Destination | null {
  const read = readClaimEnd('to', end, problems);
  const ports = readClaimPorts(end.ports, problems);
  if (read?.name.kind === 'address' && read.name.address.family === 'IPv6' && !end.isBracketed) {
    const hint = `put it into brackets, so that no port can be taken for a part of it: \`[${end.name.text}]\``;
    addProblem('to', 'an address that cannot be misread', end.name, hint, problems);
    return null;
  }
  return read === null || ports === null ? null : { ...read, ports };
}

function readPlainName(field: string, { name }: EndSyntax, problems: ProblemList): ClaimEndName | null {
  const { text } = name;
  if (text === 'outside' || text === 'any') return { kind: text };
  const [, kind, node] = /^(node|host)[:/](.+)$/.exec(text) ?? [];
  if (node !== undefined && text.includes(':')) return { kind: kind === 'node' ? 'node' : 'host', name: node };
  const address = parseAddress(text);
  if (address !== null) return { kind: 'address', address };
  if (parseCidr(text).problem !== 'unparsable') return readBlock(field, name, problems);
  const [namespace = '', own, ...rest] = text.split('/');
  if (own !== undefined && rest.length === 0 && !text.includes(':')) return { kind: 'named', namespace, name: own };
  addProblem(field, endForms, name, plainHint(text), problems);
  return null;
}

/** A block of one address is that address. */
function readBlock(field: string, word: Word, problems: ProblemList): ClaimEndName | null {
  const { cidr, problem } = parseCidr(word.text);
  if (cidr !== null && problem === null) {
    const isSingle = cidr.prefixLength === wordsOf(cidr.base.family) * 32;
    return isSingle ? { kind: 'address', address: cidr.base } : { kind: 'block', addresses: cidrSet(cidr) };
  }
  const hint = problem === 'host-bits' ? 'its host bits are not zero: write where the block begins' : null;
  addProblem(field, 'a block of addresses such as `10.0.0.0/8`', word, hint, problems);
  return null;
}

function readChosen(field: string, end: EndSyntax, problems: ProblemList): ClaimEndName | null {
  const { name, selector, place } = end;
  const { text } = name;
  if ((text !== 'pods' && text !== 'ns') || (text === 'ns' && place !== null)) {
    const similar = nearest(text, ['pods', 'ns']);
    const hint = text === 'ns' ? 'write `pods(SELECTOR)@ns(SELECTOR)`' : `did you mean \`${similar ?? 'pods'}\`?`;
    addProblem(field, endForms, name, hint, problems);
    return null;
  }
  const parsed = readSelector(selector, problems);
  if (text === 'ns') {
    const within: Within = { kind: 'namespaces', selector: parsed, text: selector?.text ?? '' };
    return { kind: 'pods', selector: everything, within };
  }
  const within = readPlace(field, place, problems);
  return within === null ? null : { kind: 'pods', selector: parsed, within };
}

function readPlace(field: string, place: EndSyntax['place'], problems: ProblemList): Within | null {
  if (place === null) return { kind: 'everywhere' };
  const { name, selector } = place;
  if (selector === null) return { kind: 'namespace', name: name.text };
  if (name.text === 'ns')
    return { kind: 'namespaces', selector: readSelector(selector, problems), text: selector.text };
  addProblem(field, 'a namespace or `ns(SELECTOR)` behind `@`', name, null, problems);
  return null;
}

/** Null stands for none, and selects everything, as does one that is wrong: that has been reported. */
function readSelector(word: Word | null, problems: ProblemList): LabelSelector {
  if (word === null) return everything;
  const { source, start } = word.span;
  // In the place of what stands before it are spaces, so that places in the selector are places in the line.
  const { value, diagnostics } = parseLabelSelector({ ...source, text: ' '.repeat(start) + word.text });
  problems.addAll(diagnostics.map((each) => ({ ...each, span: each.span === null ? null : { ...each.span, source } })));
  return value ?? everything;
}

function plainHint(text: string): string | null {
  if (text === 'pods' || text === 'ns')
    return `write \`${text}(SELECTOR)\`, with nothing between the parentheses for all`;
  const word = nearest(text, ['outside', 'any']);
  if (word !== null) return `did you mean \`${word}\`?`;
  return endpointHint(text);
}

function addProblem(
  field: string,
  expected: string,
  { text, span }: Word,
  hint: string | null,
  problems: ProblemList,
): void {
  problems.add('NP1045', { field, expected, found: `\`${text}\`` }, span, { hint });
}
