// Fixes keep the meaning: over every golden case, in several ways of writing the same policies.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { runCli } from '../../src/cli/run-cli.ts';
import { createCompiler } from '../../src/compile.ts';
import { createFakeHost } from '../../src/host/fake-host.ts';
import { readWorld } from '../../src/input/read-world.ts';
import { defaultReadOptions, type ReadOptions } from '../../src/input/world.ts';
import { toPlain } from '../../src/parse/plain.ts';
import { parseYaml } from '../../src/parse/yaml.ts';
import { wholeSource } from '../../src/source/source.ts';
import { caseNames, goldenFolder, readCaseFile } from '../golden/cases.ts';
import { inputFile } from '../kit/files.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { meaningOf } from '../properties/meaning.ts';
import { lintCaseNames, readLintCase } from './golden-lint.ts';

const documentsOf = (text: string): readonly unknown[] =>
  must(parseYaml(wholeSource('p.yaml', text)).value).map(toPlain);

interface Style {
  readonly file: string;
  readonly write: (text: string) => string;
}

const styles: Readonly<Record<string, Style>> = {
  'as written': { file: 'p.yaml', write: (text) => text },
  'with CRLF and a byte-order mark': { file: 'p.yaml', write: (text) => `\ufeff${text.replaceAll('\n', '\r\n')}` },
  'as items of a list': { file: 'p.yaml', write: inList },
  'as JSON on many lines': { file: 'p.json', write: (text) => printDocuments(text, 2) },
  'as JSON on one line': { file: 'p.json', write: (text) => printDocuments(text, 0) },
  'as a JSON list': {
    file: 'p.json',
    write: (text) => JSON.stringify({ items: documentsOf(text), apiVersion: 'v1', kind: 'List' }, null, 1),
  },
  'as YAML in flow style': { file: 'p.yaml', write: (text) => documentsOf(text).map(inFlow).join('\n---\n') },
};

function printDocuments(text: string, indent: number): string {
  return documentsOf(text)
    .map((each) => JSON.stringify(each, null, indent))
    .join('\n');
}

function inList(text: string): string {
  const items = text.split(/^---.*\n/m).filter((item) => /^[^#\s]/m.test(item));
  const indented = items.map((item) => item.trimEnd().replaceAll(/^(?=.)/gm, '    '));
  const dashed = indented.map((item) => item.replace(/^ {4}(?=[^\s#])/m, '  - '));
  return `apiVersion: v1\nkind: List\nitems:\n${dashed.join('\n')}\n`;
}

/** Keys that need no quotes have none. */
function inFlow(document: unknown): string {
  return JSON.stringify(document).replaceAll(/"([A-Za-z]+)":/g, '$1: ');
}

interface Fixed {
  readonly text: string;
  readonly made: readonly { readonly lint: string }[];
  /** Lints that still offer a fix that keeps the meaning. */
  readonly left: readonly string[];
}

async function fix(file: string, text: string, world: string, namespace: string): Promise<Fixed> {
  const host = createFakeHost({ files: { [file]: text, 'world.yaml': world } });
  const words = ['lint', file, '-s', 'world.yaml', '--namespace', namespace, '--fix', '--format', 'json'];
  await runCli(words, host);
  const document = JSON.parse(host.out()) as {
    readonly fixed: Fixed['made'];
    readonly findings: readonly { readonly lint: string; readonly fix: { readonly keepsMeaning: boolean } | null }[];
  };
  const left = document.findings.filter((each) => each.fix?.keepsMeaning === true).map(({ lint }) => lint);
  const chunks: Uint8Array[] = [];
  for await (const chunk of host.read(file)) chunks.push(chunk);
  const fixed = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(chunks));
  return { text: fixed, made: document.fixed, left };
}

async function meaning(file: string, text: string, world: string, options: ReadOptions): Promise<string | null> {
  const files = [inputFile(file, text, 'policies'), inputFile('world.yaml', world)];
  const { value } = await readWorld(files, options);
  const ir = value === null ? null : createCompiler(value).ir({ kind: 'snapshot' }).value;
  return ir === null ? null : meaningOf(ir);
}

interface Example {
  readonly name: string;
  readonly policies: string;
  readonly cluster: string;
  readonly options: ReadOptions;
}

/** Cases of compiling and of lint, those whose input can be read. */
function examples(): readonly Example[] {
  const text = (...path: readonly string[]): string | null => {
    const file = join(goldenFolder, ...path);
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  };
  const compiled = caseNames().map((name) => {
    const { options, world } = readCaseFile(name);
    const cluster = world === null ? text(name, 'snapshot.yaml') : text(`worlds/${world}.yaml`);
    return { name, policies: text(name, 'policies.yaml'), cluster, options: options.read };
  });
  const linted = lintCaseNames().map((name) => {
    const { world, namespace = 'shop' } = readLintCase(name);
    const options = { ...defaultReadOptions, namespace };
    const cluster = text(`lint/worlds/${must(world)}.yaml`);
    return { name, policies: text('lint', name, 'policies.yaml'), cluster, options };
  });
  return [...linted, ...compiled].flatMap(({ policies, cluster, ...rest }) =>
    policies === null || cluster === null ? [] : [{ policies, cluster, ...rest }],
  );
}

const fixedLints = new Set<string>();

async function checkExample({ name, policies, cluster, options }: Example, { file, write }: Style): Promise<void> {
  const before = await meaning('p.yaml', policies, cluster, options);
  if (before === null) return;
  const text = write(policies);
  const fixed = await fix(file, text, cluster, options.namespace);
  assert.is(await meaning(file, fixed.text, cluster, options), before, `${name}\n${fixed.text}`);
  assert.equal(fixed.left, [], `${name}\n${fixed.text}`);
  assert.is(fixed.text === text, fixed.made.length === 0, name);
  for (const comment of text.match(/#.*/g) ?? []) assert.ok(fixed.text.includes(comment), `${name} lost ${comment}`);
  for (const { lint } of fixed.made) fixedLints.add(lint);
}

for (const [style, how] of Object.entries(styles)) {
  describe(`fixes in golden policies ${style}`, (test) => {
    test('keep the meaning, and leave nothing to fix', async () => {
      // The cases of compiling are as their authors typed them; other ways of writing need fewer.
      const chosen = style === 'as written' ? examples() : examples().filter((_, index) => index % 9 === 0);
      for (const example of chosen) await checkExample(example, how);
    });
  });
}

describe('the golden policies', (test) => {
  test('need every fix that keeps the meaning', () =>
    assert.equal([...fixedLints].sort(), ['L-01', 'L-02', 'L-06', 'L-14', 'L-23']));
});
