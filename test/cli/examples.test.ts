// The files that other programs run netpolc by: they are YAML, and each command line in them is one that netpolc takes.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { createFakeHost } from '../../src/host/fake-host.ts';
import { createProgram } from '../../src/cli/program.ts';
import { diagnose } from '../../src/diagnostics/diagnostic.ts';
import { printSarif } from '../../src/diagnostics/sarif.ts';
import { wholeSource } from '../../src/source/source.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
  readonly files: string;
  readonly pass_filenames: boolean;
}

interface Job {
  readonly script?: readonly string[];
  readonly extends?: string;
}

/** A workflow of GitHub. */
interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, { readonly workflows?: readonly string[] } | null>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      { readonly steps: readonly { readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> }[] }
    >
  >;
}

const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as readonly Hook[];
const jobs = parse(readFileSync('examples/ci/gitlab-ci.yml', 'utf8')) as Readonly<Record<string, Job>>;
const scripts = Object.values(jobs).flatMap(({ script = [] }) => script);
const program = await createProgram(['completion'], {
  name: 'netpolc',
  host: createFakeHost(),
  finish: () => Promise.resolve(),
  output: {},
});

describe('the hooks for pre-commit', (test) => {
  test('are those that the README names', () =>
    assert.equal(
      hooks.map(({ id }) => id),
      ['netpolc-lint', 'netpolc-check'],
    ));

  for (const { id, entry, language, files, pass_filenames } of hooks) {
    test(`${id} is a command line of netpolc over the whole input`, () => {
      assert.equal([language, pass_filenames], ['node', false]);
      assert.equal(problemsOf(entry), []);
      for (const file of ['policies/db.yaml', 'a.yml', 'cluster.json']) assert.match(file, new RegExp(files));
    });
  }
});

describe('the example for GitLab', (test) => {
  const lines = scripts.flatMap((script) => script.split('\n')).filter((line) => /^\s*netpolc /.test(line));

  test('runs what the README promises', () => {
    const commands = lines.map((line) => line.trim().split(' ')[1]);
    assert.equal(commands, ['ir', 'lint', 'diff']);
  });
  for (const line of lines) test(line, () => assert.equal(problemsOf(line), []));

  test('jobs extend what is there', () => {
    const bases = Object.values(jobs).flatMap((job) => job.extends ?? []);
    assert.equal(
      bases.filter((base) => !Object.hasOwn(jobs, base)),
      [],
    );
  });

  test('every script is one for sh', () => {
    for (const script of scripts) execFileSync('sh', ['-n', '-c', script]);
  });

  test('turns SARIF into findings that GitLab shows', () => {
    const source = wholeSource('policies/db.yaml', 'a: 1\nb: 2\n');
    const sarif = printSarif([
      diagnose(
        'NP2001',
        { path: 'b', pruned: true },
        { source, start: 5, end: 6 },
        { severity: 'warning', hint: null },
      ),
      diagnose('NP1004', { folder: 'policies' }, null, { hint: null }),
    ]);
    assert.equal(codeQualityOf(sarif), [
      {
        check_name: 'NP2001',
        description: 'unknown field "b" is dropped',
        fingerprint: '["NP2001","policies/db.yaml","unknown field \\"b\\" is dropped"]',
        severity: 'minor',
        location: { path: 'policies/db.yaml', lines: { begin: 2 } },
      },
      {
        check_name: 'NP1004',
        description: 'folder `policies` holds no manifest',
        fingerprint: '["NP1004","netpolc.yaml","folder `policies` holds no manifest"]',
        severity: 'major',
        location: { path: 'netpolc.yaml', lines: { begin: 1 } },
      },
    ]);
    assert.equal(codeQualityOf(printSarif([])), []);
  });
});

