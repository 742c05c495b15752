// From words to a command that runs, and its exit code.
import { CommanderError } from 'commander';
import { escapeText } from '../diagnostics/safe-text.ts';
import type { Host } from '../host/host.ts';
import { exitCodeOfResult } from './command-result.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { createProgram, stopped, type Finish } from './program.ts';
import { report } from './report.ts';

/** Runs the command that the words name. `words` are the arguments after the program's name, which is `name`. */
export async function runProgram(words: readonly string[], host: Host, name: string): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.fine;
  const printed: { readonly write: (text: string) => Promise<void>; readonly text: string }[] = [];
  const finish: Finish = async (result, flags) => {
    await report(result, flags, host);
    exitCode = exitCodeOfResult(result);
  };
  const output = {
    writeOut: (text: string) => void printed.push({ write: host.writeOut, text }),
    writeErr: (text: string) => void printed.push({ write: host.writeErr, text: escapeLines(text) }),
  };
  const program = await createProgram(words, { name, host, finish, output });
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code !== stopped) exitCode = error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
  }
  for (const { write, text } of printed) await write(text);
  return exitCode;
}

/** Words of the user come back in commander's messages. */
function escapeLines(text: string): string {
  return text.split('\n').map(escapeText).join('\n');
}
