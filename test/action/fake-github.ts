// GitHub's API as far as the action asks it, on this machine: comments of one pull request, in pages.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeComment {
  readonly id: number;
  readonly login: string;
  body: string;
}

/** What an answer is instead of the true one. */
export interface Fault {
  /** The requests that it meets: `POST /repos/…`. */
  readonly on: RegExp;
  /** How often; then the server is well again. */
  times: number;
  readonly status: number;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the server does what was asked before it fails to say so. */
  readonly afterwards?: boolean;
}

export interface FakeGithub {
  readonly url: string;
  readonly comments: FakeComment[];
  readonly faults: Fault[];
  /** Open pull requests, as the list has them. */
  readonly pulls: unknown[];
  /** `METHOD PATH?QUERY`, in order. */
  readonly requests: string[];
  readonly tokens: Set<string>;
}

const pageSize = 3;
const viewerLogin = 'github-actions[bot]';

/** Serves while `act` runs. Whoever asks is `github-actions[bot]`. */
export async function withFakeGithub<T>(act: (github: FakeGithub) => Promise<T>): Promise<T> {
  const github = { url: '', comments: [], faults: [], pulls: [], requests: [], tokens: new Set<string>() } as {
    -readonly [K in keyof FakeGithub]: FakeGithub[K];
  };
  const server = createServer((request, response) => void serve(github, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  github.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return await act(github);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function serve(github: FakeGithub, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '' } = request;
  github.requests.push(`${method} ${url}`);
  github.tokens.add(request.headers.authorization ?? 'none');
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  const body = chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as { readonly body?: string });
  const fault = github.faults.find(({ on, times }) => times > 0 && on.test(`${method} ${url}`));
  const done = fault === undefined || fault.afterwards === true ? answer(github, method, url, body.body ?? '') : null;
  const told = fault === undefined && done !== null ? done : refusal(fault ?? { status: 500 });
  if (fault !== undefined) fault.times -= 1;
  response
    .writeHead(told.status, { 'content-type': 'application/json', ...told.headers })
    .end(JSON.stringify(told.content));
}

interface Answer {
  readonly status: number;
  readonly content: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function refusal({ status, message = 'no', headers = {} }: Pick<Fault, 'status' | 'message' | 'headers'>): Answer {
  return { status, content: { message }, headers };
}

function answer(github: FakeGithub, method: string, url: string, body: string): Answer {
  const { pathname, searchParams } = new URL(url, github.url);
  if (pathname === '/graphql') return { status: 200, content: { data: { viewer: { login: viewerLogin } } } };
  if (pathname === '/repos/o/shop/pulls') return { status: 200, content: github.pulls };
  if (method === 'GET' && pathname === '/repos/o/shop/issues/7/comments')
    return page(github, Number(searchParams.get('page') ?? '1'));
  if (method === 'POST' && pathname === '/repos/o/shop/issues/7/comments') {
    const comment = { id: 100 + github.comments.length, login: viewerLogin, body };
    github.comments.push(comment);
    return { status: 201, content: shown(comment) };
  }
  const id = /^\/repos\/o\/shop\/issues\/comments\/(\d+)$/.exec(pathname)?.[1];
  const comment = github.comments.find((each) => each.id === Number(id));
  if (method !== 'PATCH' || comment === undefined) return { status: 404, content: { message: 'Not Found' } };
  comment.body = body;
  return { status: 200, content: shown(comment) };
}

function page({ comments, url }: FakeGithub, number: number): Answer {
  const content = comments.slice((number - 1) * pageSize, number * pageSize).map(shown);
  const at = (each: number): string => `<${url}/repos/o/shop/issues/7/comments?per_page=100&page=${each}>`;
  const links = [
    ...(number > 1 ? [`${at(number - 1)}; rel="prev"`] : []),
    ...(number * pageSize < comments.length ? [`${at(number + 1)}; rel="next"`] : []),
  ];
  return { status: 200, content, headers: links.length === 0 ? {} : { link: links.join(', ') } };
}

function shown({ id, login, body }: FakeComment): unknown {
  return { id, body, user: { login }, html_url: `https://github.example/o/shop/pull/7#issuecomment-${id}` };
}
