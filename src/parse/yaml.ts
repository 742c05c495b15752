// Multi-document YAML → nodes with a place for every value. The only importer of the `yaml` library.
import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Parser,
  type CST,
  type Alias,
  type Document,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Source, Span } from '../source/source.ts';
import { maxDepth, maxExpandedNodes, maxYamlLength } from './limits.ts';
import type { KeyProblem, MappingEntry, MappingNode, ScalarNode, SourceNode } from './node.ts';
import { plainAmbiguity, readPlain12 } from './scalar.ts';
import { checkText } from './text.ts';

/**
 * Parses every document of a YAML text; empty documents are left out (S-109). Documents that cannot be read are reported
 * and left out; beside an error what is given serves further diagnosis only.
 *
 * Plain scalars are read as YAML 1.2 core and carry what YAML 1.1 would have made of them (S-107). Aliases and merge
 * keys are followed as kubectl does (S-108), within `maxNodes`.
 */
export function parseYaml(source: Source): Outcome<readonly SourceNode[]> {
  const text = source.text ?? '';
  if (text.length > maxYamlLength) return failed([diagnose('NP1012', { limit: '64 MiB of YAML' }, at(source, 0, 0))]);
  const badText = checkText(source, text);
  if (badText.length > 0) return failed(badText);
  const tokens = [...new Parser().parse(text)];
  if (tokens.some(isTooDeep)) return failed([diagnose('NP1011', { limit: maxDepth }, at(source, 0, 0))]);
  const reader: Reader = { source, problems: [], expanded: 0 };
  const values = [...composer().compose(tokens)].flatMap((document) => readDocument(reader, document) ?? []);
  return { value: values, diagnostics: reader.problems };
}

interface Reader {
  readonly source: Source;
  readonly problems: Diagnostic[];
  /** Values made by following aliases so far. */
  expanded: number;
}

/** What a node stands in: the document, for its anchors; how deep it is; whether an alias led to it. */
interface Place {
  readonly document: Document.Parsed;
  readonly depth: number;
  readonly aliased: boolean;
}

