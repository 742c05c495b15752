// The client against a stand-in of the API: pages, failures that pass, failures that stay.
import * as assert from 'uvu/assert';
import { createGithubApi, type GithubApi } from '../../src/action/github-api.ts';
import { describe } from '../kit/suite.ts';
import { withFakeGithub, type FakeGithub, type Fault } from './fake-github.ts';

interface Asked {
  readonly api: GithubApi;
  readonly github: FakeGithub;
  /** Seconds that the client waited. */
  readonly waits: number[];
}

const comments = '/repos/o/shop/issues/7/comments';

async function asking(faults: readonly Fault[], act: (asked: Asked) => Promise<void>): Promise<void> {
  await withFakeGithub(async (github) => {
    github.faults.push(...faults);
    const waits: number[] = [];
    const sleep = (seconds: number): Promise<void> => Promise.resolve(void waits.push(seconds));
    const { url } = github;
    const api = createGithubApi({ url, graphqlUrl: `${url}/graphql`, token: 'secret', sleep, nowSeconds: () => 1000 });
    await act({ api, github, waits });
  });
}

describe('the client of GitHub', (test) => {
  test('reads a list to its last page, and shows its token each time', () =>
    asking([], async ({ api, github }) => {
      for (let id = 1; id <= 7; id++) github.comments.push({ id, login: 'ada', body: `${id}` });
      const all = await api.list(comments);
      assert.is(all.kind, 'answer');
      assert.equal(all.kind === 'answer' ? all.body.length : 0, 7);
      assert.is(github.requests.length, 3);
      assert.equal([...github.tokens], ['Bearer secret']);
    }));

  test('asks a server in trouble again, with growing pauses', () =>
    asking([{ on: /^GET/, times: 2, status: 502 }], async ({ api, github, waits }) => {
      assert.is((await api.list(comments)).kind, 'answer');
      assert.equal([github.requests.length, waits], [3, [1, 2]]);
    }));

  test('gives up after four attempts, with what the server said', () =>
    asking([{ on: /^GET/, times: 9, status: 503, message: 'down' }], async ({ api, github }) => {
      assert.equal(await api.get(comments), { kind: 'refusal', status: 503, message: 'down' });
      assert.is(github.requests.length, 4);
    }));

  test('does not make a second comment when the first may have been made', () =>
    asking([{ on: /^POST \/repos/, times: 1, status: 502, afterwards: true }], async ({ api, github }) => {
      assert.is((await api.post(comments, { body: 'x' })).kind, 'refusal');
      assert.is(github.comments.length, 1);
    }));

  test('waits as long as a rate limit says, also before it writes', () =>
    asking(
      [
        {
          on: /^POST \/repos/,
          times: 1,
          status: 403,
          message: 'You have exceeded a secondary rate limit',
          headers: { 'retry-after': '7' },
        },
      ],
      async ({ api, github, waits }) => {
        assert.is((await api.post(comments, { body: 'x' })).kind, 'answer');
        assert.equal([waits, github.comments.length], [[7], 1]);
      },
    ));

  test('waits for the primary limit until its reset, and for none that is far away', async () => {
    const limited = (reset: string): Fault => ({
      on: /./,
      times: 1,
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
    });
    await asking([limited('1030')], async ({ api, waits }) => {
      assert.is((await api.get(comments)).kind, 'answer');
      assert.equal(waits, [30]);
    });
    await asking([limited('4600')], async ({ api, waits }) => {
      assert.equal([(await api.get(comments)).kind, waits], ['refusal', []]);
    });
  });

  test('takes a plain 403 and a 404 for what they are', () =>
    asking(
      [{ on: /comments\/1$/, times: 1, status: 403, message: 'Resource not accessible by integration' }],
      async ({ api, waits }) => {
        assert.equal(await api.patch('/repos/o/shop/issues/comments/1', {}), {
          kind: 'refusal',
          status: 403,
          message: 'Resource not accessible by integration',
        });
        assert.equal(await api.get('/repos/o/other'), { kind: 'refusal', status: 404, message: 'Not Found' });
        assert.equal(waits, []);
      },
    ));

  test('says why there is no server', () =>
    asking([], async () => {
      const sleep = (): Promise<void> => Promise.resolve();
      const url = 'http://127.0.0.1:1';
      const api = createGithubApi({ url, graphqlUrl: url, token: '', sleep, nowSeconds: () => 0 });
      const reply = await api.get('/');
      assert.is(reply.kind === 'refusal' ? reply.status : null, 0);
      assert.match(reply.kind === 'refusal' ? reply.message : '', /ECONNREFUSED|bad port/);
    }));

  test('knows whose token it has, and does without when nobody tells', async () => {
    const viewerWith = async (...faults: readonly Fault[]): Promise<string | null> => {
      const logins: (string | null)[] = [];
      await asking(faults, async ({ api }) => void logins.push(await api.viewer()));
      return logins[0] ?? null;
    };
    assert.is(await viewerWith(), 'github-actions[bot]');
    assert.is(await viewerWith({ on: /graphql/, times: 1, status: 403 }), null);
  });
});
