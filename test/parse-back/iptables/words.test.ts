// Words of a rule.
import * as assert from 'uvu/assert';
import { describe } from '../../kit/suite.ts';
import { splitWords } from './words.ts';

describe('words of a rule', (test) => {
  test('blanks part words, and none within quotes', () => {
    assert.equal(splitWords('-m comment --comment "a b" -j RETURN'), [
      '-m',
      'comment',
      '--comment',
      'a b',
      '-j',
      'RETURN',
    ]);
  });
  test('quotes are not needed, and may be empty', () => {
    assert.equal(splitWords('--comment a/db --comment ""'), ['--comment', 'a/db', '--comment', '']);
  });
  test('a backslash makes a quote part of a word', () => {
    assert.equal(splitWords(String.raw`--comment "a\"b"`), ['--comment', 'a"b']);
  });
  test('a quote without an end, or within a word, is an error', () => {
    assert.throws(() => splitWords('--comment "a b'), /not words/);
    assert.throws(() => splitWords('--comment a"b'), /not words/);
  });
});
