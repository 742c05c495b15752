// Talks to the API of GitHub. The only file that sends anything; it never throws for what a server does.
import { recordOf, textOf } from './json-value.ts';
import { nextPage } from './next-page.ts';
import { retryDelay, type Failure } from './retry-delay.ts';

export type Reply = { readonly kind: 'answer'; readonly body: unknown; readonly next: string | null } | Refusal;

/** `status` is 0 when there was no answer. The message is the server's, and no more than text. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly status: number;
  readonly message: string;
}

export interface GithubApi {
  /** `path` begins with `/`. */
  readonly get: (path: string) => Promise<Reply>;
  /** Every item of all pages of a list. */
  readonly list: (path: string) => Promise<{ readonly kind: 'answer'; readonly body: readonly unknown[] } | Refusal>;
  /** Repeated only when the server cannot have done it. */
  readonly post: (path: string, body: unknown) => Promise<Reply>;
  readonly patch: (path: string, body: unknown) => Promise<Reply>;
  /** The login of whoever the token belongs to, `github-actions[bot]` for the one of a workflow; null when it is not told. */
  readonly viewer: () => Promise<string | null>;
}

export interface ApiOptions {
  readonly url: string;
  readonly graphqlUrl: string;
  readonly token: string;
  /** Waits for seconds. */
  readonly sleep: (seconds: number) => Promise<void>;
  readonly nowSeconds: () => number;
}

interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly body: unknown;
  readonly isRepeatable: boolean;
}

/** How long one attempt may take. */
const timeoutMs = 20_000;

/** A hundred times a hundred comments are more than a pull request can have. */
const mostPages = 100;

export function createGithubApi(options: ApiOptions): GithubApi {
  const ask = (request: Request): Promise<Reply> => sendPatiently(request, options);
  const get = (url: string): Promise<Reply> => ask({ method: 'GET', url, body: null, isRepeatable: true });
  const at = (path: string): string => `${options.url}${path}`;
  return {
    get: (path) => get(at(path)),
    list: (path) => listAll(at(path), get),
    post: (path, body) => ask({ method: 'POST', url: at(path), body, isRepeatable: false }),
    patch: (path, body) => ask({ method: 'PATCH', url: at(path), body, isRepeatable: true }),
    viewer: async () => {
      const body = { query: 'query { viewer { login } }' };
      const reply = await ask({ method: 'POST', url: options.graphqlUrl, body, isRepeatable: true });
      return reply.kind === 'answer' ? textOf(recordOf(recordOf(reply.body, 'data'), 'viewer'), 'login') : null;
    },
  };
}

async function listAll(url: string, get: (url: string) => Promise<Reply>): ReturnType<GithubApi['list']> {
  const items: unknown[] = [];
  let next: string | null = url;
  for (let page = 0; next !== null && page < mostPages; page++) {
    const reply: Reply = await get(next);
    if (reply.kind === 'refusal') return reply;
    if (Array.isArray(reply.body)) items.push(...(reply.body as unknown[]));
    ({ next } = reply);
  }
  return { kind: 'answer', body: items };
}

async function sendPatiently(request: Request, { token, sleep, nowSeconds }: ApiOptions): Promise<Reply> {
  for (let attempt = 1; ; attempt++) {
    const sent = await send(request, token);
    if (sent.kind === 'answer') return sent;
    const { isRepeatable } = request;
    const seconds = retryDelay(sent.failure, { attempt, isRepeatable, nowSeconds: nowSeconds() });
    const { status, message } = sent.failure;
    if (seconds === null) return { kind: 'refusal', status, message };
    await sleep(seconds);
  }
}

type Sent = Extract<Reply, { readonly kind: 'answer' }> | { readonly kind: 'failure'; readonly failure: Failure };

async function send({ method, url, body }: Request, token: string): Promise<Sent> {
  const headers = {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    'user-agent': 'netpolc',
    ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    ...(body === null ? {} : { 'content-type': 'application/json' }),
  };
  const content = body === null ? {} : { body: JSON.stringify(body) };
  try {
    const response = await fetch(url, { method, headers, ...content, signal: AbortSignal.timeout(timeoutMs) });
    return answerOf(response, url, parseJson(await response.text()));
  } catch (error) {
    const message = error instanceof Error ? `${error.message}${causeOf(error)}` : String(error);
    return { kind: 'failure', failure: { status: 0, message, header: () => null } };
  }
}

function answerOf(response: Response, url: string, body: unknown): Sent {
  const header = (name: string): string | null => response.headers.get(name);
  if (response.ok) return { kind: 'answer', body, next: nextPage(header('link'), url) };
  const message = textOf(body, 'message') ?? response.statusText;
  return { kind: 'failure', failure: { status: response.status, message, header } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Node says only `fetch failed`, and why behind it. */
function causeOf({ cause }: Error): string {
  return cause instanceof Error && cause.message !== '' ? `: ${cause.message}` : '';
}
