import * as assert from 'uvu/assert';
import { lintIds } from '../../src/diagnostics/lint-codes.ts';
import { groupBy } from '../../src/collections/get-or-make.ts';
import { describe } from '../kit/suite.ts';
import { compareFindings, lintCaseNames, loadLintCase } from './golden-lint.ts';

describe('golden lint cases', (test) => {
  for (const name of lintCaseNames()) {
    test(name, async () => assert.equal(compareFindings(await loadLintCase(name)), []));
  }

  test('every lint has a case where it finds something and one where it is silent', async () => {
    const cases = await Promise.all(lintCaseNames().map(loadLintCase));
    const byLint = groupBy(cases, ({ lint }) => lint);
    const lacking = lintIds.filter((id) => {
      const finds = (byLint.get(id) ?? []).map(({ expected }) => expected.some(({ lint }) => lint === id));
      return !finds.includes(true) || !finds.includes(false);
    });
    assert.equal(lacking, []);
  });
});
