import * as assert from 'uvu/assert';
import { excerpt } from '../../src/diagnostics/excerpt.ts';
import { describe } from '../kit/suite.ts';
import { spanOf } from './build.ts';

describe('source lines under a diagnostic', (test) => {
  const cases: readonly (readonly [what: string, text: string, marked: string, lines: readonly string[]])[] = [
    ['the line before is shown', 'a: 1\nb: 2\n', '2', ['    1 | a: 1', '>   2 | b: 2', '      |    ^']],
    ['the first line stands alone', 'a: 1\nb: 2\n', '1', ['>   1 | a: 1', '      |    ^']],
    ['a blank line before is left out', 'a: 1\n  \nb: 2\n', '2', ['>   3 | b: 2', '      |    ^']],
    [
      'every character is marked',
      'cidr: 10.0.0.0/8',
      '10.0.0.0/8',
      ['>   1 | cidr: 10.0.0.0/8', '      |       ^^^^^^^^^^'],
    ],
    ['tabs count as one column', '\ta:\tb c', 'b', ['>   1 |  a: b c', '      |     ^']],
    ['CRLF ends a line', 'a: 1\r\nb: 2\r\n', '2', ['    1 | a: 1', '>   2 | b: 2', '      |    ^']],
    [
      'of several lines the first is marked',
      'a:\n- b\n- c\n',
      '- b\n- c',
      ['    1 | a:', '>   2 | - b', '      | ^^^'],
    ],
    ['the end of the text is marked behind it', 'a: {', '', ['>   1 | a: {', '      |     ^']],
    ['the end behind a last line end is a line of its own', 'a: {\n', '', ['    1 | a: {', '>   2 | ', '      | ^']],
    ['an empty text has one empty line', '', '', ['>   1 | ', '      | ^']],
    [
      'what steers terminals is written out',
      'a\u001b[2Jb: c',
      'c',
      ['>   1 | a<U+001B>[2Jb: c', '      |                ^'],
    ],
    [
      'what is marked and written out is marked in full',
      'a: \u202eb',
      '\u202e',
      ['>   1 | a: <U+202E>b', '      |    ^^^^^^^^'],
    ],
    ['wide letters take two columns', '日本: 語', '語', ['>   1 | 日本: 語', '      |       ^^']],
    ['accents take none', 'e\u0301: x', 'x', ['>   1 | e\u0301: x', '      |    ^']],
    ['a line end alone is marked', 'a\nb', '\n', ['>   1 | a', '      |  ^']],
  ];
  for (const [what, text, marked, lines] of cases) test(what, () => assert.equal(excerpt(spanOf(text, marked)), lines));

  test('line numbers of five digits and more move the bar', () => {
    const lines = excerpt(spanOf(`${'\n'.repeat(123_455)}a: b`, 'b'));
    assert.equal(lines, ['>123456 | a: b', '        |    ^']);
  });
  test('a text that was not kept has no lines', () => {
    const span = spanOf('a: 1', '1');
    assert.equal(excerpt({ ...span, source: { ...span.source, text: null } }), []);
  });
  test('a source cut out of a file counts from where it begins', () => {
    const span = spanOf('{"a":\n1}', '1');
    assert.equal(excerpt({ ...span, source: { ...span.source, line: 40, column: 7 } })[1], '>  41 | 1}');
  });
});

describe('long lines are cut around what is marked', (test) => {
  const far = 'x'.repeat(300);

  test('in front and behind', () => {
    const [line = '', carets = ''] = excerpt(spanOf(`${far}MARK${far}`, 'MARK'));
    assert.is(line, `>   1 | …${'x'.repeat(50)}MARK${'x'.repeat(46)}…`);
    assert.is(carets, `      | ${' '.repeat(51)}^^^^`);
  });
  test('behind only, where what is marked stands near the beginning', () => {
    const [line = ''] = excerpt(spanOf(`a: MARK${far}`, 'MARK'));
    assert.is(line, `>   1 | a: MARK${'x'.repeat(93)}…`);
  });
  test('what is marked and long', () => {
    const [line = '', carets = ''] = excerpt(spanOf(`a: ${far}`, far));
    assert.is(line, `>   1 | a: ${'x'.repeat(97)}…`);
    assert.is(carets, `      |    ${'^'.repeat(97)}`);
  });
  test('the line before', () => assert.is(excerpt(spanOf(`${far}\nb: 1`, '1'))[0], `    1 | ${'x'.repeat(100)}…`));
  test('no line before stands above a line whose beginning is not shown', () =>
    assert.is(excerpt(spanOf(`a: 1\n${far}MARK`, 'MARK')).length, 2));
  test('a pair of surrogates is left out whole', () => {
    const [line = ''] = excerpt(spanOf(`${'😀'.repeat(60)}xMARK`, 'MARK'));
    assert.not.match(line, 'U+D');
    assert.match(line, 'xMARK');
  });
  test('a line of many megabytes costs nothing', () => {
    const span = spanOf(`${'x'.repeat(8_000_000)}MARK`, 'MARK');
    const start = performance.now();
    for (let round = 0; round < 200; round++) excerpt(span);
    assert.ok(performance.now() - start < 2000);
  });
});
