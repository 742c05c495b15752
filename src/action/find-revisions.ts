// Which two commits are compared. Reads the repository, and fetches at most one commit that a shallow clone lacks.
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { explainFailure } from '../git/explain-failure.ts';
import { decodeName } from '../git/git-tree.ts';
import { runGit } from '../git/run-git.ts';
import type { Host } from '../host/host.ts';
import { fetchCommit } from './fetch-commit.ts';
import { commitOf, type Trigger } from './trigger.ts';

export interface Revisions {
  /** Full names of commits. */
  readonly base: string;
  readonly head: string;
  /** Whether the head is read from the work tree; else from the repository, and nothing of it is on the disk. */
  readonly isCheckedOut: boolean;
  /** The working folder, with a `/` at its end unless it is empty. */
  readonly prefix: string;
}

export interface Wanted {
  /** A revision that the user has named. */
  readonly base: string | null;
  readonly trigger: Trigger;
  /** The tip of the branch that the pull request wants into, where there is one. */
  readonly baseSha: string | null;
}

/** Finds them. Errors say what a workflow must do. */
export async function findRevisions(wanted: Wanted, host: Host): Promise<Outcome<Revisions>> {
  const place = await runGit(host, ['rev-parse', '--show-prefix']);
  if (place.exitCode !== 0) return { value: null, diagnostics: [explainFailure('rev-parse', place)] };
  const prefix = decodeName(place.stdout).replace(/\n$/, '');
  const { trigger } = wanted;
  const isCheckedOut = trigger.kind !== 'workflow run';
  const head = isCheckedOut ? await commitNamed('HEAD', host) : trigger.headSha;
  if (head === null) return nothing('HEAD is no commit');
  const problem = await fetchCommit(head, host);
  if (problem !== null) return { value: null, diagnostics: [problem] };
  const { value: base, diagnostics } = await findBase(wanted, head, host);
  return { value: base === null ? null : { base, head, isCheckedOut, prefix }, diagnostics };
}

async function findBase({ base, trigger, baseSha }: Wanted, head: string, host: Host): Promise<Outcome<string>> {
  if (base !== null) return namedBase(base, host);
  if (trigger.kind === 'other') {
    return trigger.before === null ? nothing('the event names no earlier commit') : fetched(trigger.before, host);
  }
  if (trigger.kind === 'pull request') {
    const [onto, own, more] = await parentsOf(head, host);
    if (onto !== undefined && own === trigger.headSha && more === undefined) return fetched(onto, host);
  }
  return baseSha === null ? nothing('the pull request names no base') : mergeBase(baseSha, head, host);
}

async function namedBase(name: string, host: Host): Promise<Outcome<string>> {
  const commit = (await commitNamed(name, host)) ?? (await commitNamed(`origin/${name}`, host)) ?? commitOf(name);
  return commit === null ? nothing(`\`${name}\` is no commit of this clone`) : fetched(commit, host);
}

/** The base's tip alone would show what happened on it meanwhile as undone by the pull request. */
async function mergeBase(baseSha: string, head: string, host: Host): Promise<Outcome<string>> {
  const isShallow = (await answerOf(['rev-parse', '--is-shallow-repository'], host)) === 'true';
  const problem = isShallow ? null : await fetchCommit(baseSha, host);
  if (problem !== null) return { value: null, diagnostics: [problem] };
  const common = commitOf(await answerOf(['merge-base', baseSha, head], host));
  if (common !== null) return { value: common, diagnostics: [] };
  return nothing(isShallow ? 'the clone is shallow' : 'the branch and its base have no commit in common');
}

/** The parents that a commit names, also where a shallow clone ends. */
async function parentsOf(commit: string, host: Host): Promise<readonly string[]> {
  const text = (await answerOf(['cat-file', 'commit', commit], host)) ?? '';
  const [header = ''] = text.split('\n\n');
  return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].flatMap(([, parent]) => parent ?? []);
}

async function fetched(commit: string, host: Host): Promise<Outcome<string>> {
  const problem = await fetchCommit(commit, host);
  return problem === null ? { value: commit, diagnostics: [] } : { value: null, diagnostics: [problem] };
}

/** The name never stands among git's options. */
async function commitNamed(name: string, host: Host): Promise<string | null> {
  if (name.includes('\n')) return null;
  const run = await runGit(host, ['cat-file', '--batch-check=%(objectname)'], `${name}^{commit}\n`);
  return commitOf(Buffer.from(run.stdout).toString().trim());
}

async function answerOf(args: readonly string[], host: Host): Promise<string | null> {
  const run = await runGit(host, args);
  return run.exitCode === 0 ? Buffer.from(run.stdout).toString().trim() : null;
}

function nothing(reason: string): { readonly value: null; readonly diagnostics: readonly Diagnostic[] } {
  return { value: null, diagnostics: [diagnose('NP7030', { reason }, null)] };
}
