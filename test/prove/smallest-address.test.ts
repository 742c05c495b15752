import * as assert from 'uvu/assert';
import { formatAddress, parseAddress } from '../../src/net/address.ts';
import { noAddresses, union } from '../../src/net/address-set.ts';
import { parseRange } from '../../src/net/range-text.ts';
import { smallestAddress } from '../../src/prove/smallest-address.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

describe('the smallest address', (test) => {
  const cases: readonly (readonly [ranges: string, except: string, found: string | null])[] = [
    ['10.0.0.0/8 fd00::/8', '', '10.0.0.0'],
    ['0.0.0.0/0', '', '1.0.0.0'],
    ['::/0', '', '2000::'],
    ['126.0.0.0/7', '', '126.0.0.0'],
    ['127.0.0.0/8 fd00::1', '', 'fd00::1'],
    ['224.0.0.0/4', '', '224.0.0.0'],
    ['ff02::1', '', 'ff02::1'],
    ['10.0.0.0/30', '10.0.0.0', '10.0.0.1'],
    ['10.0.0.0/30', '10.0.0.1 10.0.0.0', '10.0.0.2'],
    ['10.0.0.1 10.0.0.3 10.0.0.5', '10.0.0.1 10.0.0.3', '10.0.0.5'],
    ['10.0.0.1 10.0.0.3', '10.0.0.1 10.0.0.3', null],
    ['10.0.0.1 fd00::1', '10.0.0.1', 'fd00::1'],
    ['', '', null],
  ];
  for (const [ranges, except, found] of cases) {
    test(`of ${ranges === '' ? 'nothing' : ranges}${except === '' ? '' : ` but ${except}`} is ${found ?? 'none'}`, () => {
      const set = union([noAddresses, ...listOf(ranges).map((text) => must(parseRange(text), text))]);
      const address = smallestAddress(
        set,
        listOf(except).map((text) => must(parseAddress(text), text)),
      );
      assert.is(address === null ? null : formatAddress(address), found);
    });
  }
});

function listOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ');
}
