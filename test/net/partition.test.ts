import fc from 'fast-check';
import * as assert from 'uvu/assert';
import {
  addressesOf,
  allAddresses,
  areDisjoint,
  cidrSet,
  equalSets,
  intersect,
  isEmpty,
  isSubset,
  noAddresses,
  subtract,
  union,
  type AddressSet,
} from '../../src/net/address-set.ts';
import type { Address } from '../../src/net/address.ts';
import { parseCidr } from '../../src/net/cidr.ts';
import { partition } from '../../src/net/partition.ts';
import { formatRanges } from '../../src/net/range-text.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const cidr = (text: string): AddressSet => cidrSet(must(parseCidr(text).cidr));
const text = (set: AddressSet): string =>
  [...formatRanges(set.IPv4, 'IPv4'), ...formatRanges(set.IPv6, 'IPv6')].join(' ');

describe('a partition, by hand', (test) => {
  test('of nothing is one class', () => {
    const { all, expand } = partition([]);
    assert.is(text(all), '0.0.0.0');
    assert.ok(equalSets(expand(all), allAddresses));
    assert.ok(isEmpty(expand(noAddresses)));
  });
  test('has a class for what is outside of every set', () => {
    const block = cidr('10.0.0.0/8');
    const { all, shrink, expand } = partition([block]);
    assert.is(text(all), '0.0.0.0 10.0.0.0');
    assert.is(text(shrink(block)), '10.0.0.0');
    assert.ok(equalSets(expand(subtract(all, shrink(block))), subtract(allAddresses, block)));
  });
  test('has one class for addresses of both families that are in the same sets', () => {
    const both = union([cidr('10.0.0.0/8'), cidr('fd00::/8')]);
    const { all, shrink } = partition([both]);
    assert.is(text(all), '0.0.0.0 10.0.0.0');
    assert.is(text(shrink(both)), '10.0.0.0');
  });
  test('cuts where sets overlap, and at both ends of the line', () => {
    const [low, high, middle] = [cidr('0.0.0.0/1'), cidr('255.255.255.255/32'), cidr('64.0.0.0/1')];
    const { all, shrink, expand } = partition([low, high, middle]);
    assert.ok(equalSets(expand(shrink(low)), low));
    assert.ok(equalSets(expand(shrink(high)), high));
    assert.ok(equalSets(expand(intersect(shrink(low), shrink(middle))), intersect(low, middle)));
    assert.ok(equalSets(expand(all), allAddresses));
  });
  test('knows the same set given twice, and the empty one', () => {
    const block = cidr('fd00::/64');
    const { shrink } = partition([block, noAddresses, block]);
    assert.is(text(shrink(block)), 'fd00::');
    assert.ok(isEmpty(shrink(noAddresses)));
  });
});

const address: fc.Arbitrary<Address> = fc.oneof(
  fc
    .constantFrom(0, 1, 2, 3, 4, 5, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1)
    .map((word): Address => ({ family: 'IPv4', words: [word] })),
  fc
    .tuple(fc.constantFrom(0, 2 ** 32 - 1), fc.constantFrom(0, 1, 2, 2 ** 32 - 1))
    .map(([high, low]): Address => ({ family: 'IPv6', words: [high, high, high, low] })),
);
const block: fc.Arbitrary<AddressSet> = fc.tuple(address, fc.nat(128)).map(([{ family, words }, bits]) => {
  const longest = family === 'IPv4' ? 32 : 128;
  const prefixLength = Math.max(0, longest - (bits % (longest + 1)));
  const base = words.map((word, index) => {
    const kept = Math.min(32, Math.max(0, prefixLength - 32 * index));
    return kept === 0 ? 0 : (word & (-1 << (32 - kept))) >>> 0;
  });
  return cidrSet({ base: { family, words: base }, prefixLength });
});
const addressSet: fc.Arbitrary<AddressSet> = fc
  .tuple(fc.array(address, { maxLength: 5 }), fc.array(block, { maxLength: 2 }), fc.array(address, { maxLength: 2 }))
  .map(([singles, blocks, holes]) => subtract(union([addressesOf(singles), ...blocks]), addressesOf(holes)));

describe('a partition of any sets', (test) => {
  const holds = (title: string, check: (sets: readonly AddressSet[]) => void): void => {
    test(title, () => {
      fc.assert(
        fc.property(fc.array(addressSet, { maxLength: 6 }), (sets) => {
          check(sets);
        }),
        { numRuns: 500 },
      );
    });
  };
  holds('gives back every set', (sets) => {
    const { shrink, expand } = partition(sets);
    for (const set of sets) assert.is(text(expand(shrink(set))), text(set));
  });
  holds('lets first addresses stand for what they are the first of, in every operation', (sets) => {
    const { all, shrink, expand } = partition(sets);
    const [a = noAddresses, b = noAddresses] = sets;
    if (sets.length < 2) return;
    assert.is(text(expand(intersect(shrink(a), shrink(b)))), text(intersect(a, b)));
    assert.is(text(expand(union([shrink(a), shrink(b)]))), text(union([a, b])));
    assert.is(text(expand(subtract(all, shrink(a)))), text(subtract(allAddresses, a)));
  });
  holds('restricts any set to some classes, and gives the very same set where all of it is inside', (sets) => {
    const [other = noAddresses, ...some] = sets;
    const { all, shrink, expand, restrict } = partition(some);
    for (const firsts of [all, noAddresses, ...some.map(shrink), ...some.map((set) => subtract(all, shrink(set)))]) {
      const restricted = restrict(other, firsts);
      assert.is(text(restricted), text(intersect(other, expand(firsts))));
      if (isSubset(other, expand(firsts))) assert.ok(restricted === other);
    }
  });
  holds('has classes that are disjoint, cover everything, and that no set cuts', (sets) => {
    const { all, expand } = partition(sets);
    const classes = sets
      .reduce<readonly AddressSet[]>(
        (pieces, set) =>
          pieces.flatMap((piece) => [intersect(piece, set), subtract(piece, set)].filter((each) => !isEmpty(each))),
        [all],
      )
      .map(expand);
    assert.ok(equalSets(union(classes), allAddresses));
    for (const [index, one] of classes.entries()) {
      for (const other of classes.slice(index + 1)) assert.ok(areDisjoint(one, other));
      for (const set of sets) assert.ok(isSubset(one, set) || areDisjoint(one, set));
    }
  });
});
