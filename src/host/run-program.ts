// Runs one program. The only importer of execa, which is loaded when the first program runs.
import { constants } from 'node:os';
import type { HostCommand } from '../target.ts';
import type { RunResult } from './host.ts';

/** Behind the user's path: nft and its kin live in folders that ordinary users often lack. */
const systemFolders = ['/usr/sbin', '/sbin'];

/** Runs a program to its end. See `Host.run`. */
export async function runProgram({ argv, stdin }: HostCommand): Promise<RunResult> {
  const { execa } = await import('execa');
  const [program, ...args] = argv;
  const { PATH: userPath = '/usr/bin:/bin' } = process.env;
  const path = [userPath, ...systemFolders].join(':');
  const result = await execa(program, args, {
    reject: false,
    stripFinalNewline: false,
    env: { LC_ALL: 'C', PATH: path },
    ...(stdin === null ? { stdin: 'ignore' as const } : { input: stdin }),
  });
  const { exitCode, stdout, stderr } = result;
  if (exitCode !== undefined && !result.isMaxBuffer) return { exitCode, stdout, stderr };
  return { exitCode: exitCodeOf(result.code, result.signal), stdout, stderr: `${stderr}${failure(program, result)}\n` };
}

function exitCodeOf(code: string | undefined, signal: NodeJS.Signals | undefined): number {
  if (signal !== undefined) return 128 + constants.signals[signal];
  return code === 'ENOENT' ? 127 : 126;
}

interface Failed {
  readonly code?: string | undefined;
  readonly signal?: string | undefined;
  readonly isMaxBuffer: boolean;
  readonly shortMessage?: string | undefined;
}

function failure(program: string, { code, signal, isMaxBuffer, shortMessage }: Failed): string {
  if (isMaxBuffer) return `${program}: printed too much`;
  if (signal !== undefined) return `${program}: ended by ${signal}`;
  if (code === 'ENOENT') return `${program}: not installed`;
  if (code === 'EACCES') return `${program}: permission denied`;
  return `${program}: could not be run: ${code ?? shortMessage ?? 'unknown reason'}`;
}
