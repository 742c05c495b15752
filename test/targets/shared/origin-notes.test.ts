import * as assert from 'uvu/assert';
import type { Origin } from '../../../src/ir/ir.ts';
import { originComment, originNotes } from '../../../targets/shared/origin-notes.ts';
import { describe } from '../../kit/suite.ts';
import { field } from '../../kit/build.ts';

const origin = (policy: string, path: string, line: number): Origin => ({ policy, ...field(path, line) });
const withFile = (name: string): Origin => ({
  policy: 'prod/db',
  path: 'spec.ingress[0]',
  span: { source: { name, text: null, line: 7, column: 1 }, start: 0, end: 0 },
});

describe('origin notes', (test) => {
  test('say policy, field and place, sorted, each once', () => {
    const origins = [
      origin('b/p', 'spec.ingress[1]', 9),
      origin('a/p', 'spec.podSelector', 3),
      origin('b/p', 'spec.ingress[1]', 9),
    ];
    assert.equal(originNotes(origins), ['a/p podSelector test.yaml:3', 'b/p ingress[1] test.yaml:9']);
  });
  test('a comment has the first one and counts the others', () => {
    assert.is(originComment([origin('a/p', 'spec.egress[0]', 1)], 120), 'a/p egress[0] test.yaml:1');
    const three = [origin('c/p', '', 3), origin('a/p', '', 1), origin('b/p', '', 2)];
    assert.is(originComment(three, 120), 'a/p test.yaml:1 +2');
  });
  test('a long comment is cut in the middle: policy and line stay', () => {
    const comment = originComment([withFile(`${'deep/'.repeat(40)}db.yaml`), withFile('z.yaml')], 120);
    assert.is(comment.length, 120);
    assert.ok(comment.startsWith('prod/db ingress[0] deep/'), comment);
    assert.ok(comment.endsWith('deep/db.yaml:7 +1'), comment);
  });
  test('file names cannot end the comment', () => {
    assert.is(originComment([withFile('a";drop#\n.yaml')], 120), 'prod/db ingress[0] a__drop__.yaml:7');
  });
});
