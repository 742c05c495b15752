import * as assert from 'uvu/assert';
import { areRanges, rangesDisjoint, rangesWithin } from '../../src/net/ranges.ts';
import { describe } from '../kit/suite.ts';

const last = 0xffffffff;

describe('areRanges', (test) => {
  const cases: readonly (readonly [what: string, words: readonly number[], answer: boolean])[] = [
    ['nothing', [], true],
    ['one range', [1, 5], true],
    ['a gap of one address', [1, 5, 7, 9], true],
    ['the whole line', [0, last], true],
    ['ranges that touch', [1, 5, 6, 9], false],
    ['ranges that overlap', [1, 5, 5, 9], false],
    ['ranges out of order', [7, 9, 1, 5], false],
    ['a range that ends before it begins', [5, 1], false],
    ['something behind the last address', [0, last, 3, 4], false],
    ['half a range', [1], false],
  ];
  for (const [what, words, answer] of cases) {
    test(`${what}: ${answer}`, () => assert.is(areRanges(Uint32Array.from(words), 1), answer));
  }
  test('IPv6 ranges touch across words', () => {
    const ends = [0, 0, 0, 1, 0, 0, 0, last];
    assert.is(areRanges(Uint32Array.from([...ends, 0, 0, 1, 0, 0, 0, 1, 9]), 4), false);
    assert.is(areRanges(Uint32Array.from([...ends, 0, 0, 1, 1, 0, 0, 1, 9]), 4), true);
  });
});

describe('ranges that share one address', (test) => {
  const [a, b] = [Uint32Array.of(1, 5), Uint32Array.of(5, 9)];
  test('are not disjoint, whichever comes first', () => {
    assert.is(rangesDisjoint(a, b, 1), false);
    assert.is(rangesDisjoint(b, a, 1), false);
    assert.is(rangesDisjoint(a, Uint32Array.of(6, 9), 1), true);
  });
  test('are within another only as a whole', () => {
    assert.is(rangesWithin(a, Uint32Array.of(1, 5), 1), true);
    assert.is(rangesWithin(a, Uint32Array.of(1, 4), 1), false);
    assert.is(rangesWithin(a, Uint32Array.of(2, 5), 1), false);
    assert.is(rangesWithin(a, Uint32Array.of(1, 3, 5, 9), 1), false);
  });
});
