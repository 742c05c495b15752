// Which entry a look-up finds, for all numbers.
import * as assert from 'uvu/assert';
import fc from 'fast-check';
import { describe } from '../../kit/suite.ts';
import { prefixOf, stretchesOf, type PrefixEntry, type Stretch } from './longest-prefix.ts';

const entry = (number: number, length: number, value: number): PrefixEntry<number> => ({
  ...prefixOf(BigInt(number), length, 8),
  rank: length,
  value,
});

const foundBy = (stretches: readonly Stretch<number>[], number: number): number | undefined =>
  stretches.find(({ first, last }) => first <= number && number <= last)?.value;

const bits = (length: number): number => 0xff & ~(0xff >> length);

describe('stretches of prefixes', (test) => {
  test('a longer prefix interrupts a shorter one', () => {
    assert.equal(stretchesOf([entry(0, 0, 1), entry(64, 2, 2), entry(65, 8, 3)]), [
      { first: 0n, last: 63n, value: 1 },
      { first: 64n, last: 64n, value: 2 },
      { first: 65n, last: 65n, value: 3 },
      { first: 66n, last: 127n, value: 2 },
      { first: 128n, last: 255n, value: 1 },
    ]);
  });
  test('are what the longest prefix of each number says', () => {
    const prefix = fc.record({ number: fc.integer({ min: 0, max: 255 }), length: fc.integer({ min: 0, max: 8 }) });
    fc.assert(
      fc.property(
        fc.uniqueArray(prefix, { selector: ({ number, length }) => `${number & bits(length)}/${length}` }),
        (some) => {
          const entries = some.map(({ number, length }, value) => entry(number & bits(length), length, value));
          const stretches = stretchesOf(entries);
          for (let number = 0; number < 256; number++) {
            const around = entries.filter(({ first, last }) => first <= number && number <= last);
            const longest = around.toSorted((a, b) => b.rank - a.rank)[0];
            assert.is(foundBy(stretches, number), longest?.value);
          }
        },
      ),
    );
  });
  test('the same prefix twice is an error', () => {
    assert.throws(() => stretchesOf([entry(64, 2, 1), entry(64, 2, 2)]), /overlap/);
  });
  test('a prefix with bits behind its end is an error', () => {
    assert.throws(() => entry(65, 2, 1), /no prefix/);
  });
});
