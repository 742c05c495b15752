// Asks the loader of one engine: rules replaced under traffic, or loads that are killed on the way.
import type { Engine } from '../../src/target.ts';
import { kernelEngines } from '../kit/kernel-engines.ts';
import { runTask } from '../replacement/session.ts';

export type LoaderTask = 'replace' | 'kill';

/** Where a kill comes is the seed's choice: the same for every mutant. */
const seed = 1;

/** A run in which a busy machine dropped packets says nothing; it is held again, so often. */
const tries = 3;

/** Prints like the tests do; sets the exit code. Throws when there is no such engine. */
export async function askLoader(name: string, task: LoaderTask): Promise<void> {
  const found = kernelEngines.find(({ engine }) => engine.name === name);
  if (found === undefined) throw new Error(`there is no engine ${name}`);
  const wrong = await (task === 'kill' ? killed(found.engine) : replaced(found.engine));
  if (wrong.length > 0) console.log(`   FAIL  loads of ${name}  "${task}"\n    ${wrong.slice(0, 12).join('\n    ')}\n`);
  console.log(wrong.length === 0 ? '1 passed, 0 failed' : '0 passed, 1 failed');
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

async function killed(engine: Engine): Promise<readonly string[]> {
  const { wrong } = await runTask(engine, 'kill', seed);
  return wrong;
}

async function replaced(engine: Engine): Promise<readonly string[]> {
  for (let left = tries; left > 0; left--) {
    const { astray, droppedByMachine } = await runTask(engine, 'replace');
    if (droppedByMachine === 0) return astray;
  }
  throw new Error(`the machine was too busy, ${tries} times in a row`);
}
