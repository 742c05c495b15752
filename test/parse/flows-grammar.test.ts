import * as assert from 'uvu/assert';
import { buildFlowsGrammar, parseStatementSyntax } from '../../src/parse/flows-grammar.ts';
import { wholeSource } from '../../src/source/source.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

describe('grammar of .flows', (test) => {
  test('chevrotain finds nothing wrong with lexer and parser', () => void buildFlowsGrammar(false));

  test('a statement comes as it is written, ends without spaces and brackets', () => {
    const text = 'allow node : ab -> [ fd00::7 ]:x, y/tcp over ipv4 # why';
    const statement = must(parseStatementSyntax(wholeSource('x.flows', text)).value);
    assert.is(statement.verb, 'allow');
    assert.equal([statement.from.text, statement.to.text], ['node:ab', 'fd00::7']);
    assert.equal([statement.from.span.start, statement.from.span.end], [6, 15]);
    assert.equal([statement.to.span.start, statement.to.span.end], [19, 30]);
    assert.equal(
      statement.ports.map((port) => [port.text, port.span.start]),
      [
        ['x', 31],
        ['y', 34],
      ],
    );
    assert.equal([statement.protocol?.text, statement.family?.text], ['tcp', 'ipv4']);
  });

  test('two colons make an IPv6 address, also of letters and digits that could be a name', () => {
    const ends = (text: string): readonly string[] => {
      const { from, to } = must(parseStatementSyntax(wholeSource('x.flows', text)).value);
      return [from.text, to.text];
    };
    assert.equal(ends('ask ab:cd:: -> [::]:1'), ['ab:cd::', '::']);
    assert.equal(ends('ask 1:2:3:4:5:6:7:8 -> node:be:1'), ['1:2:3:4:5:6:7:8', 'node:be']);
    assert.equal(ends('ask ::1 -> be/ef:1'), ['::1', 'be/ef']);
  });

  test('names may hold dashes before the arrow', () =>
    assert.is(parseStatementSyntax(wholeSource('x.flows', 'ask a/b-1->c/d-2:1')).value?.from.text, 'a/b-1'));

  test('a very long line is one problem, found soon', () => {
    const { diagnostics } = parseStatementSyntax(wholeSource('x.flows', `ask a/b -> c/d:1${',1'.repeat(50_000)},`));
    assert.equal(
      diagnostics.map(({ code, span }) => [code, span?.start]),
      [['NP1044', 100_017]],
    );
  });
});
