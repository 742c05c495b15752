import { Address6 } from 'ip-address';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { addressKey, formatAddress, parseAddress } from '../../src/net/address.ts';
import { describe } from '../kit/suite.ts';

const canonical = (text: string): string | null => {
  const address = parseAddress(text);
  return address === null ? null : formatAddress(address);
};

describe('addresses', (test) => {
  const good = {
    '0.0.0.0': '0.0.0.0',
    '255.255.255.255': '255.255.255.255',
    '10.244.1.7': '10.244.1.7',
    '::': '::',
    '::1': '::1',
    '1::': '1::',
    'FD00:0::00A': 'fd00::a',
    'fd00:0:0:0:0:0:0:1': 'fd00::1',
    '1:2:3:4:5:6:7:8': '1:2:3:4:5:6:7:8',
    '1:0:3:4:5:6:7:8': '1:0:3:4:5:6:7:8',
    '1:0:0:4:0:0:0:8': '1:0:0:4::8',
    '0:0:3:4:5:6::': '::3:4:5:6:0:0',
    'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff': 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    '64:ff9b::10.0.0.1': '64:ff9b::a00:1',
  };
  for (const [text, expected] of Object.entries(good))
    test(`${text} is ${expected} (RFC 5952)`, () => assert.is(canonical(text), expected));

  const bad = [
    ...[
      '',
      ' ',
      '.',
      '10',
      '10.0.0',
      '10.0.0.0.0',
      '10.0.0.',
      '.10.0.0',
      '10..0.0',
      '256.0.0.1',
      '01.0.0.1',
      '1.2.3.4 ',
    ],
    ...['+1.2.3.4', '0x1.2.3.4', '1.2.3.4/32', '１.2.3.4', ':', ':::', '1:', ':1', '1::2::3', '1:2:3:4:5:6:7'],
    ...[
      '1:2:3:4:5:6:7:8:9',
      '1:2:3:4:5:6:7:8::',
      '::1:2:3:4:5:6:7:8',
      '12345::',
      'g::',
      'fe80::1%eth0',
      '::/0',
      '1::-',
    ],
    ...['::ffff:10.0.0.1', '::ffff:a00:1', '0:0:0:0:0:FFFF:a00:1', '::010.0.0.1', '1.2.3.4::', '::1.2.3', '[::1]'],
  ];
  for (const text of bad) test(`\`${text}\` is no address`, () => assert.is(parseAddress(text), null));

  test('what is read quickly is what the library reads', () => {
    const group = fc.oneof(fc.stringMatching(/^[0-9a-fA-F]{0,4}$/), fc.constantFrom('0', '', 'ffff', '00001'));
    const text = fc.array(group, { minLength: 1, maxLength: 10 }).map((groups) => groups.join(':'));
    fc.assert(
      fc.property(text, (given) => {
        const library = given.includes(':') && Address6.isValid(given) ? new Address6(given).correctForm() : null;
        if (!library?.startsWith('::ffff:')) assert.is(canonical(given), library);
      }),
      { numRuns: 3000 },
    );
  });
  test('keys are equal exactly for equal addresses', () => {
    const texts = ['0.0.0.1', '::1', '0.0.0.2', '::2', '::1:0', '1::', '::1'];
    const keys = texts.map((text) => addressKey(parseAddress(text) ?? { family: 'IPv4', words: [] }));
    assert.is(new Set(keys).size, 6);
    assert.is(keys[1], keys[6]);
  });
});
