// Runs an engine's commands the way a node would, or kills them on the way.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostCommand } from '../../src/target.ts';
import { groupEnded, kill, start, type Running } from './processes.ts';

/** Commands whose files stand where they belong, ready to run any number of times. */
export interface Staged {
  readonly commands: readonly {
    readonly argv: readonly string[];
    readonly folder: string;
    readonly stdin: string | null;
  }[];
}

/** Each command gets a folder of its own beside what the engine prepared. */
export async function stage(folder: string, name: string, commands: readonly HostCommand[]): Promise<Staged> {
  const staged = commands.map(async ({ argv, stdin, files = [] }, index) => {
    const own = join(folder, `${name}-${index}`);
    await mkdir(own, { recursive: true });
    for (const file of files) await writeFile(join(own, file.name), file.content);
    if (stdin !== null) await writeFile(`${own}.stdin`, stdin);
    return { argv, folder: own, stdin: stdin === null ? null : `${own}.stdin` };
  });
  return { commands: await Promise.all(staged) };
}

/** Runs all commands, which must succeed. */
export async function load(staged: Staged): Promise<void> {
  for (const command of staged.commands) {
    const { exitCode } = await begin(command).ended;
    if (exitCode === 0) continue;
    throw new Error(`${command.argv.join(' ')}: ${exitCode}\n${await readFile(outputOf(command), 'utf8')}`);
  }
}

/** When a load is ended: some time after it began, or instead of its nth command. */
export type Moment =
  | { readonly kind: 'after'; readonly ms: number; readonly whole: boolean }
  | { readonly kind: 'before'; readonly command: number };

/** Loads, and kills the loader on the way. Nobody of it is left afterwards. Says whether the kill came in time. */
export async function loadUntil(staged: Staged, moment: Moment): Promise<boolean> {
  if (moment.kind === 'before') {
    await load({ commands: staged.commands.slice(0, moment.command) });
    return true;
  }
  const state: { running: Running | null; killed: boolean } = { running: null, killed: false };
  const killed = sleep(Math.floor(moment.ms)).then(() => {
    // Timers have whole milliseconds.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, moment.ms % 1);
    state.killed = true;
    if (state.running !== null) kill(state.running.pid, moment.whole);
  });
  const isKilled = () => state.killed;
  let completed = 0;
  for (const command of staged.commands) {
    if (isKilled()) break;
    state.running = begin(command);
    const { exitCode } = await state.running.ended;
    await groupEnded(state.running.pid);
    if (exitCode === 0) completed++;
    else if (!isKilled()) throw new Error(`${command.argv.join(' ')}: ${await readFile(outputOf(command), 'utf8')}`);
  }
  state.running = null;
  await killed;
  return completed < staged.commands.length;
}

function begin(command: Staged['commands'][number]): Running {
  return start(command.argv, { ...command, output: outputOf(command) });
}

function outputOf({ folder }: Staged['commands'][number]): string {
  return `${folder}.output`;
}
