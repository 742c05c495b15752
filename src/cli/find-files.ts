// Paths on the command line → input files: from the disk, from git revisions, or `-` for standard input. No file is
// read yet.
import { unpack } from '../host/gunzip.ts';
import type { Host } from '../host/host.ts';
import { isSystemError, reasonOf } from '../host/system-error.ts';
import { isRevisionPath } from '../git/revision-path.ts';
import type { InputFault, InputFile } from '../input/world.ts';
import type { OpenRevisions } from './revision-files.ts';
import { filesAt, type Report } from './walk-files.ts';

/** What diagnostics call standard input. */
const stdinName = '<stdin>';

/** A file of any origin. */
export interface FoundFile {
  readonly name: string;
  /** The bytes as they are stored. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** The files that paths name, in the order of the paths and sorted by code unit within folders; see `filesAt`. */
export async function findFiles(
  paths: readonly string[],
  role: InputFile['role'],
  host: Host,
  report: Report,
): Promise<readonly InputFile[]> {
  const found: InputFile[] = [];
  const opened: OpenRevisions = new Map();
  for (const path of paths) {
    for (const file of await filesOf(path, opened, host, report)) found.push(inputFile(file, role));
  }
  return found;
}

/** What git needs is loaded only for those who name a revision. */
async function filesOf(path: string, opened: OpenRevisions, host: Host, report: Report): Promise<readonly FoundFile[]> {
  if (path === '-') return [{ name: stdinName, open: host.stdin }];
  if (isRevisionPath(path)) return (await import('./revision-files.ts')).filesOfRevision(path, opened, host, report);
  const names = await filesAt(path, host, report);
  return names.map((name) => ({ name, open: () => host.read(name) }));
}

function inputFile({ name, open }: FoundFile, role: InputFile['role']): InputFile {
  async function* chunks(): AsyncIterable<Uint8Array> {
    try {
      yield* unpack(open());
    } catch (error) {
      throw isSystemError(error) ? inputFault(reasonOf(error)) : error;
    }
  }
  return { name, role, chunks };
}

function inputFault(reason: string): InputFault {
  return Object.assign(new Error(reason), { inputFault: 'NP1003' as const });
}
