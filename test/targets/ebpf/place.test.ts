import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { contains, type AddressSet } from '../../../src/net/address-set.ts';
import { formatAddress, formatIPv4, type Address, type Family } from '../../../src/net/address.ts';
import { findIdentities } from '../../../targets/ebpf/identities.ts';
import { placeIdentities } from '../../../targets/ebpf/place.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { addressOf, setOf } from './tables.ts';

interface Placed {
  readonly singles: readonly string[];
  readonly prefixes: readonly string[];
}

/** `10.0.0.7 → 1`, `10.0.0.0/8 → 2`: which identity sets number 1, 2, … give to what. */
const place = (family: Family, ...sets: readonly AddressSet[]): Placed => {
  const { lines } = findIdentities(sets, 1000);
  const { singles, prefixes } = placeIdentities(lines[family]);
  const width = family === 'IPv4' ? 1 : 4;
  const text = (words: readonly number[], index: number): string =>
    formatAddress({ family, words: words.slice(index * width, (index + 1) * width) });
  return {
    singles: singles.identities.map((identity, index) => `${text(singles.words, index)} → ${identity}`),
    prefixes: prefixes.identities.map(
      (identity, index) => `${text(prefixes.words, index)}/${prefixes.lengths[index]} → ${identity}`,
    ),
  };
};

