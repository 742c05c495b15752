// The form is that of workflow commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
import * as assert from 'uvu/assert';
import { printGithub } from '../../src/diagnostics/github.ts';
import { describe } from '../kit/suite.ts';
import { problem, spanOf } from './build.ts';

const text = 'a: 1\nb: 2\n';
const print = (...diagnostics: Parameters<typeof printGithub>[0]): string => printGithub(diagnostics, () => 'T');

describe('diagnostics as workflow commands', (test) => {
  test('severities are commands', () =>
    assert.is(
      print(...(['error', 'warning', 'info'] as const).map((severity) => problem('x', null, { severity }))),
      '::error title=T::a bug in netpolc: x\n::warning title=T::a bug in netpolc: x\n::notice title=T::a bug in netpolc: x\n',
    ));

  test('a place has lines, and columns where it is on one line', () => {
    assert.is(
      print(problem('x', spanOf(text, '2'))),
      '::error file=a.yaml,line=2,endLine=2,col=4,endColumn=5,title=T::a bug in netpolc: x\n',
    );
    assert.match(print(problem('x', spanOf(text, '1\nb'))), '::error file=a.yaml,line=1,endLine=2,title=T::');
  });

  test('notes and the hint are lines of the message', () =>
    assert.is(
      print(problem('x', null, { notes: [{ message: 'n', span: null }], hint: 'do' })),
      '::error title=T::a bug in netpolc: x%0Anote: n%0Ahint: do\n',
    ));

  test('what would end a property, or the command, is escaped', () => {
    const printed = print(problem('100%: a, b\r\n::error::no', spanOf(text, '1', 'a,b:c%.yaml')));
    assert.match(printed, 'file=a%2Cb%3Ac%25.yaml,');
    assert.match(printed, '::a bug in netpolc: 100%25: a, b\\r\\n::error::no\n');
    assert.is(printed.split('\n').length, 2);
  });

  test('what steers terminals is escaped', () => assert.not.match(print(problem('\u001b[2J\u202e')), /[^\n\P{C}]/u));
});
