import * as assert from 'uvu/assert';
import { formatIPv4, formatIPv6, wordsOf, type Family } from '../../../src/net/address.ts';
import { union } from '../../../src/net/address-set.ts';
import { formatRanges, parseRange } from '../../../src/net/range-text.ts';
import { splitRanges } from '../../../targets/shared/split-ranges.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';

const split = (family: Family, ...texts: readonly string[]): readonly [string[], readonly string[]] => {
  const set = union(texts.map((text) => must(parseRange(text), text)));
  const { singles, blocks } = splitRanges(set[family], family);
  const width = wordsOf(family);
  const addresses = Array.from({ length: singles.length / width }, (_, index) =>
    family === 'IPv4' ? formatIPv4(must(singles[index])) : formatIPv6(singles, index * width),
  );
  return [addresses, formatRanges(blocks, family)];
};
const sizes = (...texts: readonly string[]): readonly [number, number] => {
  const [singles, blocks] = split('IPv4', ...texts);
  return [singles.length, blocks.length];
};

describe('splitting ranges', (test) => {
  test('single addresses and runs of neighbouring pods become single addresses, in order', () => {
    assert.equal(split('IPv4', '10.0.0.1', '10.0.0.4-10.0.0.6', '10.0.0.8'), [
      ['10.0.0.1', '10.0.0.4', '10.0.0.5', '10.0.0.6', '10.0.0.8'],
      [],
    ]);
    assert.equal(split('IPv6', 'fd00::fffe-fd00::1:1'), [['fd00::fffe', 'fd00::ffff', 'fd00::1:0', 'fd00::1:1'], []]);
  });
  test('a prefix of 16 addresses is a block; of 8, or not aligned, it is a run', () => {
    assert.equal(split('IPv4', '10.0.0.0/28'), [[], ['10.0.0.0/28']]);
    assert.equal(sizes('10.0.0.0/29'), [8, 0]);
    assert.equal(sizes('10.0.0.8-10.0.0.23'), [16, 0]);
    assert.equal(sizes('10.0.0.0-10.0.0.16'), [17, 0]);
  });
  test('a run of 256 is written out, one of 257 is not', () => {
    assert.equal(sizes('10.0.0.1-10.0.1.0'), [256, 0]);
    assert.equal(sizes('10.0.0.1-10.0.1.1'), [0, 1]);
  });
  test('a range whose ends differ in the upper words is a block', () => {
    assert.equal(split('IPv6', 'fd00::ffff:ffff-fd00::1:0:0'), [[], ['fd00::ffff:ffff-fd00::1:0:0']]);
  });
  test('when that would make 262,145 addresses, only single ones are written out', () => {
    const runs = (count: number): string[] =>
      Array.from({ length: count }, (_, index) => {
        const at = `10.${index >> 7}.${(index & 127) * 2}`;
        return `${at}.1-${at.replace(/\d+$/, (last) => String(Number(last) + 1))}.0`;
      });
    assert.equal(sizes(...runs(1024)), [262_144, 0]);
    assert.equal(sizes(...runs(1024), '192.168.0.1'), [1, 1024]);
  });
  test('the ends of the line are no trap', () => {
    assert.equal(split('IPv4', '0.0.0.1', '255.255.255.254-255.255.255.255'), [
      ['0.0.0.1', '255.255.255.254', '255.255.255.255'],
      [],
    ]);
    assert.equal(split('IPv4'), [[], []]);
  });
  test('the unspecified address is never a single address: the hashes of ipset refuse it', () => {
    assert.equal(split('IPv4', '0.0.0.0', '10.0.0.1'), [['10.0.0.1'], ['0.0.0.0']]);
    assert.equal(split('IPv4', '0.0.0.0-0.0.0.2'), [[], ['0.0.0.0-0.0.0.2']]);
    assert.equal(split('IPv6', '::', '::2-::3'), [['::2', '::3'], ['::']]);
  });
});
