// Writing files so that nobody ever sees half of one.
import { mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { StagedFile } from './host.ts';
import { isSystemError } from './system-error.ts';
import { noteFinished, noteUnfinished } from './unfinished.ts';

let counter = 0;

/** Writes a hidden neighbour of the file, to be renamed at `commit`. See `Host.stage`. */
export async function stageFile(path: string, content: string | Uint8Array): Promise<StagedFile> {
  const place = await realPlace(path);
  if (place.kind === 'other') return heldBack(path, content);
  if (place.kind === 'folder') throw isFolder(path);
  await makeFolder(dirname(place.path));
  const temporary = join(dirname(place.path), `.${basename(place.path)}.${process.pid}-${counter++}.tmp`);
  const discard = async (): Promise<void> => {
    await rm(temporary, { force: true });
    noteFinished(temporary);
  };
  noteUnfinished(temporary);
  try {
    await writeFile(temporary, content, { flag: 'wx', mode: place.mode });
  } catch (error) {
    await discard();
    throw error;
  }
  const commit = async (): Promise<void> => {
    await rename(temporary, place.path);
    noteFinished(temporary);
  };
  return { commit, discard };
}

/**
 * Not inside `stageFile`: closures of one scope keep alive what any of them mentions, so those of files on disk would hold
 * their content as well.
 */
function heldBack(path: string, content: string | Uint8Array): StagedFile {
  return { commit: () => writeFile(path, content), discard: () => Promise.resolve() };
}

/** Not Node's own `recursive`: that never ends where the system refuses new folders with ENOENT, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    if ((await stat(path)).isDirectory()) return;
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'ENOENT') throw error;
    if (dirname(path) !== path) await makeFolder(dirname(path));
  }
  try {
    await mkdir(path);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!isSystemError(error) || error.code !== 'EEXIST' || !(await stat(path)).isDirectory()) throw error;
  }
}

interface Place {
  readonly kind: 'file' | 'folder' | 'other';
  /** Links followed, so that a link stays a link. */
  readonly path: string;
  readonly mode: number;
}

async function realPlace(path: string): Promise<Place> {
  try {
    const real = await realpath(path);
    const facts = await stat(real);
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
