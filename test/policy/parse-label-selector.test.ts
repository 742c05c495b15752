import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { matches, type LabelSelector, type Operator, type Requirement } from '../../src/policy/label-selector.ts';
import { parseLabelSelector, printLabelSelector } from '../../src/policy/parse-label-selector.ts';
import { wholeSource } from '../../src/source/source.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

function parse(text: string): LabelSelector {
  const { value, diagnostics } = parseLabelSelector(wholeSource('-l', text));
  assert.equal(diagnostics, [], text);
  return must(value, text);
}

function need(key: string, operator: Operator, ...values: readonly string[]): Requirement {
  return { key, operator, values };
}

describe('label selectors as text (S-411 to S-417, T-47)', (test) => {
  const cases: readonly (readonly [text: string, requirements: readonly Requirement[]])[] = [
    ['', []],
    ['  ', []],
    ['a', [need('a', 'Exists')]],
    ['!a', [need('a', 'DoesNotExist')]],
    ['a=x', [need('a', 'In', 'x')]],
    ['a==x', [need('a', 'In', 'x')]],
    ['a in (x)', [need('a', 'In', 'x')]],
    ['a!=x', [need('a', 'NotIn', 'x')]],
    ['a notin (x)', [need('a', 'NotIn', 'x')]],
    ['a=', [need('a', 'In', '')]],
    ['a==', [need('a', 'In', '')]],
    ['a!=', [need('a', 'NotIn', '')]],
    ['a in ()', [need('a', 'In', '')]],
    ['a in (b,,c)', [need('a', 'In', '', 'b', 'c')]],
    ['a in (,b)', [need('a', 'In', '', 'b')]],
    ['a in (b,)', [need('a', 'In', '', 'b')]],
    ['a in (y,x,y)', [need('a', 'In', 'x', 'y')]],
    ['!a,b!=', [need('a', 'DoesNotExist'), need('b', 'NotIn', '')]],
    ['in in (in)', [need('in', 'In', 'in')]],
    ['a>1', [need('a', 'GreaterThan', '1')]],
    ['a<10', [need('a', 'LessThan', '10')]],
    ['app.kubernetes.io/name=db', [need('app.kubernetes.io/name', 'In', 'db')]],
    ['constructor=a,toString', [need('constructor', 'In', 'a'), need('toString', 'Exists')]],
  ];
  for (const [text, requirements] of cases) {
    test(JSON.stringify(text), () => assert.equal(parse(text).requirements, requirements));
  }

  for (const text of ['a in (b', 'a,,b', '!a=b', 'a>=1', 'a=b,', '!a in (b)', 'x===a', 'x=!a']) {
    test(`${text} is refused (S-412, S-415)`, () => {
      const { value, diagnostics } = parseLabelSelector(wholeSource('-l', text));
      assert.is(value, null);
      assert.equal(
        diagnostics.map(({ code }) => code),
        ['NP1040'],
      );
    });
  }

  test('`>` and `<` compare 64-bit whole numbers and are false for anything else (S-417)', () => {
    const at = (value: string): ReadonlyMap<string, string> => new Map([['n', value]]);
    assert.equal(
      ['1', '2', '10', 'x', ''].map((value) => matches(parse('n>1'), at(value))),
      [false, true, true, false, false],
    );
    assert.ok(matches(parse('n<9223372036854775807'), at('9223372036854775806')));
    assert.not(matches(parse('n<9223372036854775807'), at('9223372036854775808')));
    assert.not(matches(parse('n>1'), new Map()));
    assert.not(matches(parse('n<1'), new Map()));
  });
});

