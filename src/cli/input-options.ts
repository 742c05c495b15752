// The options that every command with an input shares.
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { CompileOptions } from '../compile.ts';
import type { ReadOptions } from '../input/world.ts';
import type { ConfiguredFlags } from './apply-config.ts';
import type { ConfigFlags } from './find-config.ts';
import type { ReportFlags } from './report.ts';

/** The part of reading that is the user's choice. */
type ReadFlags = Omit<ReadOptions, 'planned' | 'keepDocuments' | 'tolerated'>;

/** What a command needs to know to read and judge a world, whatever it is made of. */
export interface WorldFlags extends ReportFlags, ReadFlags, ConfigFlags, ConfiguredFlags {
  readonly snapshot: readonly string[];
  readonly allowEgressToOwnNode: boolean;
  readonly icmpEcho: 'never' | 'always';
}

export interface InputFlags extends WorldFlags {
  readonly filename: readonly string[];
}

/** Adds POLICIES and the options of `InputFlags`, behind a command's own options. */
export function addInputOptions(command: Command): Command {
  return addWorldOptions(
    command
      .argument(
        '[POLICIES...]',
        'files and folders with policies and cluster objects; git:REVISION:PATH is one in a git revision, - is standard input',
      )
      .optionsGroup('Input:')
      .option('-f, --filename <path>', 'the same as POLICIES; may be repeated', collect, []),
  );
}

/** Adds the options of `WorldFlags`. */
export function addWorldOptions(command: Command): Command {
  return command
    .optionsGroup('Input:')
    .option(
      '-s, --snapshot <path>',
      'cluster state: kubectl get ns,nodes,pods,svc,netpol -A -o json; may be repeated',
      collect,
      [],
    )
    .option('--namespace <name>', 'for objects without metadata.namespace', 'default')
    .addOption(choice('--decode <mode>', 'what unknown fields are, errors or warnings', ['strict', 'warn']))
    .option('--allow-incomplete', 'go on with an incomplete snapshot: what is not known is not allowed', false)
    .option('--no-allow-incomplete', 'refuse one, whatever netpolc.yaml says')
    .addOption(
      choice('--named-ports-init <which>', 'init containers whose ports have names that count', ['sidecars', 'all']),
    )
    .optionsGroup('Meaning:')
    .option('--allow-egress-to-own-node', 'isolated pods may reach the node they run on', false)
    .option('--no-allow-egress-to-own-node', 'they may not, whatever netpolc.yaml says')
    .addOption(choice('--icmp-echo <when>', 'ping between any two endpoints', ['never', 'always']))
    .optionsGroup('Messages:')
    .addOption(choice('--color <when>', 'whether messages have colour', ['auto', 'always', 'never']))
    .addOption(choice('--diagnostics <format>', 'shape of messages', ['text', 'json', 'sarif']))
    .optionsGroup('Other:')
    .option('--config <file>', 'defaults for options; else netpolc.yaml in this folder or the nearest above')
    .option('--no-config', 'leave netpolc.yaml alone')
    .helpOption('-h, --help', 'print help');
}

/** How the world of these options is compiled. */
export function compileOptions(flags: WorldFlags): CompileOptions {
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

/** An option whose values are known, and are checked by whoever reads it, who can say more about a wrong one. */
export function suggestion(flags: string, description: string, values: readonly string[]): Option {
  return new Option(flags, description).choices(values).argParser((text) => text);
}

/** Gathers the values of a repeated option. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
