// One comment, found again among those of others.
import * as assert from 'uvu/assert';
import { createGithubApi } from '../../src/action/github-api.ts';
import { putComment, type Put } from '../../src/action/sticky-comment.ts';
import { describe } from '../kit/suite.ts';
import { withFakeGithub, type FakeGithub } from './fake-github.ts';

const bot = 'github-actions[bot]';
const marker = '<!-- netpolc:diff:default -->';

async function put(github: FakeGithub, text: string, isNews = true): Promise<Put> {
  const sleep = (): Promise<void> => Promise.resolve();
  const { url } = github;
  const api = createGithubApi({ url, graphqlUrl: `${url}/graphql`, token: 't', sleep, nowSeconds: () => 0 });
  return putComment({ repository: 'o/shop', pull: 7, marker, body: `${marker}\n${text}`, isNews }, api, sleep);
}

const bodies = ({ comments }: FakeGithub): readonly string[] => comments.map(({ body }) => body);

describe('the comment on a pull request', (test) => {
  test('is made once and updated from then on', () =>
    withFakeGithub(async (github) => {
      assert.equal(await put(github, 'one'), {
        kind: 'created',
        url: 'https://github.example/o/shop/pull/7#issuecomment-100',
      });
      assert.is((await put(github, 'two')).kind, 'updated');
      assert.is((await put(github, 'two')).kind, 'same');
      assert.equal(bodies(github), [`${marker}\ntwo`]);
      assert.is(github.requests.filter((each) => each.startsWith('PATCH')).length, 1);
    }));

  test('is found on a later page', () =>
    withFakeGithub(async (github) => {
      for (let id = 1; id <= 8; id++) github.comments.push({ id, login: 'ada', body: 'hello' });
      github.comments.push({ id: 9, login: bot, body: `${marker}\nold` });
      await put(github, 'new');
      assert.equal([github.comments.length, github.comments.at(-1)?.body], [9, `${marker}\nnew`]);
    }));

  test('is nobody else’s, and none that has the marker further down', () =>
    withFakeGithub(async (github) => {
      github.comments.push(
        { id: 1, login: 'mallory', body: `${marker}\nforged` },
        { id: 2, login: bot, body: `> quoted\n${marker}\n` },
        { id: 3, login: bot, body: '<!-- netpolc:diff:other -->\nanother use' },
      );
      assert.is((await put(github, 'mine')).kind, 'created');
      assert.equal(bodies(github), [
        `${marker}\nforged`,
        `> quoted\n${marker}\n`,
        '<!-- netpolc:diff:other -->\nanother use',
        `${marker}\nmine`,
      ]);
    }));

  test('without news is made for nobody, and brought up to date where it is', () =>
    withFakeGithub(async (github) => {
      assert.is((await put(github, 'No connection changes', false)).kind, 'none');
      assert.equal(bodies(github), []);
      await put(github, 'Gained');
      await put(github, 'No connection changes', false);
      assert.equal(bodies(github), [`${marker}\nNo connection changes`]);
    }));

  test('is made once though the answer is lost', () =>
    withFakeGithub(async (github) => {
      github.faults.push({ on: /^POST \/repos/, times: 1, status: 502, afterwards: true });
      assert.is((await put(github, 'one')).kind, 'same');
      assert.is(github.comments.length, 1);
    }));

  test('is tried again when the server did nothing', () =>
    withFakeGithub(async (github) => {
      github.faults.push({ on: /^POST \/repos/, times: 1, status: 502 });
      assert.is((await put(github, 'one')).kind, 'created');
      assert.is(github.comments.length, 1);
    }));

  test('is refused to a token that only reads', () =>
    withFakeGithub(async (github) => {
      const message = 'Resource not accessible by integration';
      github.faults.push({ on: /^POST \/repos/, times: 9, status: 403, message });
      assert.equal(await put(github, 'one'), { kind: 'refusal', status: 403, message });
      assert.is(github.requests.filter((each) => each.startsWith('POST /repos')).length, 1);
    }));

  test('is the bot’s where nobody says whose token it is', () =>
    withFakeGithub(async (github) => {
      github.faults.push({ on: /graphql/, times: 9, status: 403 });
      github.comments.push({ id: 1, login: bot, body: `${marker}\nold` });
      assert.is((await put(github, 'new')).kind, 'updated');
    }));
});
