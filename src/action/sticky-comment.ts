// One comment on a pull request, made once and updated from then on.
import type { GithubApi, Refusal, Reply } from './github-api.ts';
import { numberOf, recordOf, textOf } from './json-value.ts';
import { isPassing } from './retry-delay.ts';

export interface StickyComment {
  /** `owner/name` */
  readonly repository: string;
  readonly pull: number;
  /** How the body begins: by this, and by whose it is, the comment is found again. */
  readonly marker: string;
  readonly body: string;
  /** Without news an earlier comment is brought up to date, and none is made. */
  readonly isNews: boolean;
}

export type Put =
  { readonly kind: 'created' | 'updated' | 'same'; readonly url: string | null } | { readonly kind: 'none' } | Refusal;

/** The token of a workflow belongs to this bot. Source: GitHub, automatic token authentication. */
const workflowBot = 'github-actions[bot]';

/** A comment may be made though the answer is lost: before the next attempt it is looked for. */
const mostAttempts = 3;

export async function putComment(
  comment: StickyComment,
  api: GithubApi,
  sleep: (seconds: number) => Promise<void>,
): Promise<Put> {
  const author = (await api.viewer()) ?? workflowBot;
  for (let attempt = 1; ; attempt++) {
    const put = await putOnce(comment, author, api);
    if (put.kind !== 'refusal' || !isPassing(put) || attempt === mostAttempts) return put;
    await sleep(attempt);
  }
}

async function putOnce(comment: StickyComment, author: string, api: GithubApi): Promise<Put> {
  const { repository, pull, body, isNews } = comment;
  const comments = await api.list(`/repos/${repository}/issues/${pull}/comments?per_page=100`);
  if (comments.kind === 'refusal') return comments;
  const own = comments.body.find((each) => isOurs(each, author, comment.marker));
  const id = numberOf(own, 'id');
  if (id === null) {
    if (!isNews) return { kind: 'none' };
    return putBy('created', await api.post(`/repos/${repository}/issues/${pull}/comments`, { body }));
  }
  if (textOf(own, 'body') === body) return { kind: 'same', url: textOf(own, 'html_url') };
  return putBy('updated', await api.patch(`/repos/${repository}/issues/comments/${id}`, { body }));
}

/** Anybody can write the marker, and whoever quotes the comment has it further down. */
function isOurs(comment: unknown, author: string, marker: string): boolean {
  return textOf(recordOf(comment, 'user'), 'login') === author && (textOf(comment, 'body') ?? '').startsWith(marker);
}

function putBy(kind: 'created' | 'updated', reply: Reply): Put {
  return reply.kind === 'refusal' ? reply : { kind, url: textOf(reply.body, 'html_url') };
}
