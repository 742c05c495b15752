// The command line of netpolc, in this process, with what it prints kept.
import { runCli } from '../cli/run-cli.ts';
import type { ExitCode } from '../cli/exit-code.ts';
import type { Host } from '../host/host.ts';

export interface NetpolcRun {
  readonly exitCode: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs netpolc with the words after its name. */
export type RunNetpolc = (words: readonly string[]) => Promise<NetpolcRun>;

export function createNetpolc(host: Host): RunNetpolc {
  return async (words) => {
    const printed: { out: string; err: string } = { out: '', err: '' };
    const exitCode = await runCli(words, {
      ...host,
      errIsTerminal: false,
      writeOut: async (text) => void (printed.out += text),
      writeErr: async (text) => void (printed.err += text),
    });
    return { exitCode, ...printed };
  };
}
