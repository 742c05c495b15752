// What a completion script knows: commands, options and their values, as plain data read from commander.
import type { Argument, Command, Option } from 'commander';

export interface ProgramWords {
  /** What the program is called: every name is completed. */
  readonly names: readonly [string, ...string[]];
  readonly options: readonly OptionWords[];
  readonly commands: readonly CommandWords[];
}

export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionWords[];
  /** What words that are no options stand for; the last one also for all that follow. */
  readonly arguments: readonly Value[];
}

export interface OptionWords {
  /** `-o` and `--output`, or one of them. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Null for an option that takes none. */
  readonly value: Value | null;
  /** Whether the option may be given again. */
  readonly repeatable: boolean;
}

export type Value =
  | { readonly kind: 'choices'; readonly name: string; readonly words: readonly string[] }
  | { readonly kind: 'path'; readonly name: string }
  /** Names of pods and the like, which no script knows. */
  | { readonly kind: 'text'; readonly name: string };

/** Reads the definitions of a program. Commands that are not defined yet have no options. */
export function describeProgram(program: Command, names: ProgramWords['names']): ProgramWords {
  const commands = program.createHelp().visibleCommands(program);
  const commandNames = commands.map((command) => command.name());
  return {
    names,
    options: optionsOf(program),
    commands: commands.map((command) => describeCommand(command, commandNames)),
  };
}

function describeCommand(command: Command, commandNames: readonly string[]): CommandWords {
  const isHelp = command.name() === 'help';
  return {
    name: command.name(),
    summary: command.summary() === '' ? command.description() : command.summary(),
    options: isHelp ? [] : optionsOf(command),
    arguments: isHelp
      ? [{ kind: 'choices', name: 'COMMAND', words: commandNames.filter((name) => name !== 'help') }]
      : command.registeredArguments.map(describeArgument),
  };
}

function optionsOf(command: Command): readonly OptionWords[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map((option) => ({
      flags: [option.short, option.long].filter((flag) => flag !== undefined),
      description: option.description,
      value: option.required || option.optional ? valueOf(placeholderOf(option), option.argChoices) : null,
      repeatable: Array.isArray(option.defaultValue),
    }));
}

/** `name` of `--node <name>`. */
function placeholderOf({ flags }: Option): string {
  return /[<[]([^>\].]+)/.exec(flags)?.[1] ?? '';
}

function describeArgument(argument: Argument): Value {
  // Arguments are paths, but for the code that `explain` takes.
  return valueOf(argument.name(), argument.argChoices, argument.name() === 'CODE' ? 'text' : 'path');
}

const pathPlaceholders: ReadonlySet<string> = new Set(['path', 'file', 'folder', 'dir']);

function valueOf(
  name: string,
  choices: readonly string[] | undefined,
  otherwise: 'text' | 'path' = pathPlaceholders.has(name) ? 'path' : 'text',
): Value {
  return choices === undefined ? { kind: otherwise, name } : { kind: 'choices', name, words: choices };
}
