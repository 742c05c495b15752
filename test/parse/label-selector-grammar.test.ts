import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { buildSelectorGrammar, parseSelectorSyntax } from '../../src/parse/label-selector-grammar.ts';
import { wholeSource } from '../../src/source/source.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

/** `[operator, key, values…]` for each requirement; an empty slot is null. */
function shapeOf(text: string): readonly unknown[] {
  const requirements = must(parseSelectorSyntax(wholeSource('-l', text)).value, text);
  return requirements.map(({ operator, key, values }) => [operator, key.text, ...values.map((v) => v?.text ?? null)]);
}

describe('label-selector grammar', (test) => {
  test('chevrotain finds nothing wrong with lexer and parser', () => void buildSelectorGrammar(false));

  const shapes: readonly (readonly [text: string, shape: readonly unknown[]])[] = [
    ['', []],
    [' \t\r\n', []],
    ['a', [['exists', 'a']]],
    ['!a', [['!', 'a']]],
    [
      '! a , b',
      [
        ['!', 'a'],
        ['exists', 'b'],
      ],
    ],
    [
      'a=b,a==b,a!=b',
      [
        ['=', 'a', 'b'],
        ['==', 'a', 'b'],
        ['!=', 'a', 'b'],
      ],
    ],
    ['a=', [['=', 'a', null]]],
    [
      'a=,b==,c!=',
      [
        ['=', 'a', null],
        ['==', 'b', null],
        ['!=', 'c', null],
      ],
    ],
    [
      'a>1,b<-2',
      [
        ['>', 'a', '1'],
        ['<', 'b', '-2'],
      ],
    ],
    ['a in ()', [['in', 'a', null]]],
    ['a in(b,,c)', [['in', 'a', 'b', null, 'c']]],
    ['a notin ( , b , )', [['notin', 'a', null, 'b', null]]],
    ['in in (in,notin)', [['in', 'in', 'in', 'notin']]],
    [
      'notin,!in,in=notin',
      [
        ['exists', 'notin'],
        ['!', 'in'],
        ['=', 'in', 'notin'],
      ],
    ],
    ['inside=notinside', [['=', 'inside', 'notinside']]],
    ['a\u00a0b=é', [['=', 'a\u00a0b', 'é']]],
  ];
  for (const [text, shape] of shapes) {
    test(`${JSON.stringify(text)} parses (S-411 to S-416)`, () => assert.equal(shapeOf(text), shape));
  }

  test('words know their places', () => {
    const [first, second] = must(parseSelectorSyntax(wholeSource('-l', 'a, role in (db, web)')).value);
    assert.equal([first?.key.span.start, first?.key.span.end], [0, 1]);
    assert.equal([second?.key.span.start, second?.key.span.end], [3, 7]);
    assert.equal([second?.values[1]?.span.start, second?.values[1]?.span.end], [16, 19]);
  });
});

describe('label-selector grammar: what does not follow it (NP1040)', (test) => {
  const end = 'the end of the selector';
  const operators = 'an operator such as `=` or `in`';
  const broken: readonly (readonly [text: string, at: readonly [number, number], expected: string, found: string])[] = [
    ['x===a', [3, 4], `a value, \`,\` or ${end}`, '`=`'],
    ['x>=1', [2, 3], 'a value', '`=`'],
    ['x<=1', [2, 3], 'a value', '`=`'],
    ['x=!a', [2, 3], `a value, \`,\` or ${end}`, '`!`'],
    ['x!==a', [3, 4], `a value, \`,\` or ${end}`, '`=`'],
    ['x>', [2, 2], 'a value', end],
    ['!x=a', [2, 3], `\`,\` or ${end}`, '`=`'],
    ['!x in (a)', [3, 5], `\`,\` or ${end}`, '`in`'],
    ['!!x', [1, 2], 'a label key', '`!`'],
    ['!', [1, 1], 'a label key', end],
    ['a,', [2, 2], '`!` or a label key', end],
    ['a,,b', [2, 3], '`!` or a label key', '`,`'],
    [',a', [0, 1], `\`!\`, a label key or ${end}`, '`,`'],
    ['a in (b', [7, 7], '`,` or `)`', end],
    ['a in (b c)', [8, 9], '`,` or `)`', '`c`'],
    ['a in b', [5, 6], '`(`', '`b`'],
    ['a in', [4, 4], '`(`', end],
    ['a IN (b)', [2, 4], `${operators}, \`,\` or ${end}`, '`IN`'],
    ['a=b c', [4, 5], `\`,\` or ${end}`, '`c`'],
    ['a=b)', [3, 4], `\`,\` or ${end}`, '`)`'],
    ['(a)', [0, 1], `\`!\`, a label key or ${end}`, '`(`'],
  ];
  for (const [text, [start, stop], expected, found] of broken) {
    test(`${text}: expected ${expected}, found ${found}`, () => {
      const { value, diagnostics } = parseSelectorSyntax(wholeSource('-l', text));
      assert.is(value, null);
      assert.equal(
        diagnostics.map(({ code, message, span }) => [code, message, span?.start, span?.end]),
        [['NP1040', `expected ${expected}, found ${found}`, start, stop]],
      );
    });
  }

  const hints: readonly (readonly [text: string, phrase: string])[] = [
    ['a in (b', 'between `(` and `)`'],
    ['a,', 'remove the comma'],
    ['a,,b', 'remove the comma'],
    ['!x=a', 'write `x!=value`'],
    ['!x in (a)', 'write `x notin (a,b)`'],
    ['x>=1', '`>=5` is `>4`'],
    ['x<=1', '`<=5` is `<6`'],
    ['x>', 'a whole number'],
    ['x===a', 'write `=` or `==`'],
    ['x=!a', 'write `!=`'],
    ['x in a', 'put the values in parentheses: `in (a,b)`'],
    ['x notin', 'put the values in parentheses: `notin (a,b)`'],
    ['x IN (a)', 'did you mean `in`?'],
    ['x nto (a)', 'a comma between'],
    ['x not in (a)', 'write `notin`, in one word'],
    ['a=b c=d', 'a comma between'],
  ];
  for (const [text, phrase] of hints) {
    test(`${text}: the hint says: ${phrase}`, () => {
      const [problem] = parseSelectorSyntax(wholeSource('-l', text)).diagnostics;
      assert.match(problem?.hint ?? '', phrase);
    });
  }

  test('control characters are refused before anything else (NP1006)', () => {
    const { value, diagnostics } = parseSelectorSyntax(wholeSource('-l', 'a=b\u0000,c'));
    assert.is(value, null);
    assert.equal(
      diagnostics.map(({ code, span }) => [code, span?.start]),
      [['NP1006', 3]],
    );
  });

  test('any text gives a value or exactly one problem, and never throws', () => {
    const piece = fc.constantFrom('in', 'notin', 'a', '=', '==', '!', '!=', '(', ')', ',', '>', '<', ' ', '\n', '💩');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 12 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (sample) => {
        const { value, diagnostics } = parseSelectorSyntax(wholeSource('-l', sample));
        assert.is(diagnostics.length, value === null ? 1 : 0);
      }),
      { numRuns: 1000 },
    );
  });

  test('ten thousand requirements are no trouble, nor is an error behind them', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `k${index} in (a,b)`).join(',');
    assert.is(parseSelectorSyntax(wholeSource('-l', many)).value?.length, 10_000);
    const [problem] = parseSelectorSyntax(wholeSource('-l', `${many},`)).diagnostics;
    assert.is(problem?.span?.start, many.length + 1);
  });
});
