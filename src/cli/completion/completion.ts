// `netpolc completion`: a script for a shell, made from the definitions of all commands.
import { Argument, type Command } from 'commander';
import type { Host } from '../../host/host.ts';
import type { CommandResult } from '../command-result.ts';
import type { Finish } from '../program.ts';
import { describeProgram, type ProgramWords } from './program-words.ts';
import { printBash } from './print-bash.ts';
import { printFish } from './print-fish.ts';
import { printZsh } from './print-zsh.ts';

const printers = { bash: printBash, zsh: printZsh, fish: printFish } as const;

type Shell = keyof typeof printers;

const examples = `
Examples:
  source <(netpolc completion bash)                                       # in ~/.bashrc
  netpolc completion zsh > "\${fpath[1]}/_netpolc"                         # before compinit runs
  netpolc completion fish > ~/.config/fish/completions/netpolc.fish

The script is complete in itself: completing a word does not start netpolc.`;

/** Defines the command. Its program must have all commands defined when the command runs. */
export function defineCompletion(command: Command, _host: Host, finish: Finish): void {
  command
    .addArgument(new Argument('<SHELL>', 'the shell').choices(Object.keys(printers)))
    .helpOption('-h, --help', 'print help')
    .addHelpText('after', examples)
    .action((shell: Shell) => {
      const script = printers[shell](describe(command.parent ?? command));
      return finish(printed(script), { color: 'never', diagnostics: 'text' });
    });
}

function describe(program: Command): ProgramWords {
  return describeProgram(program, ['netpolc', 'kubectl-netpolc']);
}

function printed(script: string): CommandResult {
  return { diagnostics: [], output: [script], remarks: [], findings: false };
}
