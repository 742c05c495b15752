import * as assert from 'uvu/assert';
import { createDiagnosticList } from '../../src/diagnostics/diagnostic-list.ts';
import { joinOr } from '../../src/diagnostics/join-or.ts';
import { describe } from '../kit/suite.ts';
import { problem, spanOf } from './build.ts';

describe('a list of diagnostics with a cap', (test) => {
  const warnings = (count: number): readonly ReturnType<typeof problem>[] =>
    Array.from({ length: count }, () => problem('w', null, { severity: 'warning' }));

  test('keeps 100 errors and 100 others, the first ones', () => {
    const list = createDiagnosticList();
    list.addAll(Array.from({ length: 150 }, (_, index) => problem(String(index))));
    list.addAll(warnings(150));
    assert.is(list.found.length, 200);
    assert.is(list.found[99]?.message, 'a bug in netpolc: 99');
  });
  test('never drops an error for warnings', () => {
    const list = createDiagnosticList();
    list.addAll([...warnings(5000), problem('x')]);
    assert.is(list.found.at(-1)?.severity, 'error');
  });
  test('asks for a place only when it has room', () => {
    const list = createDiagnosticList();
    let asked = 0;
    for (let index = 0; index < 150; index++) {
      list.add('NP9001', { detail: 'x' }, () => {
        asked++;
        return spanOf('a', 'a');
      });
    }
    assert.is(asked, 100);
    assert.equal([list.takes('error'), list.takes('warning')], [false, true]);
  });
  test('asking whether there is room takes none', () => {
    const list = createDiagnosticList();
    for (let index = 0; index < 500; index++) list.takes('error');
    assert.ok(list.takes('error'));
  });
});

describe('joinOr', (test) => {
  for (const [words, text] of [
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a or b'],
    [['a', 'b', 'c'], 'a, b or c'],
  ] as const) {
    test(text, () => assert.is(joinOr(words), text));
  }
});
