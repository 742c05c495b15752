// `git:REVISION:PATH` on the command line → the files that it names, under the rules that hold on the disk.
import { getOrMake } from '../collections/get-or-make.ts';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { measureBlobs, openBlobs } from '../git/blobs.ts';
import { findEntry, type Found } from '../git/find-entry.ts';
import { openRevision, type Revision } from '../git/open-revision.ts';
import { parseRevisionPath, stepsFromRoot } from '../git/revision-path.ts';
import type { Host } from '../host/host.ts';
import { explainMalformed, explainMisplaced, explainStop } from './explain-revision-path.ts';
import type { FoundFile } from './find-files.ts';
import { filesAt, type FileTree, type Report } from './walk-files.ts';

/** Revisions that were opened already, by name: a branch that moves meanwhile stays what it was. */
export type OpenRevisions = Map<string, Promise<Outcome<Revision>>>;

/** The files of a revision that a path names, each called `git:` and what `git show` calls it. No content is read yet. */
export async function filesOfRevision(
  path: string,
  opened: OpenRevisions,
  host: Host,
  report: Report,
): Promise<readonly FoundFile[]> {
  const place = parseRevisionPath(path);
  if (place === null) return refused([explainMalformed(path)], report);
  const { revision: name } = place;
  const { value: revision, diagnostics } = await getOrMake(opened, name, () => openRevision(name, host));
  if (revision === null) return refused(diagnostics, report);
  const lookUp = (each: string): Found => lookUpIn(revision, each);
  const misplaced = explainMisplaced(place, revision.prefix, lookUp);
  if (misplaced !== null) return refused([misplaced], report);
  const names = await filesAt(path, treeOf(lookUp), report);
  return openAll(names, lookUp, host, report);
}

function refused(problems: readonly Diagnostic[], report: Report): readonly FoundFile[] {
  problems.forEach(report);
  return [];
}

/** What a whole name leads to: `git:REVISION:PATH`, of which REVISION is known. */
function lookUpIn({ root, linkTextByOid, prefix }: Revision, name: string): Found {
  const steps = stepsFromRoot(parseRevisionPath(name)?.path ?? '', prefix ?? '');
  if (steps === null) return { kind: 'missing' };
  const found = findEntry(root, steps, linkTextByOid);
  return found.kind === 'file' && name.endsWith('/') ? { kind: 'missing' } : found;
}

function treeOf(lookUp: (name: string) => Found): FileTree {
  return {
    kindOf: async (name) => {
      const found = lookUp(name);
      return found.kind === 'stopped' ? explainStop(name, found) : found.kind;
    },
    realPath: async (name) => {
      const found = lookUp(name);
      return found.kind === 'folder' ? found.realPath : name;
    },
    list: async (name) => {
      const found = lookUp(name);
      return found.kind === 'folder' ? [...found.folder.entryByName.keys()].sort() : [];
    },
  };
}

async function openAll(
  names: readonly string[],
  lookUp: (name: string) => Found,
  host: Host,
  report: Report,
): Promise<readonly FoundFile[]> {
  const files = names.flatMap((name) => {
    const found = lookUp(name);
    return found.kind === 'file' ? [{ name, oid: found.oid }] : [];
  });
  const { value: blobs, diagnostics } = await measureBlobs(
    host,
    files.map(({ oid }) => oid),
  );
  if (blobs === null) return refused(diagnostics, report);
  const readers = openBlobs(host, blobs);
  return files.flatMap(({ name }, index) => {
    const open = readers[index];
    return open === undefined ? [] : [{ name, open }];
  });
}
