// What counts as noticing a bug.
import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { describe } from '../kit/suite.ts';
import { judge } from './run-proof.ts';

const failure = (suite: string, test: string, message: string): string =>
  `   FAIL  ${suite}  "${test}"\n    ${message}\n    at file (a.ts:1:1)\n\n`;
const outcome = (output: string, exitCode: number): string => judge(output, exitCode).outcome;

describe('the judgement of a proof', (test) => {
  test('a test that fails notices, and is named', () => {
    assert.equal(judge(`${failure('golden truth', 'a-case', 'allow, not deny')}0 passed, 1 failed\n`, 1), {
      outcome: 'failed',
      test: 'golden truth: a-case',
      detail: 'allow, not deny',
    });
  });
  test('nothing that fails is a proof that passed', () => {
    assert.is(outcome('5 passed, 0 failed\n', 0), 'passed');
    assert.is(outcome('5 passed, 0 failed, 2 skipped\n', 0), 'passed');
  });
  test('machine-written text does not count, and the golden tests still have that name', () => {
    const name = 'golden output (npm run golden:update)';
    assert.is(outcome(`${failure(name, 'a-case', 'x')}3 passed, 1 failed\n`, 1), 'passed');
    assert.ok(readFileSync('test/golden/golden.test.ts', 'utf8').includes(`describe('${name}'`));
    const both = failure(name, 'a-case', 'x') + failure('golden truth', 'a-case', 'y');
    assert.is(outcome(`${both}0 passed, 2 failed\n`, 1), 'failed');
  });
  test('an engine that could not run has not judged; a reply that was stopped has', () => {
    const ended = '0 passed, 1 failed\n';
    for (const code of ['NP7001', 'NP7040', 'NP7041', 'NP7042']) {
      assert.is(outcome(failure('a', 'b', `error ${code}: no`) + ended, 1), 'unjudged', code);
    }
    assert.is(outcome(failure('a', 'b', 'error NP7044: a reply was stopped') + ended, 1), 'failed');
    assert.is(outcome(failure('a', 'b', 'error NP4001: a row allows nobody') + ended, 1), 'failed');
  });
  test('what another engine says is no matter of this one', () => {
    const other = `${failure('control traffic, ebpf, routed', 'b', 'no')}3 passed, 1 failed\n`;
    assert.is(judge(other, 1, 'nftables').outcome, 'passed');
    assert.is(judge(other, 1, 'ebpf').outcome, 'failed');
  });
  test('a file that cannot be read, or a runner that ends early, has not judged', () => {
    assert.is(outcome('SyntaxError: Unexpected token\n', 1), 'unjudged');
    assert.is(outcome('', 0), 'unjudged');
    assert.is(outcome('5 passed, 0 failed\n', 1), 'unjudged');
  });
});