describe('the examples for GitHub', (test) => {
  const { inputs } = parse(readFileSync('action.yml', 'utf8')) as {
    readonly inputs: Readonly<Record<string, { readonly required?: boolean }>>;
  };

  for (const [name, event] of Object.entries({ 'pull-request': 'pull_request', 'comment-from-fork': 'workflow_run' })) {
    const text = readFileSync(`examples/ci/github-${name}.yml`, 'utf8');
    const workflow = parse(text) as Workflow;
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

    test(`${name} gives the action inputs that it has, those included that are commented out`, () => {
      const given = Object.keys(steps.find(({ uses }) => uses === 'OWNER/netpolc@v0')?.with ?? {});
      const offered = [...text.matchAll(/^ {10}# ([a-z-]+): /gm)].map(([, input = '']) => input);
      assert.equal(
        [...given, ...offered].filter((input) => !Object.hasOwn(inputs, input)),
        [],
      );
      const needed = Object.keys(inputs).filter((input) => inputs[input]?.required === true);
      assert.equal(
        needed.filter((input) => !given.includes(input)),
        [],
      );
    });
    test(`${name} runs on ${event}, with no more rights than it needs and no script`, () => {
      assert.equal(Object.keys(workflow.on), [event]);
      assert.equal(workflow.permissions, { contents: 'read', 'pull-requests': 'write' });
      assert.equal(
        steps.map(({ uses }) => uses),
        ['actions/checkout@v4', 'OWNER/netpolc@v0'],
      );
    });
  }

  test('the second one follows the first, and checks out nothing but the default branch', () => {
    const [first, second] = ['pull-request', 'comment-from-fork'].map(
      (name) => parse(readFileSync(`examples/ci/github-${name}.yml`, 'utf8')) as Workflow,
    );
    assert.equal(second?.on['workflow_run']?.workflows, [first?.name]);
    const [checkout] = Object.values(second?.jobs ?? {}).flatMap(({ steps }) => steps);
    assert.equal(checkout?.with, { 'fetch-depth': 0 });
  });

  test('what the README shows is such a workflow', () => {
    const readme = readFileSync('README.md', 'utf8');
    const [, block = ''] = /\n## In pull requests\n[^]*?\n((?: {4}.*\n|\n)+)/.exec(readme) ?? [];
    const { on, permissions, jobs: shown } = parse(block) as Workflow;
    assert.equal([on as unknown, permissions], ['pull_request', { contents: 'read', 'pull-requests': 'write' }]);
    const given = Object.values(shown).flatMap(({ steps }) => steps.flatMap((step) => Object.keys(step.with ?? {})));
    assert.equal(
      given.filter((input) => !Object.hasOwn(inputs, input)),
      [],
    );
  });
});

describe('the check of command lines', (test) => {
  test('notices what is not there', () => {
    assert.equal(problemsOf('netpolc lnit'), ['no command lnit']);
    assert.equal(problemsOf('netpolc ir --outptu x -o y > out || true'), ['no option --outptu of ir']);
  });
});

/** What is wrong with one command line: its command and options must be there. */
function problemsOf(line: string): readonly string[] {
  const [, name = '', ...words] =
    line
      .trim()
      .split(/\s*(?:[|;>&]|$)/)[0]
      ?.split(/\s+/) ?? [];
  const command = program.commands.find((each) => each.name() === name);
  if (command === undefined) return [`no command ${name}`];
  const known = command.options.flatMap(({ short, long }) => [short, long]);
  const options = words.filter((word) => word.startsWith('-')).map((word) => word.replace(/=.*/, ''));
  return options.filter((option) => !known.includes(option)).map((option) => `no option ${option} of ${name}`);
}

/** What the step of the job that calls node makes of a report. */
function codeQualityOf(sarif: string): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'netpolc-gitlab-'));
  try {
    writeFileSync(join(folder, 'netpolc.sarif'), sarif);
    const step = must(scripts.find((script) => script.startsWith('node ')));
    execFileSync('sh', ['-e', '-c', step], { cwd: folder });
    return JSON.parse(readFileSync(join(folder, 'gl-code-quality-report.json'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
