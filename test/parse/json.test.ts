import * as assert from 'uvu/assert';
import { toPlain } from '../../src/parse/plain.ts';
import { positionOf } from '../../src/source/source.ts';
import { describe } from '../kit/suite.ts';
import { readJson, told } from './read-text.ts';

describe('JSON that is read', (test) => {
  const texts = [
    'null',
    ' {"a" : [1, -2.5e+3, true, false, null, "x"] , "b": {} }\r\n',
    '[]',
    '[[], {}]',
    '"\\u00e9\\ud83d\\ude00\\n\\/\\""',
    '"é😀\u2028"',
    '{"": {"constructor": 1}}',
    '-0',
    '123456789012345678901',
    '1e999',
    '{"a": "\\u0000"}',
  ];
  for (const text of texts) {
    test(text, () => {
      const { value, diagnostics } = readJson(text);
      assert.equal(diagnostics, []);
      assert.equal(value === null ? undefined : toPlain(value), JSON.parse(text) as unknown);
    });
  }

  test('a byte-order mark at the beginning', () => assert.equal(readJson('\ufeff{}').diagnostics, []));
  test('`__proto__` is a key like any other', () => {
    const { value } = readJson('{"__proto__": {"a": 1}}');
    assert.equal(Object.keys(value === null ? {} : (toPlain(value) as object)), ['__proto__']);
  });
  test('keys and values know where they are', () => {
    const { value } = readJson('{\n  "a": [1,\n  22]}');
    if (value?.kind !== 'mapping') throw new Error('no mapping');
    const [entry] = value.entries;
    if (entry?.value.kind !== 'sequence') throw new Error('no sequence');
    const [, second] = entry.value.items;
    assert.equal(positionOf(entry.keySpan), { line: 2, column: 3 });
    assert.equal(second === undefined ? null : [positionOf(second.span), second.span.end - second.span.start], [
      { line: 3, column: 3 },
      2,
    ]);
  });
});

describe('JSON that is refused', (test) => {
  const cases: readonly (readonly [text: string, told: string])[] = [
    ['', '1:1 NP1007 this is not JSON: the text ends too early'],
    ['{', '1:2 NP1007 this is not JSON: expected a key in double quotes'],
    ['{"a"}', '1:5 NP1007 this is not JSON: expected `:` after the key'],
    ['{"a":}', '1:6 NP1007 this is not JSON: expected a value'],
    ['{"a":1 "b":2}', '1:8 NP1007 this is not JSON: expected `,` or `}`'],
    ['{"a":1,}', '1:8 NP1007 this is not JSON: expected a key in double quotes'],
    ["{'a':1}", '1:2 NP1007 this is not JSON: expected a key in double quotes'],
    ['{a:1}', '1:2 NP1007 this is not JSON: expected a key in double quotes'],
    ['[1,]', '1:4 NP1007 this is not JSON: expected a value'],
    ['[1 2]', '1:4 NP1007 this is not JSON: expected `,` or `]`'],
    ['[1', '1:3 NP1007 this is not JSON: expected `,` or `]`'],
    ['01', '1:2 NP1007 this is not JSON: nothing may follow the value'],
    ['1.', '1:2 NP1007 this is not JSON: nothing may follow the value'],
    ['.5', '1:1 NP1007 this is not JSON: expected a value'],
    ['+1', '1:1 NP1007 this is not JSON: expected a value'],
    ['NaN', '1:1 NP1007 this is not JSON: expected a value'],
    ['{} {}', '1:4 NP1007 this is not JSON: nothing may follow the value'],
    ['// comment\n{}', '1:1 NP1007 this is not JSON: expected a value'],
    ['"a', '1:3 NP1007 this is not JSON: the string does not end on its line'],
    ['"a\nb"', '1:3 NP1007 this is not JSON: the string does not end on its line'],
    ['"a\\', '1:4 NP1007 this is not JSON: the string does not end on its line'],
    ['"a\tb"', '1:3 NP1007 this is not JSON: a tab in a string is written `\\t`'],
    ['"\\x"', '1:1 NP1007 this is not JSON: the string holds an escape that JSON does not know'],
    ['{"a":1,\n"b":2,"a":3}', '2:7 NP1008 key `a` is given twice in one mapping'],
    ['{"a":1,"\\u0061":2}', '1:8 NP1008 key `a` is given twice in one mapping'],
    ['[{"a":{"b":1,"b":2}}]', '1:14 NP1008 key `b` is given twice in one mapping'],
  ];
  for (const [text, expected] of cases) {
    test(JSON.stringify(text), () => {
      const { value, diagnostics } = readJson(text);
      assert.is(value, null);
      assert.equal(told(diagnostics), [expected]);
    });
  }

  test('where the text ends in the middle, the hint says that it may be cut off', () => {
    assert.match(readJson('{"a": [1,').diagnostics[0]?.hint ?? '', 'cut off');
    assert.is(readJson('[1 2]').diagnostics[0]?.hint, null);
  });
});
