// Files on their way to disk: all written beside their places first, then all put there.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Host, StagedFile } from '../host/host.ts';
import { isSystemError, reasonOf } from '../host/system-error.ts';
import type { Place } from './place.ts';

export interface NamedFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

export interface Staging {
  /** Writes the files of one scope; `scopeName` names its folder where every scope has one. Gives what went wrong. */
  readonly add: (files: readonly NamedFile[], scopeName: string) => Promise<readonly Diagnostic[]>;
  /** Puts every file in its place; where one cannot be put, the rest is discarded. */
  readonly commit: () => Promise<readonly Diagnostic[]>;
  readonly discard: () => Promise<void>;
  readonly paths: readonly string[];
}

/** Prepares to write at a place that is not standard output. */
export function createStaging(place: Exclude<Place, { kind: 'stdout' }>, host: Host): Staging {
  const staged: StagedFile[] = [];
  const paths: string[] = [];
  const discardFrom = async (start: number): Promise<void> => {
    for (const file of staged.slice(start)) await attempt('', file.discard);
  };
  return {
    paths,
    add: async (files, scopeName) => {
      if (place.kind === 'file' && !place.missing && files.length > 1) return [severalFiles(place.path)];
      for (const file of files) {
        const path = pathOf(file.name, files.length, place, scopeName);
        const problem = await attempt(path, async () => void staged.push(await host.stage(path, file.content)));
        if (problem !== null) return [problem];
        paths.push(path);
      }
      return [];
    },
    commit: async () => {
      for (const [index, file] of staged.entries()) {
        const problem = await attempt(paths[index] ?? '', file.commit);
        if (problem === null) continue;
        await discardFrom(index);
        return [problem];
      }
      return [];
    },
    discard: () => discardFrom(0),
  };
}

function pathOf(name: string, count: number, place: Exclude<Place, { kind: 'stdout' }>, scopeName: string): string {
  if (place.kind === 'file') return count === 1 ? place.path : `${place.path}/${name}`;
  const folder = place.path === '/' ? '' : place.path;
  return place.oneEach ? `${folder}/${scopeName}/${name}` : `${folder}/${name}`;
}

function severalFiles(path: string): Diagnostic {
  const problem = `the target makes several files, and \`${path}\` is one file`;
  return diagnose('NP7005', { problem }, null, { hint: 'name a folder with -o' });
}

/** What the system refuses, as a diagnostic; null when it did what was asked. */
export async function attempt(file: string, act: () => Promise<void>): Promise<Diagnostic | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return diagnose('NP7004', { file, reason: reasonOf(error) }, null);
  }
}
