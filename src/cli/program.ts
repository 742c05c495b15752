// The command line: the list of commands, and what all of them share.
import { Command, CommanderError, type Option, type OutputConfiguration } from 'commander';
import { joinOr } from '../diagnostics/join-or.ts';
import type { Host } from '../host/host.ts';
import { version } from '../version.ts';
import { applyConfig } from './apply-config.ts';
import { onlyDiagnostics, type CommandResult } from './command-result.ts';
import { exitCodes } from './exit-code.ts';
import type { ReportFlags } from './report.ts';

/** Takes what a command gave: prints it and keeps its exit code. */
export type Finish = (result: CommandResult, flags: ReportFlags) => Promise<void>;

/** Adds arguments, options, help and action to an empty command. */
export type DefineCommand = (command: Command, host: Host, finish: Finish) => void;

interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Loaded when the command line mentions the command: each brings its own part of netpolc with it. */
  readonly load: () => Promise<DefineCommand>;
}

/** The command that describes all others, and needs their definitions. */
const completionCommand = 'completion';

const commands: readonly CommandEntry[] = [
  {
    name: 'compile',
    summary: 'compile policies to rules for a node or for every node',
    load: async () => (await import('./compile.ts')).defineCompile,
  },
  {
    name: 'ir',
    summary: 'print the compiled allow sets as JSON',
    load: async () => (await import('./ir.ts')).defineIr,
  },
  {
    name: 'trace',
    summary: 'say whether a connection is allowed, and why',
    load: async () => (await import('./trace.ts')).defineTrace,
  },
  {
    name: 'test',
    summary: 'check expected connections, by logic or with real packets',
    load: async () => (await import('./test.ts')).defineTest,
  },
  {
    name: 'diff',
    summary: 'say what a change of policies does: connections, isolation, compiled output',
    load: async () => (await import('./diff.ts')).defineDiff,
  },
  {
    name: 'matrix',
    summary: 'say who can reach whom, workload by workload',
    load: async () => (await import('./matrix.ts')).defineMatrix,
  },
  {
    name: 'lint',
    summary: 'find what is likely not meant in policies, and repair it',
    load: async () => (await import('./lint.ts')).defineLint,
  },
  {
    name: 'explain',
    summary: 'explain a diagnostic code',
    load: async () => (await import('./explain.ts')).defineExplain,
  },
  {
    name: completionCommand,
    summary: 'print a completion script for a shell',
    load: async () => (await import('./completion/completion.ts')).defineCompletion,
  },
];

const examples = `
Examples:
  kubectl get ns,nodes,pods,svc,netpol -A -o json > cluster.json
  netpolc compile -s cluster.json --node worker-1 --target nftables
  netpolc trace policies/ -s cluster.json --from prod/api --to prod/db --port 5432
  netpolc test policies/ -s cluster.json --flows expected.jsonl
  netpolc lint policies/ -s cluster.json

A file netpolc.yaml in this folder or the nearest one above, up to the root of the repository, holds defaults for options.

Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 invalid input, 4 the machine failed, 70 a bug in netpolc`;

/** What a program stands in. */
export interface Surroundings {
  /** `netpolc`, or `kubectl netpolc`. */
  readonly name: string;
  readonly host: Host;
  readonly finish: Finish;
  /** Where help goes, and messages about words that are no command line. */
  readonly output: OutputConfiguration;
}

/** The code of the error that keeps a command from running after what is wrong was told. */
export const stopped = 'netpolc.stopped';

/**
 * The program with its commands. Of those that the words do not mention only name and summary are known; the word
 * `completion` stands for all of them.
 */
export async function createProgram(
  words: readonly string[],
  { name, host, finish, output }: Surroundings,
): Promise<Command> {
  const program = emptyProgram(name).configureOutput(output);
  program.hook('preAction', async (_program, command) => {
    const { value, diagnostics } = await applyConfig(command, host);
    if (value !== null) return;
    await finish(onlyDiagnostics(diagnostics), command.opts());
    // Only an error keeps commander from going on to the action.
    throw new CommanderError(exitCodes.input, stopped, '');
  });
  for (const entry of commands) {
    const command = program
      .command(entry.name)
      .summary(entry.summary)
      .description(`${capital(entry.summary)}.`)
      .showHelpAfterError(`(${name} ${entry.name} --help lists what there is)`);
    const isMentioned = [entry.name, completionCommand].some((word) => words.includes(word));
    if (isMentioned) (await entry.load())(command, host, finish);
  }
  return program;
}

function emptyProgram(name: string): Command {
  return new Command(name)
    .description('Compiles Kubernetes NetworkPolicies into exact packet-filter rules.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .configureHelp({ optionDescription: describeOption })
    .usage('COMMAND [POLICIES...] [-s SNAPSHOT] [options]')
    .showHelpAfterError(`(${name} --help lists what there is)`)
    .addHelpText('after', examples)
    .exitOverride();
}

/** `shape of messages: text, json or sarif (default text)`. */
function describeOption({ description, argChoices = [], defaultValue }: Option): string {
  const choices = argChoices.length === 0 ? '' : `: ${joinOr(argChoices)}`;
  return `${description}${choices}${typeof defaultValue === 'string' ? ` (default ${defaultValue})` : ''}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