describe('label selectors as text: keys and values that no label has', (test) => {
  const cases: readonly (readonly [text: string, code: string, start: number, end: number])[] = [
    ['a:b', 'NP1041', 0, 3],
    ['x,a/b/c=d', 'NP1041', 2, 7],
    ['é', 'NP1041', 0, 1],
    ['-a', 'NP1041', 0, 2],
    [`${'k'.repeat(64)}=a`, 'NP1041', 0, 64],
    ['a=b/c', 'NP1042', 2, 5],
    ['a in (b, "c")', 'NP1042', 9, 12],
    ['a>-5', 'NP1042', 2, 4],
    [`a=${'v'.repeat(64)}`, 'NP1042', 2, 66],
  ];
  for (const [text, code, start, end] of cases) {
    test(`${text.slice(0, 20)}: ${code}`, () => {
      const { value, diagnostics } = parseLabelSelector(wholeSource('-l', text));
      assert.is(value, null);
      assert.equal(
        diagnostics.map((each) => [each.code, each.span?.start, each.span?.end]),
        [[code, start, end]],
      );
    });
  }

  test('all of them are reported at once', () => {
    const { diagnostics } = parseLabelSelector(wholeSource('-l', '-a=b/c,d in (e,+,f_)'));
    assert.equal(
      diagnostics.map(({ code, span }) => [code, span?.start]),
      [
        ['NP1041', 0],
        ['NP1042', 3],
        ['NP1042', 15],
        ['NP1042', 17],
      ],
    );
  });

  test('a colon for an equals sign, and quotes, get a hint', () => {
    const hint = (text: string): string => parseLabelSelector(wholeSource('-l', text)).diagnostics[0]?.hint ?? '';
    assert.is(hint('role:db'), 'write `role=db`');
    assert.is(hint("role='db'"), 'leave the quotes out');
  });

  for (const operand of ['abc', '9223372036854775808', '1.5']) {
    test(`\`>${operand}\` never holds: a warning, and the selector stands (NP1043)`, () => {
      const { value, diagnostics } = parseLabelSelector(wholeSource('-l', `a>${operand}`));
      assert.equal(value?.requirements, [need('a', 'GreaterThan', operand)]);
      assert.equal(
        diagnostics.map(({ code, severity, span }) => [code, severity, span?.start]),
        [['NP1043', 'warning', 2]],
      );
    });
  }
});

describe('label selectors printed (S-418)', (test) => {
  const cases: readonly (readonly [requirements: readonly Requirement[], text: string])[] = [
    [[], ''],
    [[need('b', 'In', 'y', 'x', 'y'), need('a', 'Exists')], 'a,b in (x,y)'],
    [[need('a', 'NotIn', 'x')], 'a notin (x)'],
    [[need('a', 'In', '')], 'a in ()'],
    [[need('a', 'In', 'x', '')], 'a in (,x)'],
    [[need('a', 'DoesNotExist'), need('B', 'GreaterThan', '5'), need('c', 'LessThan', '7')], 'B>5,!a,c<7'],
    [[need('in', 'In', 'notin', 'in')], 'in in (in,notin)'],
  ];
  for (const [requirements, text] of cases) {
    test(JSON.stringify(text), () => assert.is(printLabelSelector({ requirements }), text));
  }

  test('what is printed parses back to the same requirements', () => {
    fc.assert(
      fc.property(selectors, (selector) => {
        const back = parseLabelSelector(wholeSource('-l', printLabelSelector(selector)));
        assert.equal(multiset(must(back.value)), multiset(selector));
      }),
      { numRuns: 1000 },
    );
  });

  test('the order of requirements and values does not show', () => {
    fc.assert(
      fc.property(selectors, (selector) => {
        const turned = selector.requirements.map((each) => ({ ...each, values: [...each.values].reverse() })).reverse();
        assert.is(printLabelSelector({ requirements: turned }), printLabelSelector(selector));
      }),
    );
  });

  test('random text never throws, and what parses prints to a fixed point', () => {
    const piece = fc.constantFrom('in', 'notin', 'a', 'b', '1', '=', '==', '!', '!=', '(', ')', ',', '>', '<', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const { value } = parseLabelSelector(wholeSource('-l', pieces.join('')));
        if (value === null) return;
        const printed = printLabelSelector(value);
        assert.is(printLabelSelector(must(parseLabelSelector(wholeSource('-l', printed)).value)), printed);
      }),
      { numRuns: 1000 },
    );
  });
});

const keys = fc.constantFrom('a', 'in', 'notin', 'B.c_d', 'x.io/in', 'constructor', '1');
const values = fc.constantFrom('', 'a', 'in', 'notin', 'v-1', 'Z_z', '0');
const requirements: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record({
    key: keys,
    operator: fc.constantFrom<Operator>('In', 'NotIn'),
    values: fc.array(values, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ key: keys, operator: fc.constantFrom<Operator>('Exists', 'DoesNotExist'), values: fc.constant([]) }),
  fc.record({
    key: keys,
    operator: fc.constantFrom<Operator>('GreaterThan', 'LessThan'),
    values: fc.nat().map((operand) => [String(operand)]),
  }),
);
const selectors: fc.Arbitrary<LabelSelector> = fc.record({ requirements: fc.array(requirements, { maxLength: 5 }) });

/** Requirements whatever their order, values as sets. */
function multiset({ requirements: all }: LabelSelector): readonly string[] {
  return all.map((each) => JSON.stringify([each.key, each.operator, [...new Set(each.values)].sort()])).sort();
}
