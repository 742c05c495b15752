import fc from 'fast-check';
import * as assert from 'uvu/assert';
import {
  addressesOf,
  allAddresses,
  areDisjoint,
  cidrSet,
  complement,
  contains,
  equalSets,
  intersect,
  isEmpty,
  isSubset,
  noAddresses,
  rangeCount,
  subtract,
  union,
  wholeFamily,
  type AddressSet,
} from '../../src/net/address-set.ts';
import { parseAddress, type Address } from '../../src/net/address.ts';
import { parseCidr } from '../../src/net/cidr.ts';
import { formatRanges, parseRange } from '../../src/net/range-text.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const address = (text: string): Address => must(parseAddress(text));
const cidr = (text: string): AddressSet => cidrSet(must(parseCidr(text).cidr));
const text = (set: AddressSet): string =>
  [...formatRanges(set.IPv4, 'IPv4'), ...formatRanges(set.IPv6, 'IPv6')].join(' ');

describe('address sets, by hand', (test) => {
  test('neighbouring addresses become one range, in any order and repeated', () => {
    const set = addressesOf(['10.0.0.3', '10.0.0.1', '10.0.0.2', '10.0.0.1'].map(address));
    assert.is(text(set), '10.0.0.1-10.0.0.3');
  });
  test('IPv6 addresses are neighbours across a word boundary', () => {
    assert.is(text(addressesOf(['fd00::1:0:0', 'fd00::ffff:ffff'].map(address))), 'fd00::ffff:ffff-fd00::1:0:0');
  });
  test('two halves of a prefix are the prefix', () => {
    assert.is(text(union([cidr('10.1.0.0/17'), cidr('10.1.128.0/17')])), '10.1.0.0/16');
  });
  test('a hole splits a range into what lies before and after it', () => {
    assert.is(text(subtract(cidr('10.0.0.0/24'), cidr('10.0.0.8/32'))), '10.0.0.0/29 10.0.0.9-10.0.0.255');
  });
  test('a hole at the very end of the address space leaves the rest', () => {
    assert.is(text(subtract(cidr('255.255.255.254/31'), cidr('255.255.255.255/32'))), '255.255.255.254');
    assert.is(text(subtract(cidr('::/0'), cidr('8000::/1'))), '::/1');
  });
  test('nothing is left of a set without itself', () => assert.ok(isEmpty(subtract(cidr('::/0'), cidr('::/0')))));
  test('the families have nothing to do with each other', () => {
    assert.ok(equalSets(subtract(cidr('0.0.0.0/0'), cidr('::/0')), wholeFamily('IPv4')));
    assert.ok(isEmpty(intersect(wholeFamily('IPv4'), wholeFamily('IPv6'))));
  });
  test('everything and nothing are each other’s complement', () => {
    assert.ok(equalSets(complement(allAddresses), noAddresses));
    assert.ok(equalSets(complement(noAddresses), allAddresses));
    assert.ok(equalSets(union([wholeFamily('IPv4'), wholeFamily('IPv6')]), allAddresses));
  });
});

// Small universes at both ends of each family, where carries and overflows live.
const bases = [
  '0.0.0.0',
  '10.0.255.250',
  '255.255.255.240',
  '::',
  'fd00::ffff:fff8',
  'ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff0',
];
const universe: readonly Address[] = bases.flatMap((base) => {
  const start = address(base);
  const value = start.words.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
  return Array.from({ length: 16 }, (_, offset): Address => {
    const all = value + BigInt(offset);
    const words = start.words.map((_word, index) =>
      Number((all >> BigInt(32 * (start.words.length - 1 - index))) & 0xffffffffn),
    );
    return { family: start.family, words };
  });
});
const subset = fc.uniqueArray(fc.nat(universe.length - 1), { maxLength: universe.length });
const setOf = (members: readonly number[]): AddressSet => addressesOf(members.map((index) => must(universe[index])));
const membersOf = (set: AddressSet): readonly number[] =>
  [...universe.keys()].filter((index) => contains(set, must(universe[index])));
