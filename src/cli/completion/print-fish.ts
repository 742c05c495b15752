// The completion script for fish, 3.0 and later.
import type { CommandWords, OptionWords, ProgramWords, Value } from './program-words.ts';

/** Prints the script. */
export function printFish(program: ProgramWords): string {
  const lines = [
    ...program.options.map((option) => [...nothingBefore, ...optionWords(option)]),
    ...program.commands.map(({ name, summary }) => [
      ...nothingBefore,
      '-a',
      quote(evaluated(name)),
      '-d',
      quote(summary),
    ]),
    ...program.commands.flatMap(commandLines),
  ];
  const [name] = program.names;
  const complete = (words: readonly string[]): string => `complete -c ${quote(name)} ${words.join(' ')}\n`;
  return `# Completion of ${program.names.join(' and ')} for fish. Made from the program's own definitions.

# Whether the command is this one; without a name, whether there is none yet.
function ${condition}
    set -l words (commandline -opc)
    set -e words[1]
    test "$words[1]" = "$argv[1]"
end

complete -c ${quote(name)} -f
${lines.map(complete).join('')}${program.names
    .slice(1)
    .map((other) => `complete -c ${quote(other)} -w ${quote(name)}\n`)
    .join('')}`;
}

const condition = '__netpolc_command_is';
const nothingBefore = ['-n', quote(condition)];

function commandLines({ name, options, arguments: [value] }: CommandWords): readonly (readonly string[])[] {
  const here = ['-n', quote(`${condition} ${evaluated(name)}`)];
  const rest = value === undefined || value.kind === 'text' ? [] : [[...here, ...offered(value)]];
  return [...rest, ...options.map((option) => [...here, ...optionWords(option)])];
}

function optionWords({ flags, description, value }: OptionWords): readonly string[] {
  const names = flags.flatMap((flag) =>
    flag.startsWith('--') ? ['-l', quote(flag.slice(2))] : ['-s', quote(flag.slice(1))],
  );
  const requires = value === null ? [] : ['-r', ...offered(value)];
  return [...names, ...requires, '-d', quote(description)];
}

/** Files are off for the program as a whole, so that they are asked for where they fit. */
function offered(value: Value): readonly string[] {
  if (value.kind === 'path') return ['-F'];
  return value.kind === 'text' ? ['-f'] : ['-f', '-a', quote(value.words.map(evaluated).join(' '))];
}

/** Lists and conditions are read as code a second time. */
function evaluated(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : quote(text);
}

function quote(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replace(/[\\']/g, '\\$&')}'`;
}
