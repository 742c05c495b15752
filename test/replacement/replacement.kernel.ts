// Replacement while packets flow, and loaders that die on the way: point 6 of what three targets must have in common.
import * as assert from 'uvu/assert';
import type { Engine } from '../../src/target.ts';
import { kernelEngines } from '../kit/kernel-engines.ts';
import { describe } from '../kit/suite.ts';
import type { TrafficReport } from './under-traffic.ts';
import { runTask } from './session.ts';

const tries = 3;

const titles = { replace: 'replaced', removeFirst: 'removed and loaded' } as const;

/** A run in which the machine itself dropped packets proves nothing about rules: it is held again. */
async function undisturbed(engine: Engine, task: 'replace' | 'removeFirst'): Promise<TrafficReport> {
  for (let left = tries; left > 0; left--) {
    const report = await runTask(engine, task);
    console.log(`\n${engine.name}, ${titles[task]}: ${figures(report)}`);
    if (report.droppedByMachine === 0) return report;
  }
  throw new Error(`the machine was too busy, ${tries} times in a row`);
}

function figures(report: TrafficReport): string {
  const { replacements, loadMs, allowed, denied, established, droppedByMachine } = report;
  return [
    `${replacements} times, each ${loadMs.median} ms, at most ${loadMs.longest} ms`,
    `lost ${allowed.lost} of ${allowed.sent}`,
    `leaked ${denied.leaked} of ${denied.sent}`,
    `lost ${established.lost} of ${established.sent} in connections`,
    `dropped by the machine ${droppedByMachine}`,
  ].join('; ');
}

for (const { engine } of kernelEngines) {
  describe(`replacement, ${engine.name}`, (test) => {
    test('a hundred replacements under traffic lose nothing and leak nothing', async () => {
      const { replacements, astray, fewestSent } = await undisturbed(engine, 'replace');
      assert.is(replacements, 100);
      assert.equal(astray, []);
      assert.ok(fewestSent > replacements, 'traffic went on all the time');
    });
    test('the same harness catches replacements that remove before they load', async () => {
      const { allowed, denied, established } = await undisturbed(engine, 'removeFirst');
      assert.ok(allowed.lost + denied.leaked + established.lost > 0);
    });
    test('a killed loader leaves the old world or the new one, and the next load puts everything right', async () => {
      const seed = Date.now() % 2 ** 31;
      console.log(`\n${engine.name}, killed with seed ${seed}`);
      const { killed, leftOld, leftNew, tooLate, wrong } = await runTask(engine, 'kill', seed);
      console.log(`${killed} killed: ${leftOld} left the old world, ${leftNew} the new one; ${tooLate} ended before`);
      assert.equal(wrong, []);
      assert.ok(killed >= 40, 'enough of them were killed in time');
    });
    test('the same harness catches a loader that dies between removing and loading', async () => {
      const { world } = await runTask(engine, 'killAfterRemoval');
      assert.is(world, null);
    });
  });
}
