import * as assert from 'uvu/assert';
import type { Family } from '../../../src/net/address.ts';
import { union } from '../../../src/net/address-set.ts';
import { parseRange } from '../../../src/net/range-text.ts';
import { ipsetsOf, type HashedIpset } from '../../../targets/iptables/ipsets.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';

const sets = (family: Family, ...ranges: readonly string[]): readonly HashedIpset[] =>
  ipsetsOf(union(ranges.map((range) => must(parseRange(range), range)))[family], family);
const brief = ({ name, type, elements }: HashedIpset): readonly unknown[] => [name.slice(0, 5), type, ...elements];

describe('ipsets', (test) => {
  test('single addresses are in one set, the prefixes of blocks in another', () => {
    assert.equal(sets('IPv4', '10.0.0.1', '10.0.0.3-10.0.0.4', '10.1.0.0/16').map(brief), [
      ['npc4s', 'hash:ip', '10.0.0.1', '10.0.0.3', '10.0.0.4'],
      ['npc4b', 'hash:net', '10.1.0.0/16'],
    ]);
    assert.equal(sets('IPv6', 'fd00::1', 'fd01::/64').map(brief), [
      ['npc6s', 'hash:ip', 'fd00::1'],
      ['npc6b', 'hash:net', 'fd01::/64'],
    ]);
  });
  test('an empty one is left out', () => {
    assert.equal(sets('IPv4'), []);
    assert.equal(sets('IPv4', '10.0.0.0/8').map(brief), [['npc4b', 'hash:net', '10.0.0.0/8']]);
  });
  test('there is never a /0: half of the family is a /1, and the whole needs no set', () => {
    assert.equal(sets('IPv4', '128.0.0.0/1').map(brief), [['npc4b', 'hash:net', '128.0.0.0/1']]);
    const all = sets('IPv4', '0.0.0.1-255.255.255.255')[0]?.elements ?? [];
    assert.is(all.length, 32);
    assert.equal([all[0], all[31]], ['0.0.0.1/32', '128.0.0.0/1']);
  });
  test('buckets are a power of two, at least 64 and not fewer than elements', () => {
    const size = (count: number): number => {
      const addresses = Array.from({ length: count }, (_, index) => `10.${index >> 7}.${index & 127}.1`);
      return must(sets('IPv4', ...addresses)[0]).hashSize;
    };
    assert.equal([1, 64, 65, 1024, 1025].map(size), [64, 64, 128, 1024, 2048]);
  });
  test('equal addresses make one name, whatever they stand beside', () => {
    const [singles] = sets('IPv4', '10.0.0.1');
    const [same, blocks] = sets('IPv4', '10.0.0.1', '10.1.0.0/16');
    assert.is(same?.name, singles?.name);
    assert.is.not(blocks?.name, singles?.name);
  });
});
