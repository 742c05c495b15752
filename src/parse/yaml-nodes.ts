// Composed YAML nodes → our nodes: scalars are given a meaning, aliases and merge keys are followed, within bounds.
import { isAlias, isMap, isScalar, isSeq, type Alias, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Source, Span } from '../source/source.ts';
import { maxDepth, maxExpandedNodes } from './limits.ts';
import type { KeyProblem, MappingEntry, MappingNode, ScalarNode, SourceNode } from './node.ts';
import { plainAmbiguity, readPlain12 } from './scalar.ts';
import { templateHint } from './template-hint.ts';

export interface NodeReader {
  readonly source: Source;
  /** What is found wrong. */
  readonly problems: Diagnostic[];
  /** Reads the contents of one document. */
  readonly read: (contents: Node) => SourceNode;
}

/** Makes a reader for the documents of one file. They share the bound on what aliases expand to. */
export function createNodeReader(source: Source, problems: Diagnostic[]): NodeReader {
  const reader: Reader = { source, problems, expanded: 0, anchors: new Map(), open: new Set() };
  return {
    source,
    problems,
    read: (contents) => {
      reader.anchors.clear();
      return readNode(reader, contents, { depth: 0, aliased: false });
    },
  };
}

interface Reader {
  readonly source: Source;
  readonly problems: Diagnostic[];
  /** Values made by following aliases so far. */
  expanded: number;
  /** The document's anchors up to where reading is: a later one of the same name takes its place. */
  readonly anchors: Map<string, Node>;
  /** Anchored nodes that are being read: an alias to one of them would never end. */
  readonly open: Set<Node>;
}

/** What a node stands in: how deep it is, and whether an alias led to it. */
interface Place {
  readonly depth: number;
  readonly aliased: boolean;
}

function readNode(reader: Reader, node: Node | null, place: Place): SourceNode {
  const span = spanOf(reader, node);
  if (node === null) return { kind: 'scalar', value: null, span, ambiguity: null };
  if (place.aliased && ++reader.expanded > maxExpandedNodes) return tooMany(reader, span);
  if (place.depth > maxDepth) return refuse(reader, diagnose('NP1011', { limit: maxDepth }, span), span);
  if (isAlias(node)) return readAlias(reader, node, place, span);
  if (typeof node.tag === 'string' && node.tag !== '') {
    const tag = node.tag.replace(/^tag:yaml\.org,2002:/, '!!');
    return refuse(reader, diagnose('NP1009', { tag }, span), span);
  }
  const { anchor } = node as { anchor?: string };
  if (anchor === undefined) return readUntagged(reader, node, place, span);
  if (!place.aliased) reader.anchors.set(anchor, node);
  reader.open.add(node);
  const value = readUntagged(reader, node, place, span);
  reader.open.delete(node);
  return value;
}

function readUntagged(reader: Reader, node: Node, place: Place, span: Span): SourceNode {
  if (isMap(node)) return readMapping(reader, node, place, span);
  if (!isSeq(node)) return readScalar(node as Scalar, span);
  const inner = { ...place, depth: place.depth + 1 };
  const items = node.items.map((item) => (isSpent(reader) ? null : readNode(reader, item as Node, inner)));
  return { kind: 'sequence', items: items.filter((item) => item !== null), span };
}

function readScalar(node: Scalar, span: Span): ScalarNode {
  const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
  if (node.type !== 'PLAIN') return { kind: 'scalar', value: text, span, ambiguity: null };
  return { kind: 'scalar', value: readPlain12(text), span, ambiguity: plainAmbiguity(text) };
}

function readAlias(reader: Reader, alias: Alias, place: Place, span: Span): SourceNode {
  const target = reader.anchors.get(alias.source);
  if (target === undefined) {
    return refuse(reader, syntaxProblem(`alias \`*${alias.source}\` has no anchor before it`, span), span);
  }
  if (reader.open.has(target)) {
    return refuse(reader, syntaxProblem(`alias \`*${alias.source}\` stands inside its own anchor`, span), span);
  }
  return readNode(reader, target, { depth: place.depth, aliased: true });
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
    if (entry === null) continue;
    const first = own.get(entry.key);
    if (first === undefined) own.set(entry.key, entry);
    else report(reader, duplicateKey(first, entry));
  }
  // Own keys win over merged ones; of merged ones the first wins.
  for (const entry of merged) if (!own.has(entry.key)) own.set(entry.key, entry);
  return { kind: 'mapping', entries: [...own.values()], span };
}

/** Null when the key is a collection, which is reported. */
function readEntry(reader: Reader, pair: Pair<Node, Node | null>, inner: Place): MappingEntry | null {
  const keySpan = spanOf(reader, pair.key);
  const key = readNode(reader, pair.key, inner);
  const value = readNode(reader, pair.value, inner);
  if (key.kind !== 'scalar') {
    report(reader, diagnose('NP1010', { found: key.kind }, keySpan, templateHint(keySpan)));
    return null;
  }
  const keyProblem: KeyProblem | null =
    typeof key.value !== 'string' ? 'not-a-string' : key.ambiguity !== null ? 'ambiguous' : null;
  return { key: String(key.value), keySpan, keyProblem, value };
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.value === '<<';
}

/** Entries of the merged mappings. They count as expanded values: merging copies them. */
function mergedEntries(reader: Reader, pair: Pair<Node, Node | null>, inner: Place): readonly MappingEntry[] {
  const value = readNode(reader, pair.value, inner);
  const parts = value.kind === 'sequence' ? value.items : [value];
  return parts.flatMap((part) => {
    if (part.kind === 'mapping') return part.entries;
    report(reader, syntaxProblem('`<<` must merge a mapping', part.span));
    return [];
  });
}

function duplicateKey(first: MappingEntry, second: MappingEntry): Diagnostic {
  const notes = [{ message: `\`${first.key}\` is given here first`, span: first.keySpan }];
  return diagnose('NP1008', { key: first.key }, second.keySpan, { notes });
}

function spanOf(reader: Reader, node: Node | null | undefined): Span {
  const [start = 0, end = start] = node?.range ?? [];
  return { source: reader.source, start, end };
}

function syntaxProblem(problem: string, span: Span): Diagnostic {
  return diagnose('NP1007', { language: 'YAML', problem }, span);
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

function refuse(reader: Reader, problem: Diagnostic, span: Span): ScalarNode {
  report(reader, problem);
  return { kind: 'scalar', value: null, span, ambiguity: null };
}

/** More problems than are ever shown are not worth their memory. */
function report(reader: Reader, problem: Diagnostic): void {
  if (reader.problems.length < 1000) reader.problems.push(problem);
}