/** Scalars stay text here, and duplicate keys are told below, with the place of the first one. */
function composer(): Composer {
  return new Composer({
    version: '1.2',
    schema: 'failsafe',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
}

/** Measures before the library's recursion begins: a few thousand levels of it end the process. */
function isTooDeep(token: CST.Token): boolean {
  let level: readonly unknown[] = [token];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    level = level.flatMap(innerTokens);
  }
  return false;
}

function innerTokens(token: unknown): readonly unknown[] {
  const { value, items } = token as { value?: unknown; items?: readonly { key?: unknown; value?: unknown }[] };
  const inner = (items ?? []).flatMap((item) => [item.key, item.value]);
  return [value, ...inner].filter((each) => typeof each === 'object' && each !== null);
}

/** Where only the indentation is wrong the document is read on, so that what else is wrong is said at once. */
function readDocument(reader: Reader, document: Document.Parsed): SourceNode | null {
  const [error] = document.errors;
  if (error !== undefined) reader.problems.push(syntaxProblem(reader.source, error.message, ...error.pos));
  if (document.errors.some(({ code }) => code !== 'BAD_INDENT') || document.contents === null) return null;
  const contents: unknown = document.contents;
  if (isScalar(contents) && contents.type === 'PLAIN' && contents.source === '') return null;
  return readNode(reader, contents as Node, { document, depth: 0, aliased: false });
}

function readNode(reader: Reader, node: Node | null, place: Place): SourceNode {
  const span = spanOf(reader, node);
  if (node === null) return { kind: 'scalar', value: null, span, ambiguity: null };
  if (place.aliased && ++reader.expanded > maxExpandedNodes) return tooMany(reader, span);
  if (place.depth > maxDepth) return refuse(reader, diagnose('NP1011', { limit: maxDepth }, span), span);
  if (isAlias(node)) return readAlias(reader, node, place, span);
  if (node.tag !== undefined && hasExplicitTag(node))
    return refuse(reader, diagnose('NP1009', { tag: node.tag }, span), span);
  if (isMap(node)) return readMapping(reader, node, place, span);
  if (isSeq(node)) {
    const inner = { ...place, depth: place.depth + 1 };
    const items = node.items.map((item) => (isSpent(reader) ? null : readNode(reader, item as Node, inner)));
    return { kind: 'sequence', items: items.filter((item) => item !== null), span };
  }
  return readScalar(node as Scalar, span);
}

function readScalar(node: Scalar, span: Span): ScalarNode {
  const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
  if (node.type !== 'PLAIN') return { kind: 'scalar', value: text, span, ambiguity: null };
  return { kind: 'scalar', value: readPlain12(text), span, ambiguity: plainAmbiguity(text) };
}

function readAlias(reader: Reader, alias: Alias, place: Place, span: Span): SourceNode {
  const target = alias.resolve(place.document);
  if (target === undefined)
    return refuse(reader, syntaxProblem(reader.source, `unknown alias *${alias.source}`, span.start, span.end), span);
  // An alias inside its own anchor would never end; depth stops it.
  return readNode(reader, target, { ...place, depth: place.depth + 1, aliased: true });
}

function readMapping(reader: Reader, map: YAMLMap, place: Place, span: Span): MappingNode {
  const own = new Map<string, MappingEntry>();
  const merged: MappingEntry[] = [];
  const inner = { ...place, depth: place.depth + 1 };
  for (const pair of map.items as Pair<Node, Node | null>[]) {
    if (isSpent(reader)) break;
    if (isMergeKey(pair.key)) {
      merged.push(...mergedEntries(reader, pair, inner));
      continue;
    }
    const entry = readEntry(reader, pair, inner);
    const first = own.get(entry.key);
    if (first === undefined) own.set(entry.key, entry);
    else reader.problems.push(duplicateKey(first, entry));
  }
  // Own keys win over merged ones; of merged ones the first wins.
  for (const entry of merged) if (!own.has(entry.key)) own.set(entry.key, entry);
  return { kind: 'mapping', entries: [...own.values()], span };
}

function readEntry(reader: Reader, pair: Pair<Node, Node | null>, inner: Place): MappingEntry {
  const keySpan = spanOf(reader, pair.key);
  const value = readNode(reader, pair.value, inner);
  const key = readNode(reader, pair.key, inner);
  if (key.kind !== 'scalar') {
    reader.problems.push(diagnose('NP1010', { found: key.kind }, keySpan));
    return { key: '', keySpan, keyProblem: 'not-a-string', value };
  }
  const keyProblem: KeyProblem | null =
    typeof key.value !== 'string' ? 'not-a-string' : key.ambiguity !== null ? 'ambiguous' : null;
  return { key: String(key.value), keySpan, keyProblem, value };
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.value === '<<';
}

function mergedEntries(reader: Reader, pair: Pair<Node, Node | null>, inner: Place): readonly MappingEntry[] {
  const value = readNode(reader, pair.value, inner);
  const parts = value.kind === 'sequence' ? value.items : [value];
  return parts.flatMap((part) => {
    if (part.kind === 'mapping') return part.entries;
    reader.problems.push(syntaxProblem(reader.source, '`<<` must merge a mapping', part.span.start, part.span.end));
    return [];
  });
}

function duplicateKey(first: MappingEntry, second: MappingEntry): Diagnostic {
  const notes = [{ message: `\`${first.key}\` is given here first`, span: first.keySpan }];
  return diagnose('NP1008', { key: first.key }, second.keySpan, { notes });
}

/** The library sets `tag` on parsed nodes only when the text has one, and `!` on non-specific ones. */
function hasExplicitTag(node: Node): boolean {
  return typeof node.tag === 'string' && node.tag !== '';
}

function spanOf(reader: Reader, node: Node | null | undefined): Span {
  const [start = 0, end = start] = node?.range ?? [];
  return at(reader.source, start, end);
}

function at(source: Source, start: number, end: number): Span {
  return { source, start, end };
}

function syntaxProblem(source: Source, message: string, start: number, end: number): Diagnostic {
  const sentence = message.split('\n')[0] ?? '';
  const problem = sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
  const hint = /same column|indent/.test(sentence) ? indentationHint : null;
  return diagnose('NP1007', { language: 'YAML', problem }, at(source, start, Math.max(start, end)), { hint });
}

/** Once the budget is spent nothing more is read; said once. */
function tooMany(reader: Reader, span: Span): ScalarNode {
  const first = reader.expanded === maxExpandedNodes + 1;
  const problem = diagnose('NP1013', { limit: maxExpandedNodes }, span);
  return first ? refuse(reader, problem, span) : { kind: 'scalar', value: null, span, ambiguity: null };
}

function isSpent(reader: Reader): boolean {
  return reader.expanded > maxExpandedNodes;
}

const indentationHint =
  'look at the indentation: fields of one object start in one column, and what belongs inside a field or a list item (`- `) starts further right than its name. kubectl refuses this file';

function refuse(reader: Reader, problem: Diagnostic, span: Span): ScalarNode {
  if (reader.problems.length < 100) reader.problems.push(problem);
  return { kind: 'scalar', value: null, span, ambiguity: null };
}

function failed(diagnostics: readonly Diagnostic[]): Outcome<readonly SourceNode[]> {
  return { value: null, diagnostics };
}
