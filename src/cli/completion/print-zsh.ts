// The completion script for zsh.
import type { CommandWords, OptionWords, ProgramWords, Value } from './program-words.ts';

/** Prints the script: a file for a folder of `fpath`, and fit for `source` as well. */
export function printZsh(program: ProgramWords): string {
  const [name] = program.names;
  return `#compdef ${program.names.join(' ')}
# Completion of ${program.names.join(' and ')} for zsh. Made from the program's own definitions.

_${name}() {
  local curcontext=$curcontext state line
  local -a commands
  local -A opt_args
  commands=(
${program.commands.map(({ name, summary }) => `    ${quote(`${escapeColons(name)}:${summary}`)}\n`).join('')}  )
  _arguments -C ${argumentsOf(program.options).join(' ')} '1: :->command' '*:: :->arguments'
  case $state in
    command) _describe -t commands command commands ;;
    arguments)
      curcontext=$\{curcontext%:*:*}:${name}-$words[1]:
      case $words[1] in
${program.commands.map(commandCase).join('')}      esac
      ;;
  esac
}

if [[ $funcstack[1] == _${name} ]]; then
  _${name} "$@"
else
  compdef _${name} ${program.names.map(quote).join(' ')}
fi
`;
}

function commandCase({ name, options, arguments: values }: CommandWords): string {
  const specs = [...argumentsOf(options), ...positional(values)].map((spec) => ` \\\n            ${spec}`);
  return `        ${quote(name)})\n          _arguments -s -S${specs.join('')}\n          ;;\n`;
}

/** Specifications for `_arguments`: `(-o --output)-o[a file]:path:_files`. */
function argumentsOf(options: readonly OptionWords[]): readonly string[] {
  return options.flatMap(({ flags, description, value, repeatable }) => {
    const prefix = repeatable ? '*' : flags.length > 1 ? `(${flags.join(' ')})` : '';
    // `--output=FILE` and `--output FILE`; of a short option the value may touch it.
    const suffix = (flag: string): string => (value === null ? '' : flag.startsWith('--') ? '=' : '+');
    const action = value === null ? '' : `:${escapeColons(value.name)}:${actionOf(value)}`;
    return flags.map((flag) => quote(`${prefix}${flag}${suffix(flag)}[${escapeBrackets(description)}]${action}`));
  });
}

function positional(values: readonly Value[]): readonly string[] {
  return values.map((value, index) => {
    const place = index === values.length - 1 && value.kind === 'path' ? '*' : String(index + 1);
    return quote(`${place}:${escapeColons(value.name)}:${actionOf(value)}`);
  });
}

/** Of a text that nobody knows, a blank action: zsh shows what it is and offers nothing. */
function actionOf(value: Value): string {
  if (value.kind === 'path') return '_files';
  return value.kind === 'text' ? ' ' : `(${value.words.map(escapeWord).join(' ')})`;
}

function escapeBrackets(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&');
}

function escapeColons(text: string): string {
  return text.replace(/[\\:]/g, '\\$&');
}

/** A word of a list is read like one of a command line, after colons were. */
function escapeWord(text: string): string {
  return text.replace(/[^\w.,/-]/g, '\\$&');
}

function quote(text: string): string {
  return /^[\w./=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
