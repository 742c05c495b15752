import * as assert from 'uvu/assert';
import { diagnose } from '../../src/diagnostics/diagnostic.ts';
import { wholeSource } from '../../src/source/source.ts';
import { describe } from '../kit/suite.ts';
import { compareDiagnostics, parseExpectedDiagnostics } from './expected-diagnostics.ts';

const source = wholeSource('policies.yaml', 'spec:\n  ports: []\n');
const found = [
  diagnose('NP2001', { path: 'spec.ports', pruned: false }, { source, start: 8, end: 13 }, { hint: 'next to `from`' }),
];

const compare = (text: string): readonly string[] => compareDiagnostics(parseExpectedDiagnostics(text), found);

describe('expected diagnostics', (test) => {
  test('place, code and every phrase must fit; the hint counts', () => {
    assert.equal(compare('# where it belongs\npolicies.yaml:2 NP2001 spec.ports … next to `from`\n'), []);
    assert.equal(compare('policies.yaml:2 NP2001 spec.ports … beside\n').length, 2);
    assert.equal(compare('policies.yaml:1 NP2001 spec.ports\n').length, 2);
    assert.equal(compare('policies.yaml:2 NP2002 spec.ports\n').length, 2);
    assert.equal(compare('- NP2001 spec.ports\n').length, 2);
  });

  test('what is missing and what was not expected are both told', () => {
    assert.equal(compare(''), ['not expected: policies.yaml:2 NP2001 unknown field "spec.ports"']);
    assert.equal(compareDiagnostics(parseExpectedDiagnostics('- NP2001 a\n'), []), ['missing: - NP2001 a']);
  });

  test('one diagnostic answers one expectation', () => {
    const line = 'policies.yaml:2 NP2001 spec.ports\n';
    assert.equal(compare(line + line), [`missing: ${line.trim()}`]);
  });

  test('a line of another form is an error of the case', () => {
    assert.throws(() => parseExpectedDiagnostics('policies.yaml NP2001 spec.ports'), /not an expectation/);
    assert.throws(() => parseExpectedDiagnostics('policies.yaml:2 NP2001'), /not an expectation/);
  });
});
