// Multi-document YAML → nodes with a place for every value.
import { Composer, isScalar, Parser, type CST, type Document, type Node } from 'yaml';
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Source, Span } from '../source/source.ts';
import { maxDepth, maxYamlDocumentLength, maxYamlLength } from './limits.ts';
import type { SourceNode } from './node.ts';
import { templateHint } from './template-hint.ts';
import { checkText, checkYamlText } from './text.ts';
import { repairLayout } from './yaml-layout.ts';
import { createNodeReader, type NodeReader } from './yaml-nodes.ts';

/**
 * Parses every document of a YAML text; empty documents are left out (S-109). Documents that cannot be read are reported
 * and left out; beside an error what is given serves further diagnosis only.
 *
 * Plain scalars are read as YAML 1.2 core and carry what YAML 1.1 would have made of them (S-107). Aliases and merge
 * keys are followed as kubectl does (S-108), within `maxExpandedNodes`.
 */
export function parseYaml(source: Source): Outcome<readonly SourceNode[]> {
  const text = source.text ?? '';
  if (text.length > maxYamlLength) return failed(diagnose('NP1012', { limit: '64 MiB of YAML' }, at(source, 0, 0)));
  const [badText] = [...checkText(source, text), ...checkYamlText(source, text)];
  if (badText !== undefined) return failed(badText);
  const tooLong = placeTooLong(text);
  if (tooLong !== null) {
    const limit = `${maxYamlDocumentLength / 2 ** 20} MiB in one YAML document`;
    return failed(diagnose('NP1012', { limit }, at(source, tooLong, tooLong)));
  }
  const problems: Diagnostic[] = [];
  const reader = createNodeReader(source, problems);
  const documents = composer().compose(soundTokens(source, text, problems));
  return { value: [...documents].flatMap((document) => readDocument(reader, document) ?? []), diagnostics: problems };
}

/** The tokens of one document after the other, so that only one tree is in memory. Those nested too deep are left out. */
function* soundTokens(source: Source, text: string, problems: Diagnostic[]): Generator<CST.Token> {
  for (const token of new Parser().parse(text)) {
    const tooDeep = placeTooDeep(token);
    if (tooDeep === null) {
      problems.push(...repairLayout(source, token));
      yield token;
    } else problems.push(diagnose('NP1011', { limit: maxDepth }, at(source, tooDeep, tooDeep + 1)));
  }
}

/** Where a document begins that is too long for its tree to fit into memory. `---` in the first column always begins one. */
function placeTooLong(text: string): number | null {
  let start = 0;
  while (text.length - start > maxYamlDocumentLength) {
    const next = text.lastIndexOf('\n---', start + maxYamlDocumentLength);
    if (next <= start) return start;
    start = next;
  }
  return null;
}

/** Scalars stay text here, and duplicate keys are told by the reader, with the place of the first one. */
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

/** Where the nesting exceeds the limit. Measured before the library's recursion begins: a few thousand levels of it end the process. */
function placeTooDeep(token: CST.Token): number | null {
  let level: readonly unknown[] = [token];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return (level[0] as CST.Token).offset;
    level = level.flatMap(innerTokens);
  }
  return null;
}

function innerTokens(token: unknown): readonly unknown[] {
  const { value, items } = token as { value?: unknown; items?: readonly { key?: unknown; value?: unknown }[] };
  const inner = (items ?? []).flatMap((item) => [item.key, item.value]);
  return [value, ...inner].filter((each) => typeof each === 'object' && each !== null);
}

function readDocument(reader: NodeReader, document: Document.Parsed): SourceNode | null {
  const [error] = document.errors;
  if (error !== undefined) {
    const isTold = /^Missing closing|end with a/.test(error.message) && reader.problems.some(isSyntaxProblem);
    if (!isTold) reader.problems.push(syntaxProblem(reader.source, error));
    return null;
  }
  const contents: unknown = document.contents;
  const isEmpty = isScalar(contents) && contents.type === 'PLAIN' && contents.source === '';
  return contents === null || isEmpty ? null : reader.read(contents as Node);
}

function isSyntaxProblem({ code }: Diagnostic): boolean {
  return code === 'NP1007';
}

/** The library's words for what is wrong, or better ones. */
function syntaxProblem(source: Source, error: Document.Parsed['errors'][number]): Diagnostic {
  const [start, end] = error.pos;
  const span = at(source, start, Math.max(start, Math.min(end, source.text?.length ?? 0)));
  if (error.code === 'TAB_AS_INDENT') {
    const hint = 'indent with spaces only; many editors can convert all tabs of a file';
    return diagnose('NP1007', { language: 'YAML', problem: 'a tab stands in the indentation' }, span, { hint });
  }
  const sentence = error.message.split('\n')[0] ?? '';
  if (error.code === 'UNEXPECTED_TOKEN' && sentence.endsWith('at node end')) {
    const hint =
      'fields of one object begin in one column, also those of the whole document; list items begin with `- `';
    return diagnose('NP1007', { language: 'YAML', problem: 'what begins here continues nothing above it' }, span, {
      hint,
    });
  }
  const problem = sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
  return diagnose('NP1007', { language: 'YAML', problem }, span, templateHint(span));
}

function at(source: Source, start: number, end: number): Span {
  return { source, start, end };
}

function failed(problem: Diagnostic): Outcome<readonly SourceNode[]> {
  return { value: null, diagnostics: [problem] };
}
