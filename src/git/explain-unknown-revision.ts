// Why a revision is unknown, with the likeliest thing to do.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Host } from '../host/host.ts';
import { notesOf } from './explain-failure.ts';
import { runGit } from './run-git.ts';

/** The diagnostic for a revision that git does not know. `stderr` is what git said about it. */
export async function explainUnknownRevision(revision: string, stderr: string, host: Host): Promise<Diagnostic> {
  const hint = await hintFor(revision, host);
  return diagnose('NP1020', { revision }, null, { notes: notesOf(stderr), ...(hint === null ? {} : { hint }) });
}

/** A branch that only the remote has and a clone that was cut off are what happens in CI; then slips of the fingers. */
async function hintFor(revision: string, host: Host): Promise<string | null> {
  const [base = ''] = /^[^~^@]+/.exec(revision) ?? [];
  const suffix = revision.slice(base.length);
  const names = await namesOfRefs(host);
  const remote = names.find((name) => name.endsWith(`/${base}`));
  const isKnown = base === '' || names.includes(base);
  if (!isKnown && remote !== undefined) return `did you mean \`${remote}${suffix}\`?`;
  if (await isShallow(host)) return 'the clone is shallow: git fetch --unshallow (in CI, ask for the whole history)';
  const guess = isKnown ? null : nearest(base, names);
  return guess === null ? null : `did you mean \`${guess}${suffix}\`?`;
}

async function namesOfRefs(host: Host): Promise<readonly string[]> {
  const { stdout } = await runGit(host, ['for-each-ref', '--format=%(refname:short)']);
  return ['HEAD', ...Buffer.from(stdout).toString().split('\n').filter(Boolean)];
}

async function isShallow(host: Host): Promise<boolean> {
  const { stdout } = await runGit(host, ['rev-parse', '--is-shallow-repository']);
  return Buffer.from(stdout).toString() === 'true\n';
}
