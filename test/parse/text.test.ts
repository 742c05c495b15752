// Characters that no manifest needs. Source: SEC-YAML-4, SEC-YAML-10.
import * as assert from 'uvu/assert';
import { describe } from '../kit/suite.ts';
import { readJson, readYaml, told } from './read-text.ts';

describe('characters refused in every text (NP1006)', (test) => {
  const characters = [
    '\0',
    '\u0007',
    '\b',
    '\v',
    '\f',
    '\u001b',
    '\u007f',
    '\u061c',
    '\u200e',
    '\u200f',
    '\u202a',
    '\u202e',
    '\u2066',
    '\u2069',
  ];
  for (const character of characters) {
    const code = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    test(`${code} in a value, a comment, and JSON`, () => {
      const message = `NP1006 the text holds the control character ${code}`;
      assert.equal(told(readYaml(`a: 1\nb: "x${character}"\n`).diagnostics), [`2:6 ${message}`]);
      assert.equal(told(readYaml(`a: 1 # ${character}\n`).diagnostics), [`1:8 ${message}`]);
      assert.equal(told(readJson(`{"a": "${character}"}`).diagnostics), [`1:8 ${message}`]);
    });
  }
});

describe('characters that only YAML parsers disagree about', (test) => {
  const cases: readonly (readonly [name: string, character: string])[] = [
    ['a carriage return alone ends a line for kubectl', '\r'],
    ['so does next line', '\u0085'],
    ['so does line separator', '\u2028'],
    ['so does paragraph separator', '\u2029'],
    ['a C1 control is unprintable', '\u0080'],
    ['a byte-order mark inside', '\ufeff'],
  ];
  for (const [name, character] of cases) {
    test(name, () => {
      const { value, diagnostics } = readYaml(`# comment${character}a: 1\n`);
      assert.is(value, null);
      assert.is(diagnostics[0]?.code, 'NP1006');
    });
  }
  test('they stand in JSON strings as text', () => assert.equal(readJson('"\u2028\u0085"').diagnostics, []));
});

describe('characters that are allowed', (test) => {
  test('tabs behind values, both line ends, letters of every language, emoji', () =>
    assert.equal(readYaml('a: 1\t\r\nb: "\t"\nc: äöü日本語😀 # שלום\n').diagnostics, []));
});
