// The machine that netpolc runs on.
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileKind, Host } from './host.ts';
import { isSystemError } from './system-error.ts';
import { noteFinished, noteUnfinished } from './unfinished.ts';

/** Bytes asked of a file at once: large snapshots are read in few steps. */
const chunkSize = 1024 * 1024;

/** The real machine. What few commands need is loaded when they need it. */
export function createRealHost(): Host {
  return {
    run: async (command) => (await import('./run-program.ts')).runProgram(command),
    stream: streamProgram,
    kindOf,
    realPath: (path) => realpath(path),
    list: async (path) => (await readdir(path)).sort(),
    read: (path) => createReadStream(path, { highWaterMark: chunkSize }),
    stage: async (path, content) => (await import('./stage-file.ts')).stageFile(path, content),
    makeTemporaryFolder,
    remove,
    stdin: () => process.stdin,
    writeOut: createWriter(process.stdout),
    writeErr: createWriter(process.stderr),
    errIsTerminal: process.stderr.isTTY,
    env: (name) => process.env[name] ?? null,
    uid: process.getuid?.() ?? null,
  };
}

async function* streamProgram(...[command, environment]: Parameters<Host['stream']>): ReturnType<Host['stream']> {
  const program = await import('./run-program.ts');
  return yield* program.streamProgram(command, environment);
}

async function makeTemporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'netpolc-'));
  noteUnfinished(folder);
  return folder;
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  noteFinished(path);
}

async function kindOf(path: string): Promise<FileKind> {
  try {
    const facts = await stat(path);
    return facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return 'missing';
    throw error;
  }
}

/** A reader that has left is no failure of ours: the work goes on, its exit code still counts. */
function createWriter(stream: NodeJS.WriteStream): (text: string) => Promise<void> {
  let closed = false;
  stream.on('error', () => (closed = true));
  return (text) =>
    new Promise((resolve, reject) => {
      if (closed || text === '') return resolve();
      stream.write(text, (error) => {
        if (!error || (isSystemError(error) && error.code === 'EPIPE')) resolve();
        else reject(error);
      });
    });
}
