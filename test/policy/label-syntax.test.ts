import * as assert from 'uvu/assert';
import { labelKeyProblems, labelValueProblems } from '../../src/policy/label-syntax.ts';
import { describe } from '../kit/suite.ts';

describe('label keys (S-408, S-714)', (test) => {
  for (const key of ['a', 'role', 'kubernetes.io/metadata.name', 'A_b.c-d', 'x'.repeat(63), 'constructor', '1/1']) {
    test(`${key.slice(0, 30)} is a key`, () => assert.equal(labelKeyProblems(key), []));
  }
  const broken: readonly (readonly [key: string, phrase: string])[] = [
    ['', 'name part must be non-empty'],
    ['a/', 'name part must be non-empty'],
    ['/a', 'prefix part must be non-empty'],
    ['a/b/c', 'with an optional DNS subdomain prefix'],
    ['A.io/x', 'prefix part a lowercase RFC 1123 subdomain must consist of'],
    ['_a', 'name part must consist of'],
    ['a_', 'name part must consist of'],
    ['a b', 'name part must consist of'],
    ['__proto__', 'name part must consist of'],
    ['é', 'name part must consist of'],
    ['x'.repeat(64), 'name part must be no more than 63 characters'],
    [`${'p'.repeat(254)}/x`, 'prefix part must be no more than 253 characters'],
  ];
  for (const [key, phrase] of broken) {
    test(`${JSON.stringify(key.slice(0, 20))}: ${phrase}`, () => assert.match(labelKeyProblems(key).join(), phrase));
  }
});

describe('label values (S-408, S-715)', (test) => {
  for (const value of ['', 'a', '1.10', 'A_b.c-d', 'x'.repeat(63)]) {
    test(`${JSON.stringify(value.slice(0, 20))} is a value`, () => assert.equal(labelValueProblems(value), []));
  }
  for (const value of ['-a', 'a.', 'a b', 'a/b', 'é', 'a\n', '"', ';']) {
    test(`${JSON.stringify(value)} is no value`, () =>
      assert.match(labelValueProblems(value).join(), 'a valid label must be an empty string or consist of'));
  }
  test('64 characters are too many', () =>
    assert.equal(labelValueProblems('x'.repeat(64)), ['must be no more than 63 characters']));
});
