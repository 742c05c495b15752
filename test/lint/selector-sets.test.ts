import * as assert from 'uvu/assert';
import fc from 'fast-check';
import { contradiction, implies } from '../../src/lint/selector-sets.ts';
import { matches, type LabelSelector, type Operator, type Requirement } from '../../src/policy/label-selector.ts';
import { describe } from '../kit/suite.ts';

const need = (key: string, operator: Operator, ...values: readonly string[]): Requirement => ({
  key,
  operator,
  values,
});
const selector = (...requirements: readonly Requirement[]): LabelSelector => ({ requirements });

describe('contradictions in selectors', (test) => {
  const impossible: readonly (readonly [string, LabelSelector])[] = [
    ['two values at once', selector(need('a', 'In', 'x'), need('a', 'In', 'y'))],
    ['a value that is excluded', selector(need('a', 'In', 'x'), need('a', 'NotIn', 'x'))],
    ['there and not there', selector(need('a', 'Exists'), need('a', 'DoesNotExist'))],
    ['not there and of a value', selector(need('a', 'DoesNotExist'), need('a', 'In', 'x'))],
  ];
  for (const [name, each] of impossible) test(name, () => assert.is(contradiction(each), 'a'));

  const possible: readonly (readonly [string, LabelSelector])[] = [
    ['nothing asked for', selector()],
    ['lists with a common value', selector(need('a', 'In', 'x', 'y'), need('a', 'In', 'y', 'z'))],
    ['absent is not one of the excluded', selector(need('a', 'NotIn', 'x'), need('a', 'DoesNotExist'))],
    ['two keys', selector(need('a', 'In', 'x'), need('b', 'In', 'y'))],
  ];
  for (const [name, each] of possible) test(`${name}: none`, () => assert.is(contradiction(each), null));

  test('a label that is always there cannot be absent', () => {
    assert.is(contradiction(selector(need('n', 'DoesNotExist'))), null);
    assert.is(contradiction(selector(need('n', 'DoesNotExist')), ['n']), 'n');
    assert.is(contradiction(selector(need('n', 'NotIn', 'x')), ['n']), null);
  });
});

const values = ['x', 'y', 'z'];
const requirement = fc
  .record({
    key: fc.constantFrom('a', 'b'),
    operator: fc.constantFrom<Operator>('In', 'NotIn', 'Exists', 'DoesNotExist'),
    values: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }),
  })
  .map((each) => (each.operator.endsWith('In') ? each : { ...each, values: [] }));
const anySelector = fc.array(requirement, { maxLength: 4 }).map((requirements) => ({ requirements }));

/** Every way to have labels a and b; `other` stands for all values that no selector names. */
const everyLabels = [undefined, ...values, 'other'].flatMap((a) =>
  [undefined, ...values, 'other'].map(
    (b) => new Map([...(a === undefined ? [] : [['a', a] as const]), ...(b === undefined ? [] : [['b', b] as const])]),
  ),
);

describe('selectors as sets', (test) => {
  test('a selector contradicts itself exactly when no labels match', () =>
    fc.assert(
      fc.property(anySelector, (each) => {
        assert.is(
          contradiction(each) === null,
          everyLabels.some((labels) => matches(each, labels)),
        );
      }),
    ));

  test('one selector implies another exactly when it matches nothing beyond it', () =>
    fc.assert(
      fc.property(anySelector, anySelector, (narrow, wide) => {
        if (contradiction(narrow) !== null) return;
        const within = everyLabels.every((labels) => !matches(narrow, labels) || matches(wide, labels));
        assert.is(implies(narrow, wide), within);
      }),
    ));
});
