// That the catalogue fits the project: every bug has its one place, says what it is, and names proofs that exist.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { targets } from '../../targets/index.ts';
import { caseNames } from '../golden/cases.ts';
import { describe } from '../kit/suite.ts';
import { mutants } from './catalogue.ts';
import { mutate } from './copy.ts';
import type { Mutant } from './mutant.ts';

const idsOf = (isWrong: (mutant: Mutant) => boolean): readonly string[] => mutants.filter(isWrong).map(({ id }) => id);

describe('the catalogue of mutants', (test) => {
  test('holds at least 48, each with an id of its own', () => {
    const ids = mutants.map(({ id }) => id);
    assert.ok(ids.length >= 48, `${ids.length}`);
    assert.is(new Set(ids).size, ids.length);
    assert.equal(
      ids.filter((id) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)),
      [],
    );
  });
  test('every text to replace stands exactly once in its file, and the change is a change', () => {
    for (const mutant of mutants) {
      const text = readFileSync(mutant.file, 'utf8');
      assert.is.not(mutate(text, mutant), text, mutant.id);
    }
  });
  test('every mutant is told in a sentence and names what it breaks', () => {
    assert.equal(
      idsOf(({ sentence }) => !/^[A-Z].{19,}\.$/.test(sentence)),
      [],
    );
    assert.equal(
      idsOf(({ breaks }) => breaks.some((rule) => !/^(?:[SD]-[0-9]+|TH-[0-9]+)$/.test(rule))),
      [],
    );
  });
  test('no two mutants make the same change', () => {
    const changes = mutants.map(({ file, find, replace }) => JSON.stringify([file, find, replace]));
    assert.is(new Set(changes).size, changes.length);
  });
  test('what judges is not mutated: the oracle, the replay, the command line, the tests', () => {
    const judging = /^(?:src\/(?:trace|replay|flows|cli|host)|test|scripts)\//;
    assert.equal(
      idsOf(({ file }) => judging.test(file) || !/^(?:src|targets)\//.test(file)),
      [],
    );
  });
  test('every proof runs something: tests by their file’s name, golden cases by an engine', () => {
    const files = readdirSync('test', { recursive: true }) as string[];
    const engines = targets.flatMap((target) => target.engines.map(({ name }) => name));
    const cases = caseNames();
    for (const { id, proofs } of mutants) {
      for (const { argv, inKernel } of proofs) {
        const [script, ...given] = argv;
        assert.ok(existsSync(script), script);
        const [first = '', second = '', ...others] = given;
        if (first === '--ask') {
          assert.ok(engines.includes(second), `${id}: engine ${second}`);
          for (const name of others) assert.ok(cases.includes(name), `${id}: golden case ${name}`);
        } else if (first === '--load') assert.ok(engines.includes(second), `${id}: engine ${second}`);
        else {
          const [ending, pattern] = inKernel ? ['.kernel.ts', second] : ['.test.ts', first];
          const found = files.some((file) => file.endsWith(ending) && `test/${file}`.includes(pattern));
          assert.ok(found, `${id}: a test ${pattern}`);
        }
      }
    }
  });
});
