import * as assert from 'uvu/assert';
import { printJson } from '../../src/diagnostics/json.ts';
import { describe } from '../kit/suite.ts';
import { problem, spanOf } from './build.ts';

describe('diagnostics for programs', (test) => {
  test('none are an empty list', () => assert.is(printJson([]), '{\n  "schemaVersion": 1,\n  "diagnostics": []\n}\n'));

  test('everything is there, ends exclusive, in the order given', () => {
    const text = 'a: 1\nb:\n- c\n- d\n';
    const notes = [
      { message: 'here', span: spanOf(text, 'a') },
      { message: 'somewhere', span: null },
    ];
    const document: unknown = JSON.parse(
      printJson([
        problem('x', spanOf(text, '- c\n- d'), { hint: 'do', notes }),
        problem('y', null, { severity: 'info' }),
      ]),
    );
    assert.equal(document, {
      schemaVersion: 1,
      diagnostics: [
        {
          code: 'NP9001',
          name: 'BUG',
          severity: 'error',
          message: 'a bug in netpolc: x',
          place: { file: 'a.yaml', line: 3, column: 1, endLine: 4, endColumn: 4 },
          notes: [
            { message: 'here', place: { file: 'a.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 } },
            { message: 'somewhere', place: null },
          ],
          hint: 'do',
        },
        {
          code: 'NP9001',
          name: 'BUG',
          severity: 'info',
          message: 'a bug in netpolc: y',
          place: null,
          notes: [],
          hint: null,
        },
      ],
    });
  });

  test('there is no cap', () => {
    const { diagnostics } = JSON.parse(printJson(Array.from({ length: 250 }, () => problem('x')))) as {
      diagnostics: readonly unknown[];
    };
    assert.is(diagnostics.length, 250);
  });

  test('what steers terminals is escaped and comes back whole', () => {
    const printed = printJson([problem('\u001b[2J\u202e\u2028😀')]);
    assert.not.match(printed, /[^\n\P{C}]/u);
    assert.match(printed, '\\u001b[2J\\u202e\\u2028😀');
    assert.match(
      (JSON.parse(printed) as { diagnostics: { message: string }[] }).diagnostics[0]?.message ?? '',
      '\u001b[2J\u202e\u2028😀',
    );
  });
});
