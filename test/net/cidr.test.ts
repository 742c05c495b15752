import * as assert from 'uvu/assert';
import { parseCidr } from '../../src/net/cidr.ts';
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
