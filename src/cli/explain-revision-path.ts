// Why `git:REVISION:PATH` names nothing, as diagnostics.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Found, Stopped } from '../git/find-entry.ts';
import { isFromWorkingFolder, stepsFromRoot, type RevisionPath } from '../git/revision-path.ts';

/** The diagnostic for a word that begins with `git:` and goes on otherwise. */
export function explainMalformed(text: string): Diagnostic {
  const hint = 'write git:main:policies/, or git:main: for the whole tree; a file of that name is ./git:…';
  return diagnose('NP7005', { problem: `\`${text}\` lacks a revision or a path: git:REVISION:PATH` }, null, { hint });
}

/**
 * The diagnostic for a path that is missing because it begins at the wrong folder; null when it is there, or its beginning
 * is not to blame. `prefix` is the working folder, null outside of a working tree.
 */
export function explainMisplaced(
  { revision, path }: RevisionPath,
  prefix: string | null,
  lookUp: (name: string) => Found,
): Diagnostic | null {
  const nameOf = (each: string): string => `git:${revision}:${each}`;
  const misplaced = (hint: string): Diagnostic => diagnose('NP1002', { file: nameOf(path) }, null, { hint });
  const isRelative = isFromWorkingFolder(path);
  if (isRelative && prefix === null) {
    return misplaced('the command does not run in a working tree: write the path from the root, without `./`');
  }
  if (stepsFromRoot(path, prefix ?? '') === null) return misplaced('it leads out of the repository');
  if (path === '' || lookUp(nameOf(path)).kind !== 'missing') return null;
  const fromRoot = path.replace(/^(?:\/|\.\.?\/)+/, '');
  const others = fromRoot === path ? (prefix === null ? [] : [`./${path}`]) : [fromRoot];
  const other = others.map(nameOf).find((each) => lookUp(each).kind !== 'missing');
  return other === undefined ? null : misplaced(`did you mean \`${other}\`? ${beginningOf(isRelative)}`);
}

function beginningOf(isRelative: boolean): string {
  return isRelative ? 'paths with `./` begin at the working folder' : 'paths without `./` begin at the root';
}

/** The diagnostic for a path that leads to something that is no file or folder of the revision. */
export function explainStop(name: string, { why, at }: Stopped): Diagnostic {
  switch (why) {
    case 'nowhere':
      return diagnose('NP1002', { file: name }, null, { hint: `it is a link that leads nowhere, to \`${at}\`` });
    case 'outside':
      return diagnose('NP1002', { file: name }, null, {
        hint: `it is a link that leads out of the repository, to \`${at}\``,
      });
    case 'circle':
      return diagnose('NP1003', { file: name, reason: 'its links lead in a circle' }, null);
    case 'unread':
      return diagnose('NP1003', { file: name, reason: 'the clone lacks a link, or it is longer than any path' }, null);
    case 'submodule':
      return diagnose('NP1022', { file: name, submodule: at }, null);
    case 'twice':
      return diagnose('NP1003', { file: name, reason: 'the tree has two things of one name' }, null);
  }
}
