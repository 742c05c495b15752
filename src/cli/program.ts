// The command line: the list of commands, and the way from words to a command that runs.
import { Command, CommanderError, type Option } from 'commander';
import { joinOr } from '../diagnostics/join-or.ts';
import { escapeText } from '../diagnostics/safe-text.ts';
import type { Host } from '../host/host.ts';
import { version } from '../version.ts';
import { exitCodeOfResult, type CommandResult } from './command-result.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { report, type ReportFlags } from './report.ts';

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
    name: 'prove',
    summary: 'decide claims about every connection of a kind, exactly',
    load: async () => (await import('./prove.ts')).defineProve,
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
    name: 'explain',
    summary: 'explain a diagnostic code',
    load: async () => (await import('./explain.ts')).defineExplain,
  },
];

const examples = `
Examples:
  kubectl get ns,nodes,pods,svc,netpol -A -o json > cluster.json
  netpolc compile -s cluster.json --node worker-1 --target nftables
  netpolc trace policies/ -s cluster.json --from prod/api --to prod/db --port 5432
  netpolc test policies/ -s cluster.json --flows expected.jsonl

Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 invalid input, 4 the machine failed, 70 a bug in netpolc`;

/** Runs the command that the words name. `words` are the arguments after the program's name. */
export async function runProgram(words: readonly string[], host: Host): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.fine;
  const printed: { readonly write: (text: string) => Promise<void>; readonly text: string }[] = [];
  const finish: Finish = async (result, flags) => {
    await report(result, flags, host);
    exitCode = exitCodeOfResult(result);
  };
  const program = createProgram()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void printed.push({ write: host.writeOut, text }),
      writeErr: (text) => void printed.push({ write: host.writeErr, text: escapeLines(text) }),
    });
  for (const entry of commands) {
    const command = program
      .command(entry.name)
      .summary(entry.summary)
      .description(`${capital(entry.summary)}.`)
      .showHelpAfterError(`(netpolc ${entry.name} --help lists what there is)`);
    if (words.includes(entry.name)) (await entry.load())(command, host, finish);
  }
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    exitCode = error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
  }
  for (const { write, text } of printed) await write(text);
  return exitCode;
}

function createProgram(): Command {
  return new Command('netpolc')
    .description('Compiles Kubernetes NetworkPolicies into exact packet-filter rules.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .configureHelp({ optionDescription: describeOption })
    .usage('COMMAND [POLICIES...] [-s SNAPSHOT] [options]')
    .showHelpAfterError('(netpolc --help lists what there is)')
    .addHelpText('after', examples);
}

/** `shape of messages: text, json or sarif (default text)`. */
function describeOption({ description, argChoices = [], defaultValue }: Option): string {
  const choices = argChoices.length === 0 ? '' : `: ${joinOr(argChoices)}`;
  return `${description}${choices}${typeof defaultValue === 'string' ? ` (default ${defaultValue})` : ''}`;
}

/** Words of the user come back in commander's messages. */
function escapeLines(text: string): string {
  return text.split('\n').map(escapeText).join('\n');
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
