// Every golden case that compiles, judged by the kernel: each target, each topology, at the nodes and at one gateway.
import * as assert from 'uvu/assert';
import { createCompiler } from '../../src/compile.ts';
import { engineSettings } from '../kit/kernel-engines.ts';
import { judgeByKernel, type KernelCase, type KernelJudgement } from '../kit/kernel-requests.ts';
import { limited } from '../kit/limited.ts';
import { describe } from '../kit/suite.ts';
import { caseNames, loadCase } from './cases.ts';

/** Cases of one session share its namespaces. More of them make each look at what arrived slower than building anew. */
const casesPerSession = 6;

/** Sessions spend most of their time waiting for programs to start and end. */
const atOnce = limited(6);

const loaded = await Promise.all(caseNames().map(loadCase));
const cases = loaded.flatMap(({ name, file, world, flows }): readonly KernelCase[] =>
  world === null || flows.length === 0
    ? []
    : [{ name, snapshot: world.snapshot, compiler: createCompiler(world, file.options.compile), flows }],
);

for (const { by, setting } of engineSettings) {
  describe(`golden cases in the kernel, ${by.engine.name}, ${setting}`, (test) => {
    for (let at = 0; at < cases.length; at += casesPerSession) {
      const session = cases.slice(at, at + casesPerSession);
      const judgement = atOnce(() => judgeByKernel(session, by, setting));
      judgement.catch(() => undefined); // told by every test of the session
      for (const { name } of session) {
        test(name, async () => {
          const { disagreementsByCase }: KernelJudgement = await judgement;
          assert.equal(disagreementsByCase.get(name), []);
        });
      }
    }
  });
}
