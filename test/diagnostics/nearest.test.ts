import * as assert from 'uvu/assert';
import { nearest } from '../../src/diagnostics/nearest.ts';
import { describe } from '../kit/suite.ts';

describe('did you mean', (test) => {
  const fields = ['podSelector', 'ingress', 'egress', 'policyTypes', 'ports', 'from', 'to'];
  const cases: readonly (readonly [word: string, name: string | null])[] = [
    ['podselector', 'podSelector'],
    ['PODSELECTOR', 'podSelector'],
    ['podSelectr', 'podSelector'],
    ['podSelecotr', 'podSelector'],
    ['pod-selector', 'podSelector'],
    ['policyType', 'policyTypes'],
    ['port', 'ports'],
    ['form', 'from'],
    ['ingres', 'ingress'],
    ['egres', 'egress'],
    ['selector', null],
    ['role', null],
    ['x', null],
    ['', null],
    ['x'.repeat(100_000), null],
  ];
  for (const [word, name] of cases) test(word.slice(0, 20), () => assert.is(nearest(word, fields), name));

  test('the nearest of several wins, the first of equally near ones', () => {
    assert.is(nearest('prod-dc', ['prod-da', 'prod-d', 'prod-db']), 'prod-da');
    assert.is(nearest('prodd', ['prods', 'prod-d']), 'prods');
  });
  test('of no names none is near', () => assert.is(nearest('a', []), null));
});
