// Runs action.yml as GitHub's runner would: its `run:` steps with bash, in a repository, with the environment that they get.
// Steps that are other people's actions are noted and not run.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { buildProgram } from '../../scripts/build-program.ts';
import { gitEnvironment } from '../git/repository.ts';

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly 'working-directory'?: string;
}

export interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly description: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

export const action = parse(readFileSync('action.yml', 'utf8')) as ActionFile;

export interface Job {
  /** Where the repository is checked out. */
  readonly folder: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly event: { readonly name: string; readonly payload: unknown };
  readonly apiUrl: string;
  /** What other people's actions put out, by the id of the step. */
  readonly played?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface JobResult {
  /** Of the first step that failed, else 0. */
  readonly exitCode: number;
  /** What the steps printed, in order. */
  readonly log: string;
  readonly summary: string;
  /** Those of the action. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Actions that would have run, with what they would have been given. */
  readonly used: readonly (readonly [action: string, given: Readonly<Record<string, string>>])[];
}

/** A folder like the one that the runner unpacks an action to, already built. Handed over, then removed. */
export async function withBuiltAction(act: (actionPath: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'netpolc-action-'));
  try {
    await buildProgram(join(folder, 'dist/action'), 'src/action/main.ts');
    for (const name of [
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'tsconfig.build.json',
      'text-files.d.ts',
      'schema',
      'scripts',
      'src',
      'targets',
    ]) {
      symlinkSync(resolve(name), join(folder, name));
    }
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the steps. Nothing of the environment of whoever runs the tests gets in but the path of programs. */
export async function runJob(actionPath: string, job: Job): Promise<JobResult> {
  const temp = mkdtempSync(join(tmpdir(), 'netpolc-runner-'));
  try {
    return await runSteps({ actionPath, temp, job });
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

interface Runner {
  readonly actionPath: string;
  readonly temp: string;
  readonly job: Job;
}

async function runSteps(runner: Runner): Promise<JobResult> {
  const { job, temp } = runner;
  const outputsById = new Map<string, Readonly<Record<string, string>>>();
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [name, job.inputs[name] ?? input.default ?? '']),
  );
  const fill = (text: string): string => fillIn(text, inputs, outputsById);
  const [logs, summaries, used]: [string[], string[], [string, Record<string, string>][]] = [[], [], []];
  let exitCode = 0;
  writeFileSync(join(temp, 'event.json'), JSON.stringify(job.event.payload));
  for (const [index, step] of action.runs.steps.entries()) {
    if (exitCode !== 0 || !isWanted(step.if ?? '', fill)) continue;
    if (step.uses !== undefined) {
      const given = Object.entries(step.with ?? {}).map(([key, value]) => [key, fill(String(value))] as const);
      used.push([step.uses, Object.fromEntries(given)]);
      if (step.id !== undefined) outputsById.set(step.id, job.played?.[step.id] ?? {});
      continue;
    }
    const ran = await runStep(step, join(temp, `${index}`), runner, fill);
    if (step.id !== undefined) outputsById.set(step.id, ran.outputs);
    logs.push(ran.log);
    summaries.push(ran.summary);
    exitCode = ran.exitCode;
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, fill(value)] as const);
  return { exitCode, log: logs.join(''), summary: summaries.join(''), outputs: Object.fromEntries(outputs), used };
}

type RanStep = Pick<JobResult, 'exitCode' | 'log' | 'summary' | 'outputs'>;

async function runStep(
  step: Step,
  files: string,
  { actionPath, temp, job }: Runner,
  fill: (text: string) => string,
): Promise<RanStep> {
  mkdirSync(files, { recursive: true });
  const [output, summary] = [join(files, 'output'), join(files, 'summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value)] as const);
  const env = {
    PATH: process.env['PATH'],
    HOME: temp,
    ...gitEnvironment,
    GITHUB_ACTION_PATH: actionPath,
    GITHUB_API_URL: job.apiUrl,
    GITHUB_GRAPHQL_URL: `${job.apiUrl}/graphql`,
    GITHUB_EVENT_NAME: job.event.name,
    GITHUB_EVENT_PATH: join(temp, 'event.json'),
    GITHUB_OUTPUT: output,
    GITHUB_REPOSITORY: 'o/shop',
    GITHUB_RUN_ID: '42',
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_STEP_SUMMARY: summary,
    RUNNER_TEMP: temp,
    ...Object.fromEntries(own),
  };
  const cwd = join(job.folder, fill(step['working-directory'] ?? '.'));
  const { exitCode, log } = await runBash(fill(step.run ?? ''), cwd, env);
  return { exitCode, log, summary: readFileSync(summary, 'utf8'), outputs: parseOutputs(readFileSync(output, 'utf8')) };
}

/** As the runner starts it for `shell: bash`. */
async function runBash(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ exitCode: number; log: string }> {
  const running = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], { cwd, env: { ...env } });
  const chunks: Uint8Array[] = [];
  for (const stream of [running.stdout, running.stderr]) stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const exitCode = await new Promise<number>((done) => running.on('close', (code) => done(code ?? 1)));
  return { exitCode, log: Buffer.concat(chunks).toString() };
}

/** `NAME=VALUE`, or `NAME<<END`, lines and `END`. Source: GitHub, workflow commands. */
function parseOutputs(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/^([^=\n]+?)<<(\S+)\n([\s\S]*?)\n\2$|^([^=\n]+)=(.*)$/gm);
  return Object.fromEntries(
    [...found].map(([, name, , long = '', key, short = '']) => [name ?? key ?? '', name === undefined ? short : long]),
  );
}

function isWanted(condition: string, fill: (text: string) => string): boolean {
  if (condition === '') return true;
  return condition.split(' && ').every((part) => {
    const [, expression = '', operator = '', literal = ''] = /^(\S+) (==|!=) '([^']*)'$/.exec(part) ?? [];
    const isSame = fill(`\${{ ${expression} }}`) === literal;
    return operator === '==' ? isSame : !isSame;
  });
}

function fillIn(
  text: string,
  inputs: Readonly<Record<string, string>>,
  outputsById: ReadonlyMap<string, Readonly<Record<string, string>>>,
): string {
  return text.replace(/\$\{\{ (\S+) \}\}/g, (_, expression: string) => {
    const [context, name = '', , key = ''] = expression.split('.');
    if (context === 'inputs') return inputs[name] ?? failed(expression);
    if (context === 'steps') return name === 'built' ? 'true' : (outputsById.get(name)?.[key] ?? '');
    return { 'github.token': 'token', 'runner.os': 'Linux' }[expression] ?? failed(expression);
  });
}

function failed(expression: string): never {
  throw new Error(`no value for ${expression}`);
}
