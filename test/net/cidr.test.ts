import * as assert from 'uvu/assert';
import { isStrictSubset, parseCidr } from '../../src/net/cidr.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

describe('parseCidr', (test) => {
  const problems: readonly (readonly [text: string, problem: string | null])[] = [
    ['10.9.8.0/24', null],
    ['0.0.0.0/0', null],
    ['2001:db8::/64', null],
    ['FD00:0::/64', null],
    ['10.0.0.0', 'unparsable'],
    ['10.0.0.0/33', 'unparsable'],
    ['2001:db8::/129', 'unparsable'],
    ['/8', 'unparsable'],
    ['10.0.0.0/-1', 'unparsable'],
    ['010.0.0.0/8', 'leading-zeros'],
    ['10.0.0.0/08', 'leading-zeros'],
    ['::ffff:10.0.0.0/104', 'ipv4-mapped'],
    ['::ffff:a00:0/104', 'ipv4-mapped'],
    ['10.0.0.5/24', 'host-bits'],
    ['2001:db8::1/64', 'host-bits'],
  ];
  for (const [text, problem] of problems) {
    test(`${text} is ${problem ?? 'accepted'}`, () => assert.is(parseCidr(text).problem, problem));
  }
});

describe('isStrictSubset (S-724, S-728)', (test) => {
  const pairs: readonly (readonly [inner: string, outer: string, answer: boolean])[] = [
    ['10.1.0.0/16', '10.0.0.0/8', true],
    ['10.0.0.0/8', '0.0.0.0/0', true],
    ['10.0.0.0/8', '10.0.0.0/8', false],
    ['10.0.0.0/8', '10.0.0.0/9', false],
    ['11.0.0.0/16', '10.0.0.0/8', false],
    ['2001:db8:0:1::/64', '2001:db8::/32', true],
    ['2001:db8::8:0/128', '2001:db8::/96', true],
    ['2001:db9::/64', '2001:db8::/32', false],
    ['2001:db8:1::/64', '2001:db8::/48', false],
    ['2001:db8::1:0:0/128', '2001:db8::/96', false],
    ['2001:db8::/32', '2001:db8::/32', false],
    ['fd00::/16', '10.0.0.0/8', false],
    ['10.0.0.0/16', '::/0', false],
  ];
  for (const [inner, outer, answer] of pairs) {
    test(`${inner} ${answer ? 'is' : 'is not'} strictly inside ${outer}`, () =>
      assert.is(isStrictSubset(must(parseCidr(inner).cidr), must(parseCidr(outer).cidr)), answer));
  }
});
