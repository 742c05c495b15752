// Runs one program. The only importer of execa, which is loaded when the first program runs.
import { constants } from 'node:os';
import type { HostCommand } from '../target.ts';
import type { ProgramEnd, RunResult } from './host.ts';

/** Behind the user's path: nft and its kin live in folders that ordinary users often lack. */
const systemFolders = ['/usr/sbin', '/sbin'];

/** Runs a program to its end. See `Host.run`. */
export async function runProgram(command: HostCommand): Promise<RunResult> {
  const { execa } = await import('execa');
  const [program, ...args] = command.argv;
  const result = await execa(program, args, optionsFor(command));
  return { ...endOf(program, result, result.stderr), stdout: result.stdout };
}

/** Runs a program and gives what it prints, as it comes. See `Host.stream`. */
export async function* streamProgram(
  command: HostCommand,
  environment: Readonly<Record<string, string>>,
): AsyncGenerator<Uint8Array, ProgramEnd> {
  const { execa } = await import('execa');
  const [program, ...args] = command.argv;
  const { env, ...options } = optionsFor(command);
  const running = execa(program, args, { ...options, env: { ...env, ...environment }, buffer: { stdout: false } });
  try {
    for await (const chunk of running.stdout) yield chunk as Uint8Array;
    const result = await running;
    return endOf(program, result, result.stderr);
  } finally {
    running.kill();
  }
}

function optionsFor({ stdin }: HostCommand) {
  const { PATH: userPath = '/usr/bin:/bin' } = process.env;
  const path = [userPath, ...systemFolders].join(':');
  return {
    reject: false as const,
    stripFinalNewline: false as const,
    env: { LC_ALL: 'C', PATH: path },
    ...(stdin === null ? { stdin: 'ignore' as const } : { input: stdin }),
  };
}

interface Ended {
  readonly exitCode?: number | undefined;
  readonly code?: string | undefined;
  readonly signal?: NodeJS.Signals | undefined;
  readonly isMaxBuffer: boolean;
  readonly shortMessage?: string | undefined;
}

function endOf(program: string, ended: Ended, stderr: string): ProgramEnd {
  const { exitCode, code, signal } = ended;
  if (exitCode !== undefined && !ended.isMaxBuffer) return { exitCode, stderr };
  return { exitCode: exitCodeOf(code, signal), stderr: `${stderr}${failure(program, ended)}\n` };
}

function exitCodeOf(code: string | undefined, signal: NodeJS.Signals | undefined): number {
  if (signal !== undefined) return 128 + constants.signals[signal];
  return code === 'ENOENT' ? 127 : 126;
}

function failure(program: string, { code, signal, isMaxBuffer, shortMessage }: Ended): string {
  if (isMaxBuffer) return `${program}: printed too much`;
  if (signal !== undefined) return `${program}: ended by ${signal}`;
  if (code === 'ENOENT') return `${program}: not installed`;
  if (code === 'EACCES') return `${program}: permission denied`;
  return `${program}: could not be run: ${code ?? shortMessage ?? 'unknown reason'}`;
}
