import * as assert from 'uvu/assert';
import { compareInventories, type CountChange } from '../../src/diff/compare-inventories.ts';
import type { Inventory } from '../../src/target.ts';
import { describe } from '../kit/suite.ts';

const inventory = (parts: Partial<Inventory> = {}): Inventory => ({ sets: [], elements: [], rules: [], ...parts });
const counts = (before: number, after: number, added: number, removed: number): CountChange => ({
  ...{ before, after, added, removed },
});
const nothing = counts(0, 0, 0, 0);

describe('a comparison of inventories', (test) => {
  test('counts each kind by itself', () => {
    const base = inventory({ sets: ['a'], elements: ['x', 'y'], rules: ['r', 's'] });
    const head = inventory({ sets: ['a', 'b'], elements: ['y', 'z', 'w'], rules: ['r'] });
    assert.equal(compareInventories(base, head), {
      sets: counts(1, 2, 1, 0),
      elements: counts(2, 3, 2, 1),
      rules: counts(2, 1, 0, 1),
    });
  });
  test('order makes no difference', () => {
    const [base, head] = [inventory({ rules: ['r', 's', 't'] }), inventory({ rules: ['t', 'r', 's'] })];
    assert.equal(compareInventories(base, head).rules, counts(3, 3, 0, 0));
  });
  test('what is there several times must be there as often on the other side', () => {
    const [base, head] = [inventory({ elements: ['x', 'x', 'y'] }), inventory({ elements: ['x', 'y', 'y', 'y'] })];
    assert.equal(compareInventories(base, head).elements, counts(3, 4, 2, 1));
    assert.equal(compareInventories(head, base).elements, counts(4, 3, 1, 2));
  });
  test('texts that objects know of themselves are texts like others', () => {
    const base = inventory({ elements: ['constructor', '__proto__'] });
    assert.equal(compareInventories(base, inventory({ elements: ['__proto__'] })).elements, counts(2, 1, 0, 1));
  });
  test('a side that is missing has nothing', () => {
    const one = inventory({ sets: ['a'], elements: ['x', 'x'] });
    assert.equal(compareInventories(null, one), {
      sets: counts(0, 1, 1, 0),
      elements: counts(0, 2, 2, 0),
      rules: nothing,
    });
    assert.equal(compareInventories(one, null), {
      sets: counts(1, 0, 0, 1),
      elements: counts(2, 0, 0, 2),
      rules: nothing,
    });
    assert.equal(compareInventories(null, null), { sets: nothing, elements: nothing, rules: nothing });
  });
});
