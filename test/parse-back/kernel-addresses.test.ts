// Addresses as the C library prints them.
import * as assert from 'uvu/assert';
import { equalSets } from '../../src/net/address-set.ts';
import { describe } from '../kit/suite.ts';
import { parseKernelAddress, parseKernelRange, parseKernelRanges, plainAddress } from './kernel-addresses.ts';

describe('addresses of kernel tools', (test) => {
  test('IPv4 and IPv6, with zeros left out anywhere', () => {
    assert.equal(parseKernelAddress('10.0.0.255').words, [0x0a0000ff]);
    assert.equal(parseKernelAddress('fd00::7').words, [0xfd000000, 0, 0, 7]);
    assert.equal(parseKernelAddress('::').words, [0, 0, 0, 0]);
    assert.equal(parseKernelAddress('1:2:3:4:5:6:7:8').words, [0x10002, 0x30004, 0x50006, 0x70008]);
  });
  test('IPv6 with a dotted end, which policies may not contain', () => {
    assert.equal(parseKernelAddress('::ffff:10.0.0.1').words, [0, 0, 0xffff, 0x0a000001]);
    assert.equal(parseKernelAddress('::255.255.255.255').words, [0, 0, 0, 0xffffffff]);
    assert.is(plainAddress('::255.255.255.255'), '::ffff:ffff');
  });
  test('prefixes and ranges are the addresses within', () => {
    assert.ok(equalSets(parseKernelRange('10.0.0.0/30'), parseKernelRange('10.0.0.0-10.0.0.3')));
    assert.ok(equalSets(parseKernelRange('fd00::/127'), parseKernelRanges(['fd00::1', 'fd00::'])));
    assert.ok(equalSets(parseKernelRange('::/0'), parseKernelRange('::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')));
  });
  for (const text of [
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.1/33',
    '10.0.0.1/31',
    '10.0.0.2-10.0.0.1',
    '1::2::3',
    'fd00',
    'x::',
  ]) {
    test(`\`${text}\` is refused`, () => {
      assert.throws(() => parseKernelRange(text));
    });
  }
});
