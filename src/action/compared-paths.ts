// The policies of both sides, as netpolc is told them. A path that one side does not have is no mistake: all policies of a
// folder may be new, or go.
import { findFiles } from '../cli/find-files.ts';
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { findEntry } from '../git/find-entry.ts';
import { openRevision } from '../git/open-revision.ts';
import { stepsFromRoot } from '../git/revision-path.ts';
import type { Host } from '../host/host.ts';
import type { Revisions } from './find-revisions.ts';

export interface ComparedPaths {
  /** Empty when the side truly has no policies. */
  readonly base: readonly string[];
  readonly head: readonly string[];
}

/** A path that neither side has is a mistake. What else may be wrong with one is left to netpolc, which says it better. */
export async function findPaths(
  paths: readonly string[],
  { base, head, isCheckedOut }: Pick<Revisions, 'base' | 'head' | 'isCheckedOut'>,
  host: Host,
): Promise<Outcome<ComparedPaths>> {
  const sides: { readonly base: string[]; readonly head: string[] } = { base: [], head: [] };
  const diagnostics: Diagnostic[] = [];
  for (const path of paths) {
    const before = await presentIn(base, path, host);
    const after = isCheckedOut ? await presentOnDisk(path, host) : await presentIn(head, path, host);
    if (before === null && after === null) {
      diagnostics.push(
        diagnose('NP1002', { file: path }, null, { hint: 'neither the base nor the head has manifests there' }),
      );
    }
    if (before !== null) sides.base.push(before);
    if (after !== null) sides.head.push(after);
  }
  return { value: diagnostics.length === 0 ? sides : null, diagnostics };
}

/** `git:REVISION:./PATH`, from the working folder; null when the revision has no manifests there. */
async function presentIn(revision: string, path: string, host: Host): Promise<string | null> {
  const name = `git:${revision}:./${path}`;
  const problem = await onlyProblemOf(name, host);
  if (problem?.code === 'NP1004') return null;
  return problem?.code === 'NP1002' && (await isMissingIn(revision, path, host)) ? null : name;
}

/** A link that leads nowhere is there, and a mistake. */
async function isMissingIn(revision: string, path: string, host: Host): Promise<boolean> {
  const { value } = await openRevision(revision, host);
  const steps = stepsFromRoot(`./${path}`, value?.prefix ?? '');
  return value !== null && steps !== null && findEntry(value.root, steps, value.linkTextByOid).kind === 'missing';
}

async function presentOnDisk(path: string, host: Host): Promise<string | null> {
  const problem = await onlyProblemOf(path, host);
  if (problem?.code === 'NP1004') return null;
  return problem?.code === 'NP1002' && (await isMissingOnDisk(path, host)) ? null : path;
}

async function isMissingOnDisk(path: string, host: Host): Promise<boolean> {
  const [, folder = '', name = ''] = /^(.*\/)?([^/]+)\/*$/s.exec(path) ?? [];
  if ((await host.kindOf(path)) !== 'missing') return false;
  const parent = folder === '' ? '.' : folder;
  return (await host.kindOf(parent)) !== 'folder' || !(await host.list(parent)).includes(name);
}

async function onlyProblemOf(path: string, host: Host): Promise<Diagnostic | null> {
  const problems: Diagnostic[] = [];
  await findFiles([path], 'policies', host, (problem) => void problems.push(problem));
  const [problem = null, ...more] = problems;
  return more.length === 0 ? problem : null;
}