const sorted = (members: Iterable<number>): readonly number[] => [...members].sort((a, b) => a - b);

describe('address sets agree with sets of numbers', (test) => {
  const holds = (
    name: string,
    property: (a: Set<number>, b: Set<number>, A: AddressSet, B: AddressSet) => void,
  ): void =>
    test(name, () =>
      fc.assert(fc.property(subset, subset, (a, b) => property(new Set(a), new Set(b), setOf(a), setOf(b)))),
    );
  holds('membership', (a, _b, A) => assert.equal(membersOf(A), sorted(a)));
  holds('union', (a, b, A, B) => assert.equal(membersOf(union([A, B])), sorted(new Set([...a, ...b]))));
  holds('intersection', (a, b, A, B) =>
    assert.equal(membersOf(intersect(A, B)), sorted([...a].filter((member) => b.has(member)))),
  );
  holds('difference', (a, b, A, B) =>
    assert.equal(membersOf(subtract(A, B)), sorted([...a].filter((member) => !b.has(member)))),
  );
  holds('being a part of', (a, b, A, B) => {
    assert.is(
      isSubset(A, B),
      [...a].every((member) => b.has(member)),
    );
    assert.ok(isSubset(intersect(A, B), B) && isSubset(A, union([A, B])));
  });
  holds('having nothing in common', (a, b, A, B) => {
    assert.is(areDisjoint(A, B), ![...a].some((member) => b.has(member)));
    assert.ok(areDisjoint(A, subtract(B, A)));
  });
  holds('equal sets have equal words however they were made', (a, b, A, B) => {
    const direct = setOf([...new Set([...a, ...b])]);
    assert.ok(equalSets(union([B, A]), direct));
    assert.ok(equalSets(union([subtract(A, B), B]), direct));
    assert.ok(equalSets(complement(intersect(complement(A), complement(B))), direct));
  });
  holds('no two ranges touch', (_a, _b, A, B) => {
    const set = union([A, B]);
    const count = rangeCount(set, 'IPv4') + rangeCount(set, 'IPv6');
    assert.is(new Set(formatRanges(set.IPv4, 'IPv4').concat(formatRanges(set.IPv6, 'IPv6'))).size, count);
    assert.ok(equalSets(subtract(set, noAddresses), set));
  });
  holds('range text reads back', (_a, _b, A) => {
    const ranges = [...formatRanges(A.IPv4, 'IPv4'), ...formatRanges(A.IPv6, 'IPv6')];
    assert.ok(equalSets(union(ranges.map((range) => must(parseRange(range)))), A));
  });
});

describe('range text', (test) => {
  const cases = {
    '10.0.0.0-10.0.0.255': '10.0.0.0/24',
    '10.0.0.0-10.0.0.254': '10.0.0.0-10.0.0.254',
    '10.0.0.1-10.0.1.0': '10.0.0.1-10.0.1.0',
    '0.0.0.0-255.255.255.255': '0.0.0.0/0',
    '10.0.0.2-10.0.0.5': '10.0.0.2-10.0.0.5',
    'fd00::-fd00::ffff:ffff:ffff:ffff': 'fd00::/64',
    'fd00::-fd00:0:0:1::': 'fd00::-fd00:0:0:1::',
    'fd00::1-fd00::ffff:ffff:ffff:ffff': 'fd00::1-fd00::ffff:ffff:ffff:ffff',
    '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff': '::/0',
    'fd00::ffff:0:0-fd00::ffff:ffff:ffff': 'fd00::ffff:0:0/96',
  };
  for (const [range, expected] of Object.entries(cases))
    test(`${range} is ${expected}`, () => assert.is(text(must(parseRange(range))), expected));
});

describe('parseRange', (test) => {
  for (const wrong of [
    '',
    '-',
    '10.0.0.2-10.0.0.1',
    '10.0.0.1-fd00::1',
    '10.0.0.1/24',
    '1-2-3',
    '10.0.0.1-',
    '010.0.0.1',
  ])
    test(`refuses \`${wrong}\``, () => assert.is(parseRange(wrong), null));
});
