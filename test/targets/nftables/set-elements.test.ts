import * as assert from 'uvu/assert';
import { parseAddress, type Family } from '../../../src/net/address.ts';
import { union } from '../../../src/net/address-set.ts';
import { parseRange } from '../../../src/net/range-text.ts';
import { setElements, type SetElements } from '../../../targets/nftables/set-elements.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';

const split = (family: Family, ...ranges: readonly string[]): SetElements =>
  setElements(union(ranges.map((range) => must(parseRange(range), range)))[family], family);

describe('elements of nft sets', (test) => {
  test('single addresses and runs of neighbouring pods become single addresses', () => {
    assert.equal(split('IPv4', '10.0.0.1', '10.0.0.4-10.0.0.6'), {
      singles: ['10.0.0.1', '10.0.0.4', '10.0.0.5', '10.0.0.6'],
      intervals: [],
    });
    assert.equal(split('IPv6', 'fd00::fffe-fd00::1:1'), {
      singles: ['fd00::fffe', 'fd00::ffff', 'fd00::1:0', 'fd00::1:1'],
      intervals: [],
    });
  });
  test('what somebody wrote as a block stays one element', () => {
    assert.equal(split('IPv4', '10.0.0.0/28', '10.1.0.0/16'), {
      singles: [],
      intervals: ['10.0.0.0/28', '10.1.0.0/16'],
    });
    assert.equal(split('IPv6', 'fd00::/64').intervals, ['fd00::/64']);
  });
  test('a run of 256 is written out, one of 257 is not', () => {
    assert.is(split('IPv4', '10.0.0.1-10.0.1.0').singles.length, 256);
    assert.equal(split('IPv4', '10.0.0.1-10.0.1.1').intervals, ['10.0.0.1-10.0.1.1']);
  });
  test('a range whose ends differ in the upper words is an interval', () => {
    assert.equal(split('IPv6', 'fd00::ffff:ffff-fd00::1:0:0').singles, []);
    assert.equal(split('IPv6', 'fd00::ffff:ffff-fd00::1:0:0').intervals, ['fd00::ffff:ffff-fd00::1:0:0']);
  });
  test('the last address of the line is no trap', () => {
    assert.equal(split('IPv4', '255.255.255.254-255.255.255.255').singles, ['255.255.255.254', '255.255.255.255']);
    assert.ok(parseAddress('255.255.255.255'));
  });
});
