import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { formatIPv4, formatIPv6, wordsOf, type Family } from '../../../src/net/address.ts';
import { allAddresses, union } from '../../../src/net/address-set.ts';
import { uniteRanges, type Ranges } from '../../../src/net/ranges.ts';
import { parseRange } from '../../../src/net/range-text.ts';
import { countPrefixes, prefixesOf } from '../../../targets/shared/prefixes.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';

const text = (ranges: Ranges, family: Family): readonly string[] => {
  const { bases, lengths } = prefixesOf(ranges, family);
  return Array.from(lengths, (length, index) => {
    const base = family === 'IPv4' ? formatIPv4(must(bases[index])) : formatIPv6(bases, index * wordsOf(family));
    return `${base}/${length}`;
  });
};
const prefixes = (family: Family, ...ranges: readonly string[]): readonly string[] =>
  text(union(ranges.map((range) => must(parseRange(range), range)))[family], family);

describe('ranges as prefixes', (test) => {
  test('a prefix is one, whatever its length', () => {
    for (const prefix of ['10.0.0.0/8', '10.1.2.3/32', '128.0.0.0/1']) {
      assert.equal(prefixes('IPv4', prefix), [prefix]);
    }
    for (const prefix of ['fd00::/64', 'fd00::/32', '8000::/1', 'fd00::/33', 'fd00:0:0:1::/64']) {
      assert.equal(prefixes('IPv6', prefix), [prefix]);
    }
    assert.equal(text(allAddresses.IPv4, 'IPv4'), ['0.0.0.0/0']);
    assert.equal(text(allAddresses.IPv6, 'IPv6'), ['::/0']);
  });
  test('a block without one of its prefixes is what is left', () => {
    assert.equal(prefixes('IPv4', '10.0.0.0-10.0.0.15', '10.0.0.20-10.0.0.31'), [
      '10.0.0.0/28',
      '10.0.0.20/30',
      '10.0.0.24/29',
    ]);
    assert.equal(prefixes('IPv6', 'fd00::ffff:ffff-fd00::1:0:0'), ['fd00::ffff:ffff/128', 'fd00::1:0:0/128']);
  });
  test('the worst range needs 62 prefixes in IPv4 and 254 in IPv6', () => {
    assert.is(prefixes('IPv4', '0.0.0.1-255.255.255.254').length, 62);
    assert.is(prefixes('IPv6', '::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe').length, 254);
  });
  test('the prefixes of any ranges are exactly these ranges, and no two could be one', () => {
    const word = fc.oneof(
      fc.nat(255),
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.constantFrom(0xffffffff, 0x80000000),
    );
    for (const family of ['IPv4', 'IPv6'] as const) {
      const width = wordsOf(family);
      const address = fc.array(word, { minLength: width, maxLength: width });
      fc.assert(
        fc.property(fc.array(fc.tuple(address, address), { maxLength: 6 }), (pairs) => {
          const ranges = pairs.reduce<Ranges>(
            (all, ends) => uniteRanges(all, Uint32Array.from(ends.sort(byWords).flat()), width),
            new Uint32Array(0),
          );
          const made = text(ranges, family);
          assert.is(countPrefixes(ranges, family), made.length);
          const back = union(made.map((each) => (each.endsWith('/0') ? allAddresses : must(parseRange(each), each))));
          assert.equal(back[family], ranges);
          assert.is(made.filter((each, index) => areSiblings(each, made[index + 1])).length, 0);
        }),
        { numRuns: 200, seed: 20261125 },
      );
    }
  });
});

function byWords(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((word, index) => word !== b[index]);
  return at === -1 ? 0 : must(a[at]) - must(b[at]);
}

/** Whether two prefixes are the halves of a third. */
function areSiblings(one: string, two: string | undefined): boolean {
  if (two === undefined || one.split('/')[1] !== two.split('/')[1]) return false;
  const both = union([must(parseRange(one)), must(parseRange(two))]);
  const family = one.includes(':') ? 'IPv6' : 'IPv4';
  return text(both[family], family).length === 1;
}