describe('placing identities', (test) => {
  test('single addresses and short runs are singles; what somebody wrote as a block is a prefix', () => {
    assert.equal(place('IPv4', setOf('10.0.0.1', '10.0.0.6-10.0.0.8', '10.1.0.0/28')), {
      singles: ['10.0.0.1 → 1', '10.0.0.6 → 1', '10.0.0.7 → 1', '10.0.0.8 → 1'],
      prefixes: ['10.1.0.0/28 → 1'],
    });
    assert.equal(place('IPv6', setOf('fd00::1', 'fd00::ffff:ffff', 'fd01::/64')), {
      singles: ['fd00::1 → 1', 'fd00::ffff:ffff → 1'],
      prefixes: ['fd01::/64 → 1'],
    });
  });
  test('a pod inside a block is a single with both, and the block stays whole', () => {
    assert.equal(place('IPv4', setOf('10.0.0.0/8'), setOf('10.3.4.5', '11.0.0.1')), {
      singles: ['10.3.4.5 → 2', '11.0.0.1 → 3'],
      prefixes: ['10.0.0.0/8 → 1'],
    });
  });
  test('an address left out of a block is a single of identity 0, a block left out is a prefix of identity 0', () => {
    assert.equal(place('IPv4', setOf('10.0.0.0-10.2.255.255', '10.4.0.0-10.9.0.6', '10.9.0.8-10.255.255.255')), {
      singles: ['10.9.0.7 → 0'],
      prefixes: ['10.0.0.0/8 → 1', '10.3.0.0/16 → 0'],
    });
  });
  test('an address left out of one of two blocks keeps the other one', () => {
    // Identities by their sets: 1 = {1}, 2 = {1, 2}, and outside of both 0.
    const all = setOf('0.0.0.0/0');
    assert.equal(place('IPv4', all, setOf('10.0.0.0-10.9.0.6', '10.9.0.8-10.255.255.255')), {
      singles: ['10.9.0.7 → 1'],
      prefixes: ['0.0.0.0/0 → 1', '10.0.0.0/8 → 2'],
    });
  });
  test('the first and last addresses of a block can be left out as well', () => {
    assert.equal(place('IPv4', setOf('10.0.0.1-10.0.255.254')), {
      singles: ['10.0.0.0 → 0', '10.0.255.255 → 0'],
      prefixes: ['10.0.0.0/16 → 1'],
    });
    assert.equal(place('IPv4', setOf('0.0.0.1-255.255.255.254')), {
      singles: ['0.0.0.0 → 0', '255.255.255.255 → 0'],
      prefixes: ['0.0.0.0/0 → 1'],
    });
  });
  test('whole families are prefixes of length 0', () => {
    assert.equal(place('IPv4', setOf('0.0.0.0/0')), { singles: [], prefixes: ['0.0.0.0/0 → 1'] });
    assert.equal(place('IPv6', setOf('0.0.0.0/0')), { singles: [], prefixes: [] });
    assert.equal(place('IPv6', setOf('::/0'), setOf('::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')), {
      singles: [':: → 2', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff → 2'],
      prefixes: ['::/0 → 1'],
    });
  });
  test('pods beside each other do not make a prefix, and what lies between them is not written out', () => {
    const pods = Array.from({ length: 100 }, (_, index) => `10.0.0.${2 * index + 1}`);
    const { singles, prefixes } = place('IPv4', setOf(...pods), setOf('10.0.0.0/16'));
    assert.equal(
      singles,
      pods.map((pod) => `${pod} → 1`),
    );
    assert.equal(prefixes, ['10.0.0.0/16 → 2']);
  });
  test('a range that is no prefix costs few of them', () => {
    // As plain prefixes: /31, /30, /29, …, and the like at the other end.
    assert.equal(place('IPv4', setOf('10.0.0.2-10.3.0.3')), {
      singles: [
        ...['10.0.0.0 → 0', '10.0.0.1 → 0'],
        ...['10.3.0.0 → 1', '10.3.0.1 → 1', '10.3.0.2 → 1', '10.3.0.3 → 1'],
      ],
      prefixes: ['10.0.0.0/15 → 1', '10.2.0.0/16 → 1'],
    });
  });
  test('identities are numbered by the sets that they stand for', () => {
    const sets = [setOf('10.0.0.1', '10.0.0.2', 'fd00::1'), setOf('10.0.0.2', '10.0.0.3')];
    const { setsByIdentity, memberships } = findIdentities(sets, 1000);
    assert.equal(setsByIdentity, [[], [1], [1, 2], [2]]);
    assert.is(memberships, 4);
    assert.equal(place('IPv4', ...sets).singles, ['10.0.0.1 → 1', '10.0.0.2 → 2', '10.0.0.3 → 3']);
    assert.equal(place('IPv6', ...sets).singles, ['fd00::1 → 1']);
  });
  test('without sets there is nothing', () => {
    assert.equal(findIdentities([], 1000).setsByIdentity, [[]]);
    assert.equal(place('IPv4'), { singles: [], prefixes: [] });
  });
  test('more than a million addresses in runs are told by prefixes rather than written out', () => {
    // 250 neighbours in each of 5,000 × 256 addresses; with 6 left over at the end, a prefix and 6 exceptions.
    const sets = [0, 1, 2, 3, 4].map((part) =>
      setOf(
        ...Array.from({ length: 1000 }, (_, index) => {
          const first = 0x0a000000 + (1000 * part + index) * 256;
          return `${formatIPv4(first)}-${formatIPv4(first + 249)}`;
        }),
      ),
    );
    const written = place('IPv4', must(sets[0]));
    assert.equal([written.singles.length, written.prefixes.length], [250_000, 0]);
    const { singles, prefixes } = place('IPv4', ...sets);
    assert.equal([singles.length, singles[0], singles[6]], [30_000, '10.0.0.250 → 0', '10.0.1.250 → 0']);
    assert.ok(prefixes.length < 50, `${prefixes.length} prefixes`);
  });
  test('beyond the limit no lists are made', () => {
    const { setsByIdentity, memberships } = findIdentities([setOf('10.0.0.1'), setOf('10.0.0.1', '10.0.0.2')], 2);
    assert.equal([setsByIdentity, memberships], [null, 3]);
  });
  test('every address has exactly the sets that it is in, whatever the sets are', () => {
    fc.assert(fc.property(fc.array(someSet, { maxLength: 5 }), isExact), { numRuns: 150 });
  });
});

/** Ranges crowd at few places, so that runs, holes, blocks and edges meet. */
const someSet = fc
  .array(fc.tuple(fc.constantFrom(0, 0x0a000000, 0x0a00ff00, 0xfffffe00), fc.nat(511), fc.nat(600)), { maxLength: 8 })
  .map((ranges) =>
    setOf(
      ...ranges.map(([base, start, length]) => {
        const first = base + start;
        return `${formatIPv4(first)}-${formatIPv4(Math.min(first + length, 0xffffffff))}`;
      }),
    ),
  );

/** Asks about every address near a boundary of a set. IPv6 is held to the same by using the words of IPv4 in each place. */
function isExact(drawn: readonly AddressSet[]): void {
  const sets = drawn.filter(({ IPv4 }) => IPv4.length > 0);
  for (const family of ['IPv4', 'IPv6'] as const) {
    for (const position of family === 'IPv4' ? [0] : [0, 2, 3]) {
      const moved = sets.map((set) => (family === 'IPv4' ? set : inIPv6(set, position)));
      checkAll(moved, family, position);
    }
  }
}

function checkAll(sets: readonly AddressSet[], family: Family, position: number): void {
  const { lines, setsByIdentity } = findIdentities(sets, 1e6);
  const { singles, prefixes } = placeIdentities(lines[family]);
  const width = family === 'IPv4' ? 1 : 4;
  const single = new Map(
    singles.identities.map((id, i) => [singles.words.slice(i * width, (i + 1) * width).join(), id]),
  );
  const prefix = new Map(
    prefixes.identities.map((id, i) => [
      `${prefixes.lengths[i]} ${prefixes.words.slice(i * width, (i + 1) * width).join()}`,
      id,
    ]),
  );
  assert.is(single.size, singles.identities.length);
  assert.is(prefix.size, prefixes.identities.length);
  for (const address of edgesOf(sets, family, position)) {
    const found = single.get(address.words.join()) ?? longest(prefix, address) ?? 0;
    const wanted = sets.flatMap((set, index) => (contains(set, address) ? [index + 1] : []));
    assert.equal(must(setsByIdentity)[found], wanted, formatAddress(address));
  }
}

function longest(prefix: ReadonlyMap<string, number>, { words }: Address): number | undefined {
  const lengths = new Set([...prefix.keys()].map((key) => parseInt(key, 10)));
  for (const length of [...lengths].sort((a, b) => b - a)) {
    const masked = words.map((word, k) => {
      const host = Math.min(32, Math.max(0, 32 * (k + 1) - length));
      return host === 32 ? 0 : ((word >>> host) << host) >>> 0;
    });
    const found = prefix.get(`${length} ${masked.join()}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The word of an IPv4 address as word number `position`, and zeros or ones behind it. */
function inIPv6(set: AddressSet, position: number): AddressSet {
  const words = [...set.IPv4].flatMap((word, index) => {
    const rest = index % 2 === 0 ? 0 : 0xffffffff;
    return [0, 1, 2, 3].map((k) => (k < position ? 0xfd000000 : k === position ? word : rest));
  });
  return { IPv4: new Uint32Array(0), IPv6: Uint32Array.from(words) };
}

function edgesOf(sets: readonly AddressSet[], family: Family, position: number): readonly Address[] {
  const width = family === 'IPv4' ? 1 : 4;
  const found: Address[] = [];
  for (const set of sets) {
    for (let at = 0; at < set[family].length; at += width) {
      const words = [...set[family].slice(at, at + width)];
      for (const step of [-17, -16, -2, -1, 0, 1, 2, 15, 16]) {
        const k = step % 2 === 0 ? width - 1 : position;
        const word = (words[k] ?? 0) + step;
        if (word >= 0 && word <= 0xffffffff) found.push({ family, words: words.with(k, word) });
      }
    }
  }
  return found.length === 0 ? [addressOf(family === 'IPv4' ? '10.0.0.1' : 'fd00::1')] : found;
}
