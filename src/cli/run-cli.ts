// The command line as a function, for main.ts and for tests.
import type { Host } from '../host/host.ts';
import { isSystemError, reasonOf } from '../host/system-error.ts';
import { version } from '../version.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';

/**
 * Runs netpolc with the words after its name. Resolves with the exit code when everything is printed; never rejects
 * unless even the report of a bug cannot be printed. `name` is what it calls itself in help.
 */
export async function runCli(words: readonly string[], host: Host, name = 'netpolc'): Promise<ExitCode> {
  try {
    if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
      await host.writeOut(`${version}\n`);
      return exitCodes.fine;
    }
    const { runProgram } = await import('./run-program.ts');
    return await runProgram(words, host, name);
  } catch (error) {
    return reportThrown(error, host);
  }
}

/** Prints what should not have been thrown. The stack is for whoever mends it: `NETPOLC_DEBUG=1`. */
export async function reportThrown(error: unknown, host: Host): Promise<ExitCode> {
  const { diagnose } = await import('../diagnostics/diagnostic.ts');
  const { printText } = await import('../diagnostics/text.ts');
  if (isSystemError(error)) {
    const file = 'path' in error ? String(error.path) : '<stdout>';
    const failed = diagnose('NP7004', { file, reason: reasonOf(error) }, null);
    await host.writeErr(printText([failed], { color: false }));
    return exitCodes.machine;
  }
  const detail = error instanceof Error ? error.message : String(error);
  const bug = diagnose('NP9001', { detail }, null);
  await host.writeErr(printText([bug], { color: false }));
  const debug = (host.env('NETPOLC_DEBUG') ?? '') !== '';
  if (debug && error instanceof Error) await host.writeErr(`${error.stack ?? ''}\n`);
  else await host.writeErr('  hint: NETPOLC_DEBUG=1 shows where\n');
  return exitCodes.bug;
}
