// Nothing that is printed can steer a terminal or look like something else. Source: TH-10, SEC-YAML-10.
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { columnsOf, cutText, escapeJson, escapeText } from '../../src/diagnostics/safe-text.ts';
import { describe } from '../kit/suite.ts';

describe('escapeText', (test) => {
  const cases: readonly (readonly [text: string, escaped: string])[] = [
    ['plain `text` "quoted" äöü 日本 😀', 'plain `text` "quoted" äöü 日本 😀'],
    ['\u001b]0;title\u0007', '<U+001B>]0;title<U+0007>'],
    ['a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['\0', '<U+0000>'],
    ['\u007f\u009b1m', '<U+007F><U+009B>1m'],
    ['\u202eevil\u2066', '<U+202E>evil<U+2066>'],
    ['\u200b\u200d\ufeff\u00ad', '<U+200B><U+200D><U+FEFF><U+00AD>'],
    ['\u2028\u2029', '<U+2028><U+2029>'],
    ['a\u00a0b\u3000c', 'a<U+00A0>b<U+3000>c'],
    ['\ud800', '<U+D800>'],
    ['\u{e0041}', '<U+E0041>'],
  ];
  for (const [text, escaped] of cases) test(JSON.stringify(text), () => assert.is(escapeText(text), escaped));

  test('whatever goes in, only letters, marks, digits, punctuation, symbols and spaces come out', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) =>
        assert.match(escapeText(text), /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u),
      ),
      { numRuns: 300 },
    ));
});

describe('escapeJson', (test) => {
  test('means the same and holds nothing unseen but line ends', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = escapeJson(JSON.stringify({ text }, null, 2));
        assert.equal(JSON.parse(json), { text });
        assert.not.match(json, /[^\n\P{C}]/u);
      }),
      { numRuns: 300 },
    ));
});

describe('cutText', (test) => {
  test('what fits stays', () => assert.is(cutText('abc', 3), 'abc'));
  test('what does not fit ends in …', () => assert.is(cutText('abcd', 3), 'ab…'));
  test('pairs of surrogates are not halved', () => assert.is(cutText('a😀b', 3), 'a…'));
});

describe('columnsOf', (test) => {
  const cases: readonly (readonly [text: string, columns: number])[] = [
    ['', 0],
    ['abc', 3],
    ['äöü', 3],
    ['日本', 4],
    ['한글', 4],
    ['😀', 2],
    ['e\u0301', 1],
  ];
  for (const [text, columns] of cases) test(JSON.stringify(text), () => assert.is(columnsOf(text), columns));
});
