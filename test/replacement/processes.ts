// Programs in process groups of their own, which can be killed as a whole.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program that was started. */
export interface Running {
  readonly pid: number;
  /** How it ended by itself or by a signal. Its children may still be there, see `groupEnded`. */
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export interface StartOptions {
  readonly folder: string;
  /** A file for its standard input. */
  readonly stdin: string | null;
  /** A file for what it says. */
  readonly output: string;
}

/** Starts a program as leader of a new process group. */
export function start(argv: readonly string[], { folder, stdin, output }: StartOptions): Running {
  const [program = '', ...args] = argv;
  const [input, said] = [openSync(stdin ?? '/dev/null', 'r'), openSync(output, 'w')];
  const child = spawn(program, args, { cwd: folder, env: environment(), detached: true, stdio: [input, said, said] });
  for (const file of [input, said]) closeSync(file);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
    child.once('error', reject);
  });
  return { pid: child.pid ?? -1, ended };
}

/** Kills at once, without a chance to clean up: the whole group, or its leader alone. */
export function kill(pid: number, whole: boolean): void {
  try {
    process.kill(whole ? -pid : pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until nobody of the group is left: what the kernel does for a dying process may go on for a while. */
export async function groupEnded(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(2);
}

function isAlive(group: number): boolean {
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      // PID (NAME) STATE PARENT GROUP …; the name may contain anything.
      const [state, , ofGroup] = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      return Number(ofGroup) === group && state !== 'Z' && state !== 'X';
    } catch {
      return false; // It ended meanwhile.
    }
  });
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: 'C', PATH: `${process.env['PATH'] ?? '/usr/bin:/bin'}:/usr/sbin:/sbin` };
}
