import * as assert from 'uvu/assert';
import { decodeTrigger } from '../../src/action/trigger.ts';
import { describe } from '../kit/suite.ts';

const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];

describe('what started the workflow', (test) => {
  test('a pull request', () => {
    const payload = { pull_request: { number: 7, base: { sha: a }, head: { sha: b } } };
    assert.equal(decodeTrigger('pull_request', payload), { kind: 'pull request', number: 7, baseSha: a, headSha: b });
  });

  test('another workflow, for a branch of somebody’s fork', () => {
    const payload = {
      workflow_run: { head_sha: b, head_branch: 'x&state=closed', head_repository: { owner: { login: 'eve' } } },
    };
    assert.equal(decodeTrigger('workflow_run', payload), {
      kind: 'workflow run',
      headSha: b,
      head: 'eve:x&state=closed',
    });
  });

  test('a push, a merge queue, anything else', () => {
    assert.equal(decodeTrigger('push', { before: a }), { kind: 'other', before: a });
    assert.equal(decodeTrigger('push', { before: '0'.repeat(40) }), { kind: 'other', before: null });
    assert.equal(decodeTrigger('merge_group', { merge_group: { base_sha: b } }), { kind: 'other', before: b });
    assert.equal(decodeTrigger('schedule', {}), { kind: 'other', before: null });
  });

  test('names of commits are nothing but names of commits', () => {
    for (const sha of ['--upload-pack=x', `${a}\n`, 'main', a.toUpperCase()]) {
      assert.equal(
        decodeTrigger('pull_request', { pull_request: { number: 7, base: { sha: a }, head: { sha } } }).kind,
        'other',
      );
      assert.equal(decodeTrigger('push', { before: sha }), { kind: 'other', before: null });
    }
    assert.equal(decodeTrigger('pull_request', null), { kind: 'other', before: null });
    assert.equal(decodeTrigger('pull_request', { pull_request: [] }), { kind: 'other', before: null });
  });
});
