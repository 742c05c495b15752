// The pull request behind a workflow run that another workflow follows. For forks the event does not name it.
import type { GithubApi, Refusal } from './github-api.ts';
import { numberOf, recordOf, textOf } from './json-value.ts';
import { commitOf, type Trigger } from './trigger.ts';

export interface Pull {
  readonly number: number;
  /** The tip of the branch that it wants into. */
  readonly baseSha: string;
}

/** Null when no open pull request stands at the commit: it was closed, or more was pushed and another run will follow. */
export async function findPull(
  { head, headSha }: Extract<Trigger, { readonly kind: 'workflow run' }>,
  repository: string,
  api: GithubApi,
): Promise<{ readonly kind: 'pull'; readonly pull: Pull | null } | Refusal> {
  const found = await api.list(`/repos/${repository}/pulls?state=open&per_page=100&head=${encodeURIComponent(head)}`);
  if (found.kind === 'refusal') return found;
  const pulls = found.body.flatMap((each) => {
    const number = numberOf(each, 'number');
    const baseSha = commitOf(textOf(recordOf(each, 'base'), 'sha'));
    const isHere = textOf(recordOf(each, 'head'), 'sha') === headSha;
    return number === null || baseSha === null || !isHere ? [] : [{ number, baseSha }];
  });
  return { kind: 'pull', pull: pulls[0] ?? null };
}
