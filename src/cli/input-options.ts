// The options that every command with an input shares.
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { CompileOptions } from '../compile.ts';
import type { ReadOptions } from '../input/world.ts';
import type { ReportFlags } from './report.ts';

/** The part of reading that is the user's choice. */
type ReadFlags = Omit<ReadOptions, 'keepDocuments' | 'tolerated'>;

export interface InputFlags extends ReportFlags, ReadFlags {
  readonly filename: readonly string[];
  readonly snapshot: readonly string[];
  readonly allowEgressToOwnNode: boolean;
  readonly icmpEcho: 'never' | 'always';
}

/** Adds POLICIES and the options of `InputFlags`, behind a command's own options. */
export function addInputOptions(command: Command): Command {
  return command
    .argument('[POLICIES...]', 'files and folders with policies and cluster objects; - is standard input')
    .optionsGroup('Input:')
    .option('-f, --filename <path>', 'the same as POLICIES; may be repeated', collect, [])
    .option(
      '-s, --snapshot <path>',
      'cluster state: kubectl get ns,nodes,pods,svc,netpol -A -o json; may be repeated',
      collect,
      [],
    )
    .option('--namespace <name>', 'for objects without metadata.namespace', 'default')
    .addOption(choice('--decode <mode>', 'what unknown fields are, errors or warnings', ['strict', 'warn']))
    .option('--allow-incomplete', 'go on with an incomplete snapshot: what is not known is not allowed', false)
    .addOption(
      choice('--named-ports-init <which>', 'init containers whose ports have names that count', ['sidecars', 'all']),
    )
    .optionsGroup('Meaning:')
    .option('--allow-egress-to-own-node', 'isolated pods may reach the node they run on', false)
    .addOption(choice('--icmp-echo <when>', 'ping between any two endpoints', ['never', 'always']))
    .optionsGroup('Messages:')
    .addOption(choice('--color <when>', 'whether messages have colour', ['auto', 'always', 'never']))
    .addOption(choice('--diagnostics <format>', 'shape of messages', ['text', 'json', 'sarif']))
    .optionsGroup('Other:')
    .helpOption('-h, --help', 'print help');
}

/** How the world of these options is compiled. */
export function compileOptions(flags: InputFlags): CompileOptions {
  const { allowIncomplete, allowEgressToOwnNode, icmpEcho } = flags;
  return { allowIncomplete, semantics: { allowEgressToOwnNode, icmpEcho: icmpEcho === 'always' } };
}

/** An option with a fixed set of values, written in any case; the first is the default. */
export function choice(flags: string, description: string, values: readonly [string, ...string[]]): Option {
  return optionalChoice(flags, description, values).default(values[0]);
}

/** An option with a fixed set of values, written in any case, and without a default. */
export function optionalChoice(flags: string, description: string, values: readonly string[]): Option {
  return new Option(flags, description).choices(values).argParser((text) => {
    const value = values.find((each) => each.toLowerCase() === text.toLowerCase());
    if (value === undefined) throw new InvalidArgumentError(`Allowed choices are ${values.join(', ')}.`);
    return value;
  });
}

/** Gathers the values of a repeated option. */
function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
