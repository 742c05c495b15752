// What started the workflow: the event of GitHub → what the action needs of it.
import { isRecord, numberOf, recordOf, textOf } from './json-value.ts';

export type Trigger =
  | { readonly kind: 'pull request'; readonly number: number; readonly baseSha: string; readonly headSha: string }
  /** Another workflow has ended, which a pull request started: maybe one from a fork. */
  | {
      readonly kind: 'workflow run';
      readonly headSha: string;
      /** `owner:branch`, as the API looks for pull requests. */
      readonly head: string;
    }
  /** Anything else; `before` is the commit that a push or a merge queue builds on. */
  | { readonly kind: 'other'; readonly before: string | null };

/** Decodes an event. What is not as GitHub documents it is no pull request. */
export function decodeTrigger(name: string, payload: unknown): Trigger {
  const pull = recordOf(payload, 'pull_request');
  const run = recordOf(payload, 'workflow_run');
  const trigger = name === 'pull_request' ? pullRequest(pull) : name === 'workflow_run' ? workflowRun(run) : null;
  return (
    trigger ?? {
      kind: 'other',
      before: commitOf(
        name === 'merge_group' ? textOf(recordOf(payload, 'merge_group'), 'base_sha') : textOf(payload, 'before'),
      ),
    }
  );
}

function pullRequest(pull: unknown): Trigger | null {
  const number = numberOf(pull, 'number');
  const baseSha = commitOf(textOf(recordOf(pull, 'base'), 'sha'));
  const headSha = commitOf(textOf(recordOf(pull, 'head'), 'sha'));
  if (number === null || baseSha === null || headSha === null) return null;
  return { kind: 'pull request', number, baseSha, headSha };
}

function workflowRun(run: unknown): Trigger | null {
  const headSha = commitOf(textOf(run, 'head_sha'));
  const owner = textOf(recordOf(recordOf(run, 'head_repository'), 'owner'), 'login');
  const branch = textOf(run, 'head_branch');
  if (!isRecord(run) || headSha === null || owner === null || branch === null) return null;
  return { kind: 'workflow run', headSha, head: `${owner}:${branch}` };
}

/** The full name of a commit; null for anything else and for the zeros of a branch that was not there before. */
export function commitOf(text: string | null): string | null {
  return text !== null && /^(?!0+$)[0-9a-f]{40,64}$/.test(text) ? text : null;
}
