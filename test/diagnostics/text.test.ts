import * as assert from 'uvu/assert';
import { diagnose } from '../../src/diagnostics/diagnostic.ts';
import { printText } from '../../src/diagnostics/text.ts';
import { wholeSource } from '../../src/source/source.ts';
import { describe } from '../kit/suite.ts';
import { problem, spanOf } from './build.ts';

const plain = { color: false };

const shop = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: shop
spec:
  podSelector: {}
  ingress:
  - from:
    - podSelector: {}
  - from:
    - ipBlock:
        # the office
        cidr: 10.1.0.0/16
        except: [10.2.0.0/16]
`;

describe('diagnostics for people', (test) => {
  test('none print nothing', () => assert.is(printText([], plain), ''));

  test('the form that the style guide shows', () => {
    const file = 'policies/shop.yaml';
    const notes = [{ message: '`cidr` is given here', span: spanOf(shop, '10.1.0.0/16', file) }];
    const parameters = {
      path: 'spec.ingress[1].from[0].ipBlock.except[0]',
      except: '10.2.0.0/16',
      cidr: '10.1.0.0/16',
    };
    const diagnostic = diagnose('NP2104', parameters, spanOf(shop, '10.2.0.0/16', file), { notes });
    assert.fixture(
      printText([diagnostic], plain),
      `policies/shop.yaml:14:18: error NP2104: \`spec.ingress[1].from[0].ipBlock.except[0]\` 10.2.0.0/16: must be a strict subset of \`cidr\` 10.1.0.0/16
   13 |         cidr: 10.1.0.0/16
>  14 |         except: [10.2.0.0/16]
      |                  ^^^^^^^^^^^
  note: policies/shop.yaml:13:15: \`cidr\` is given here
  hint: widen \`cidr\` or remove this exception (netpolc explain NP2104)
`,
    );
  });

  test('without a place and a hint there is still something to do', () =>
    assert.is(printText([problem('x')], plain), 'error NP9001: a bug in netpolc: x\n  hint: netpolc explain NP9001\n'));
  test('severity and hint of a case replace those of the catalogue', () =>
    assert.is(
      printText([problem('x', null, { severity: 'warning', hint: 'do this' })], plain),
      'warning NP9001: a bug in netpolc: x\n  hint: do this (netpolc explain NP9001)\n',
    ));
  test('a note may have no place', () =>
    assert.match(
      printText([problem('x', null, { notes: [{ message: 'also', span: null }] })], plain),
      '\n  note: also\n',
    ));
  test('a place in a text that was not kept has no excerpt', () => {
    const source = { ...wholeSource('big.json', ''), text: null, line: 812, column: 9 };
    assert.match(
      printText([problem('x', { source, start: 0, end: 0 })], plain),
      /^big\.json:812:9: error NP9001: [^\n]*\n {2}hint/,
    );
  });
});

describe('order', (test) => {
  const text = 'a\nb\nc\n';
  const order = (printed: string): readonly string[] =>
    [...printed.matchAll(/netpolc: (\w+)/g)].map(([, name = '']) => name);

  test('files in the order of their first diagnostics, each from top to bottom', () => {
    const diagnostics = [
      problem('p3', spanOf(text, 'c', 'p.yaml')),
      problem('q1', spanOf(text, 'a', 'q.yaml')),
      problem('p1', spanOf(text, 'a', 'p.yaml')),
      problem('q2', spanOf(text, 'b', 'q.yaml')),
    ];
    assert.equal(order(printText(diagnostics, plain)), ['p1', 'p3', 'q1', 'q2']);
  });
  test('what has no place, and what has the same, keeps its turn', () => {
    const at = spanOf(text, 'b');
    const diagnostics = [problem('first'), problem('x', at), problem('y', at), problem('last')];
    assert.equal(order(printText(diagnostics, plain)), ['first', 'x', 'y', 'last']);
  });
});

describe('a cap of 100', (test) => {
  const many = (count: number): readonly ReturnType<typeof problem>[] =>
    Array.from({ length: count }, (_, index) => problem(`n${index}`));
  const warnings = (count: number): readonly ReturnType<typeof problem>[] =>
    Array.from({ length: count }, (_, index) => problem(`w${index}`, null, { severity: 'warning' }));

  test('100 are all shown', () => {
    const printed = printText(many(100), plain);
    assert.is(printed.match(/^error/gm)?.length, 100);
    assert.not.match(printed, 'more');
  });
  test('of more the rest is counted', () => {
    const printed = printText(many(103), plain);
    assert.is(printed.match(/^error/gm)?.length, 100);
    assert.ok(printed.endsWith('… and 3 errors more\n'));
  });
  test('errors go before warnings then', () => {
    const printed = printText([...warnings(60), ...many(99)], plain);
    assert.is(printed.match(/^error/gm)?.length, 99);
    assert.is(printed.match(/^warning/gm)?.length, 1);
    assert.ok(printed.endsWith('… and 59 warnings more\n'));
  });
  test('one is one', () =>
    assert.ok(printText([...many(101), ...warnings(1)], plain).endsWith('… and 1 error, 1 warning more\n')));
});

describe('colour', (test) => {
  test('place, severity, carets and labels are painted, and nothing else', () => {
    const printed = printText([problem('x', spanOf('a: ^', '^'))], { color: true });
    assert.is(
      printed,
      '\u001b[1ma.yaml:1:4\u001b[0m: \u001b[1;31merror NP9001\u001b[0m: a bug in netpolc: x\n' +
        '>   1 | a: ^\n' +
        '\u001b[31m      |    ^\u001b[0m\n' +
        '  \u001b[36mhint\u001b[0m: netpolc explain NP9001\n',
    );
  });
});

describe('hostile text (TH-10)', (test) => {
  const evil = '\u001b[2J\u202e\n\u0007';
  const shown = '<U+001B>[2J<U+202E>\\n<U+0007>';

  test('is written out in file names, messages, notes and hints', () => {
    const span = spanOf('a: 1', '1', `${evil}.yaml`);
    const printed = printText([problem(evil, span, { hint: evil, notes: [{ message: evil, span }] })], plain);
    assert.not.match(printed, /[^\n\P{C}]/u);
    assert.is(printed.split(shown).length, 6);
  });
  test('is cut when it is long', () => {
    const printed = printText([problem('x'.repeat(1_000_000), null, { hint: '\u0007'.repeat(1_000_000) })], plain);
    assert.ok(printed.length < 2500);
    assert.match(printed, 'x…\n');
  });
});
