// Cases of golden/lint: policies, and by hand what lint finds in them, line by line.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { positionOf } from '../../src/source/source.ts';
import { toPlain } from '../../src/parse/plain.ts';
import { parseYaml } from '../../src/parse/yaml.ts';
import { wholeSource } from '../../src/source/source.ts';
import type { Finding } from '../../src/lint/finding.ts';
import { inputFile } from '../kit/files.ts';
import { must } from '../kit/must.ts';
import { lintFiles } from './lint-files.ts';

const folder = resolve(import.meta.dirname, '../../golden/lint');

export interface LintCase {
  readonly name: string;
  /** The lint that the case is about. */
  readonly lint: string;
  readonly findings: readonly Finding[];
  readonly expected: readonly ExpectedFinding[];
}

export interface ExpectedFinding {
  readonly place: string;
  readonly lint: string;
  /** Each must occur in the message, a note or the hint. */
  readonly phrases: readonly string[];
  readonly text: string;
}

/** Every case's folder name, sorted. */
export function lintCaseNames(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'case.yaml')))
    .sort();
}

/** What a case says about itself; throws on a key that it does not know. */
export function readLintCase(name: string): Readonly<Record<string, string>> {
  const { value } = parseYaml(wholeSource('case.yaml', textOf(name, 'case.yaml')));
  const fields = toPlain(must(value?.[0])) as Record<string, string>;
  const known = ['title', 'why', 'lint', 'world', 'namespace'];
  const unknown = Object.keys(fields).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`unknown key: ${unknown.join(', ')}`);
  for (const key of ['title', 'why', 'lint', 'world']) must(fields[key], key);
  return fields;
}

/** Lints a case. Throws when something is reported that is no lint. */
export async function loadLintCase(name: string): Promise<LintCase> {
  const { lint, world, namespace } = readLintCase(name);
  const files = [
    inputFile('policies.yaml', textOf(name, 'policies.yaml'), 'policies'),
    inputFile(`${must(world)}.yaml`, textOf('worlds', `${must(world)}.yaml`)),
  ];
  const options = namespace === undefined ? {} : { givenNamespace: namespace };
  const { findings, diagnostics } = await lintFiles(files, options);
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return { name, lint: must(lint), findings, expected: parseFindings(textOf(name, 'findings.txt')) };
}

/** What was expected and is not there, and what is there and was not expected; each finding answers one line. */
export function compareFindings({ expected, findings }: LintCase): readonly string[] {
  const rest = [...findings];
  const missing = expected.filter((each) => {
    const at = rest.findIndex((finding) => answers(finding, each));
    if (at !== -1) rest.splice(at, 1);
    return at === -1;
  });
  return [
    ...missing.map(({ text }) => `missing: ${text}`),
    ...rest.map((each) => `not expected: ${placeOf(each)} ${each.lint ?? ''} ${each.diagnostic.message}`),
  ];
}

function parseFindings(text: string): readonly ExpectedFinding[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [, place, lint, phrases] = /^([^ :]+:[0-9]+) (L-[0-9]{2}) (\S.*)$/.exec(line) ?? [];
    if (place === undefined || lint === undefined || phrases === undefined) throw new Error(`no finding: ${line}`);
    return { place, lint, phrases: phrases.split(' … '), text: line };
  });
}

function answers(finding: Finding, { place, lint, phrases }: ExpectedFinding): boolean {
  const { message, notes, hint } = finding.diagnostic;
  const text = [message, ...notes.map((note) => note.message), hint ?? ''].join('\n');
  return finding.lint === lint && placeOf(finding) === place && phrases.every((phrase) => text.includes(phrase));
}

function placeOf({ diagnostic: { span } }: Finding): string {
  return span === null ? '-' : `${span.source.name}:${positionOf(span).line}`;
}

function textOf(name: string, file: string): string {
  return readFileSync(join(folder, name, file), 'utf8');
}
