// The two YAML dialects, scalar by scalar. Source: S-107.
import * as assert from 'uvu/assert';
import { plainAmbiguity, readPlain12 } from '../../src/parse/scalar.ts';
import { describe } from '../kit/suite.ts';

describe('the same for both dialects', (test) => {
  const cases: readonly (readonly [text: string, value: unknown])[] = [
    ['', null],
    ['~', null],
    ['null', null],
    ['Null', null],
    ['NULL', null],
    ['nUll', 'nUll'],
    ['true', true],
    ['True', true],
    ['FALSE', false],
    ['tRue', 'tRue'],
    ['0', 0],
    ['-0', -0],
    ['80', 80],
    ['-1', -1],
    ['+1', 1],
    ['0x1F', 31],
    ['1.5', 1.5],
    ['-.5', -0.5],
    ['1.10', 1.1],
    ['.inf', Infinity],
    ['-.Inf', -Infinity],
    ['123456789012345678901', 123456789012345680000],
    ['a', 'a'],
    ['x', 'x'],
    ['yess', 'yess'],
    ['on-call', 'on-call'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['2001:db8::/64', '2001:db8::/64'],
    ['::1', '::1'],
    ['1.2.3', '1.2.3'],
    ['2024-01-01', '2024-01-01'],
    ['.', '.'],
    ['-', '-'],
    ['0x', '0x'],
    ['1-2', '1-2'],
  ];
  for (const [text, value] of cases) {
    test(JSON.stringify(text), () => {
      assert.is(plainAmbiguity(text), null);
      assert.ok(Object.is(readPlain12(text), value), String(readPlain12(text)));
    });
  }
  test('.nan', () => assert.ok(Number.isNaN(readPlain12('.nan')) && plainAmbiguity('.nan') === null));
});

describe('different', (test) => {
  const cases: readonly (readonly [text: string, yaml11: string, yaml12: string])[] = [
    ['on', 'true', 'the string "on"'],
    ['On', 'true', 'the string "On"'],
    ['OFF', 'false', 'the string "OFF"'],
    ['yes', 'true', 'the string "yes"'],
    ['No', 'false', 'the string "No"'],
    ['y', 'true', 'the string "y"'],
    ['N', 'false', 'the string "N"'],
    ['010', '8', '10'],
    ['-010', '-8', '-10'],
    ['0o10', 'the string "0o10"', '8'],
    ['0b11', '3', 'the string "0b11"'],
    ['1_000', '1000', 'the string "1_000"'],
    ['0x1_F', '31', 'the string "0x1_F"'],
    ['-0x1F', '-31', 'the string "-0x1F"'],
    ['22:22', '1342', 'the string "22:22"'],
    ['1:30:00', '5400', 'the string "1:30:00"'],
    ['-1:30', '-90', 'the string "-1:30"'],
    ['08', 'the string "08"', '8'],
    ['1e3', 'the string "1e3"', '1000'],
    ['1.5e3', 'the string "1.5e3"', '1500'],
  ];
  for (const [text, yaml11, yaml12] of cases) {
    test(text, () => assert.equal(plainAmbiguity(text), { yaml11, yaml12 }));
  }
});
