// Brings one commit into the clone.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { notesOf } from '../git/explain-failure.ts';
import { runGit } from '../git/run-git.ts';
import type { Host } from '../host/host.ts';

/**
 * Null when the commit is there or could be fetched. It is asked for by its full name, so nobody can pass off another one.
 * Unlike everything in src/git this fetches, as actions/checkout has done from the same remote before: what a pull request
 * holds is not the repository's configuration. A whole clone stays whole.
 */
export async function fetchCommit(commit: string, host: Host): Promise<Diagnostic | null> {
  if (await isThere(commit, host)) return null;
  const { stdout } = await runGit(host, ['rev-parse', '--is-shallow-repository']);
  const depth = Buffer.from(stdout).toString().trim() === 'true' ? ['--depth=1'] : [];
  const options = ['--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', ...depth];
  const argv = ['git', '-c', 'core.hooksPath=/dev/null', 'fetch', ...options, 'origin', commit] as const;
  const run = host.stream({ argv: [...argv], stdin: null }, { GIT_TERMINAL_PROMPT: '0' });
  for (;;) {
    const { done, value } = await run.next();
    if (done !== true) continue;
    if (value.exitCode === 0 && (await isThere(commit, host))) return null;
    return diagnose('NP7031', { commit }, null, { notes: notesOf(value.stderr) });
  }
}

async function isThere(commit: string, host: Host): Promise<boolean> {
  const { exitCode } = await runGit(host, ['cat-file', '-e', `${commit}^{commit}`]);
  return exitCode === 0;
}
