import * as assert from 'uvu/assert';
import { catalogue } from '../../src/diagnostics/catalogue/index.ts';
import { codeOfLint, lintIds, lintOfCode } from '../../src/diagnostics/lint-codes.ts';
import { lints } from '../../src/lint/lints.ts';
import { describe } from '../kit/suite.ts';

/** Section 9 of the semantics: id, severity, and the code that tells of it. */
const table = `
L-01 warning NP6001
L-02 warning NP6002
L-03 error NP6003
L-04 warning NP6004
L-05 error NP6005
L-06 warning NP6006
L-07 warning NP6007
L-08 warning NP6008
L-09 error NP6009
L-10 warning NP6010
L-11 warning NP6011
L-12 warning NP6012
L-13 warning NP6013
L-14 information NP6014
L-15 warning NP6015
L-16 warning NP6016
L-17 error NP6017
L-18 warning NP6018
L-19 warning NP6019
L-20 warning NP6020
L-21 warning NP6021
L-22 warning NP6022
L-23 information NP6023
L-24 warning NP6024
L-25 warning NP6025
L-26 warning NP6026
L-27 error NP6027
L-28 error NP6028
L-29 warning NP6029
L-30 information NP6030
L-31 warning NP6031
L-32 warning NP6032
L-33 warning NP6033
L-34 warning NP6034
L-35 warning NP6035
L-36 information NP6036
L-37 error NP3023
L-38 warning NP2419
L-39 warning NP2418
`;

describe('the list of lints', (test) => {
  test('is section 9 of the semantics, in order', () =>
    assert.is(lints.map(({ id, severity, code }) => `${id} ${severity} ${code}`).join('\n'), table.trim()));

  test('severities are those of the codes, but for a lint that compiling only warns of', () => {
    const differing = lints.filter(({ code, severity }) => {
      const own = severity === 'information' ? 'info' : severity;
      return catalogue[code].severity !== own;
    });
    assert.equal(
      differing.map(({ id }) => id),
      ['L-37'],
    );
  });

  test('ids lead to codes and back', () => {
    assert.equal(
      lintIds,
      lints.map(({ id }) => id),
    );
    for (const { id, code } of lints) {
      assert.is(codeOfLint(id), code);
      assert.is(lintOfCode(code), id);
    }
  });

  test('ids may be written without care', () => {
    for (const text of ['L-09', 'l-09', 'L-9', 'L9', ' L09 ']) assert.is(codeOfLint(text), 'NP6009', text);
    for (const text of ['L-40', 'L-00', 'L', '9', 'L-009', 'XL-09']) assert.is(codeOfLint(text), null, text);
  });

  test('explanations of codes in block 6 name the lint', () => {
    for (const { id, code } of lints) assert.match(catalogue[code].explanation, `Lint ${id}.`);
  });
});
