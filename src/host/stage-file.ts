// Writing files so that nobody ever sees half of one.
import { mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { StagedFile } from './host.ts';
import { isSystemError } from './system-error.ts';
import { noteFinished, noteUnfinished } from './unfinished.ts';

let counter = 0;

/**
 * Writes a hidden neighbour of the file, to be renamed at `commit`. See `Host.stage`.
 *
 * Nobody else waits while a command writes its files, and each step takes microseconds: handed to another thread it would
 * take a millisecond to come back, which for the files of all nodes is a fifth of the time.
 */
export function stageFile(path: string, content: string | Uint8Array): StagedFile {
  const place = realPlace(path);
  if (place.kind === 'other') return heldBack(path, content);
  if (place.kind === 'folder') throw isFolder(path);
  makeFolder(dirname(place.path));
  const temporary = join(dirname(place.path), `.${basename(place.path)}.${process.pid}-${counter++}.tmp`);
  const discard = (): void => {
    rmSync(temporary, { force: true });
    noteFinished(temporary);
  };
  noteUnfinished(temporary);
  try {
    writeFileSync(temporary, content, { flag: 'wx', mode: place.mode });
  } catch (error) {
    discard();
    throw error;
  }
  const commit = (): void => {
    renameSync(temporary, place.path);
    noteFinished(temporary);
  };
  return { commit: () => promised(commit), discard: () => promised(discard) };
}

/** What it throws is the promise's. */
function promised(act: () => void): Promise<void> {
  return new Promise((done) => {
    act();
    done();
  });
}

/**
 * Not inside `stageFile`: closures of one scope keep alive what any of them mentions, so those of files on disk would hold
 * their content as well.
 */
function heldBack(path: string, content: string | Uint8Array): StagedFile {
  return { commit: () => writeFile(path, content), discard: () => Promise.resolve() };
}

/** Not Node's own `recursive`: that never ends where the system refuses new folders with ENOENT, as in /proc. */
function makeFolder(path: string): void {
  try {
    if (statSync(path).isDirectory()) return;
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'ENOENT') throw error;
    if (dirname(path) !== path) makeFolder(dirname(path));
  }
  try {
    mkdirSync(path);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!isSystemError(error) || error.code !== 'EEXIST' || !statSync(path).isDirectory()) throw error;
  }
}

interface Place {
  readonly kind: 'file' | 'folder' | 'other';
  /** Links followed, so that a link stays a link. */
  readonly path: string;
  readonly mode: number;
}

function realPlace(path: string): Place {
  try {
    const real = realpathSync.native(path);
    const facts = statSync(real);
    const kind = facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : 'other';
    return { kind, path: real, mode: facts.mode & 0o777 };
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return { kind: 'file', path, mode: 0o666 };
    throw error;
  }
}

function isFolder(path: string): Error {
  return Object.assign(new Error(`EISDIR: ${path}`), { code: 'EISDIR', syscall: 'open', path });
}
