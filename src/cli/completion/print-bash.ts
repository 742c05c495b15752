// The completion script for bash, 3.2 and later, with or without the package bash-completion.
import type { CommandWords, OptionWords, ProgramWords, Value } from './program-words.ts';

/** Prints the script. It defines `_netpolc`, named after the program, and says which programs it completes. */
export function printBash(program: ProgramWords): string {
  const name = functionName(program);
  return `# Completion of ${program.names.join(' and ')} for bash. Made from the program's own definitions.

# Offers those of the words that begin with what was typed.
${name}_words() {
  local word
  for word in "$\{@:2}"; do
    [[ $word == "$1"* ]] && COMPREPLY+=("$word")
  done
  # Bash before 4 has no compopt, and offers files as well where no word fits.
  compopt +o default 2> /dev/null
}

${name}() {
  local current=$\{COMP_WORDS[COMP_CWORD]} option=$\{COMP_WORDS[COMP_CWORD - 1]} command=
  COMPREPLY=()
  ((COMP_CWORD > 1)) && command=$\{COMP_WORDS[1]}
  # Bash makes three words of --option=value.
  if [[ $current == = ]]; then
    current=
  elif [[ $option == = ]]; then
    option=$\{COMP_WORDS[COMP_CWORD - 2]}
  fi
  case $command:$option in
${program.commands.flatMap(valueCases(name)).join('')}  esac
  case $command:$current in
    :-*) ${offer(name, flagsOf(program.options))} ;;
    :*) ${offer(
      name,
      program.commands.map((command) => command.name),
    )} ;;
${program.commands.map(commandCases(name)).join('')}  esac
  return 0
}

complete -o default -F ${name} ${program.names.map(quote).join(' ')}
`;
}

function functionName({ names: [name] }: ProgramWords): string {
  return `_${name}`;
}

/** What an option of a command takes. Paths are left to bash, which completes them when nothing else is offered. */
function valueCases(name: string): (command: CommandWords) => readonly string[] {
  return (command) =>
    command.options.flatMap(({ flags, value }) => {
      if (value === null) return [];
      const patterns = flags.map((flag) => quote(`${command.name}:${flag}`)).join(' | ');
      return [`    ${patterns}) ${offerValue(name, value)}; return 0 ;;\n`];
    });
}

function commandCases(name: string): (command: CommandWords) => string {
  return ({ name: command, options, arguments: [value] }) => {
    const prefix = quote(`${command}:`);
    const rest = value === undefined ? offer(name, []) : offerValue(name, value);
    return `    ${prefix}-*) ${offer(name, flagsOf(options))} ;;\n    ${prefix}*) ${rest} ;;\n`;
  };
}

function offerValue(name: string, value: Value): string {
  if (value.kind === 'path') return ':';
  return offer(name, value.kind === 'choices' ? value.words : []);
}

function offer(name: string, words: readonly string[]): string {
  return [`${name}_words "$current"`, ...words.map(quote)].join(' ');
}

function flagsOf(options: readonly OptionWords[]): readonly string[] {
  return options.flatMap(({ flags }) => flags);
}

/** One word for the shell, whatever is in it. */
function quote(text: string): string {
  return /^[\w./:=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
