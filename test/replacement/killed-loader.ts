// Task: a loader is killed at any moment, and what packets meet then is the old world or the new one.
import type { Host } from '../../src/host/host.ts';
import { createRandom } from '../properties/world/random.ts';
import { listState } from './listing.ts';
import { load, loadUntil, type Moment, type Staged } from './loader.ts';
import { streams } from './streams.ts';
import { createProbe, type Probe } from './traffic.ts';
import { otherWorld, worldNames, type WorldName } from './worlds.ts';

export interface KillReport {
  /** How many loads were killed on the way, and how many ended before the kill came. */
  readonly killed: number;
  readonly tooLate: number;
  /** Of the killed ones: how many left the old world in force, and how many the new one. */
  readonly leftOld: number;
  readonly leftNew: number;
  /** What was wrong: a mixture of worlds, or something that a load afterwards did not put right. */
  readonly wrong: readonly string[];
}

export interface KillOptions {
  readonly apply: Readonly<Record<WorldName, Staged>>;
  /** What the state of the machine is after nothing but a load of that world. */
  readonly fresh: Readonly<Record<WorldName, readonly string[]>>;
  /** How many moments of a load to kill it at, besides its beginning and the steps between its commands. */
  readonly kills: number;
  readonly seed: number;
}

/** World P is loaded. */
export async function killLoaders(host: Host, folder: string, options: KillOptions): Promise<KillReport> {
  const probe = createProbe(host, folder);
  const report = { killed: 0, tooLate: 0, leftOld: 0, leftNew: 0, wrong: [] as string[] };
  let inForce: WorldName = 'P';
  const loadMs = await measure(options.apply);
  const moments = momentsOf(options, loadMs);
  for (let tries = 0; tries < 2 * moments.length && report.killed < moments.length; tries++) {
    const moment = moments[tries % moments.length] as Moment;
    const wanted = otherWorld(inForce);
    const inTime = await loadUntil(options.apply[wanted], moment);
    report[inTime ? 'killed' : 'tooLate']++;
    const found = await worldInForce(probe);
    const where = `${describe(moment)} from ${inForce} to ${wanted}`;
    if (found.world === null) report.wrong.push(`${where}: neither world: ${found.passed.join(' ')}`);
    else if (inTime) report[found.world === wanted ? 'leftNew' : 'leftOld']++;
    else if (found.world !== wanted) report.wrong.push(`${where}: a load that ended left ${found.world}`);
    await load(options.apply[wanted]);
    const [after, state] = await Promise.all([worldInForce(probe), listState(host)]);
    if (after.world !== wanted) report.wrong.push(`${where}: loading again left ${after.world ?? 'neither world'}`);
    report.wrong.push(...difference(state, options.fresh[wanted]).map((line) => `${where}: ${line}`));
    inForce = wanted;
  }
  return report;
}

/** Which world explains what passes; null when neither does, twice in a row. */
export async function worldInForce(
  probe: Probe,
): Promise<{ readonly world: WorldName | null; readonly passed: readonly string[] }> {
  const once = async () => {
    const passed = await probe();
    const world = worldNames.find((name) =>
      streams.every((stream) => stream.allowedIn.includes(name) === passed.has(stream.name)),
    );
    return { world: world ?? null, passed: [...passed] };
  };
  const first = await once();
  return first.world === null ? once() : first;
}

/** How long a load takes, in milliseconds: the median. Leaves world P. */
async function measure(apply: KillOptions['apply']): Promise<number> {
  const times: number[] = [];
  for (const name of ['Q', 'P', 'Q', 'P', 'Q', 'P'] as const) {
    const began = performance.now();
    await load(apply[name]);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[2] ?? 0;
}

/** Some at the very beginning, some instead of a command, the others spread over the whole load, in any order. */
function momentsOf({ apply, kills, seed }: KillOptions, loadMs: number): readonly Moment[] {
  const random = createRandom(seed);
  const atOnce = [0, 0, 0].map((ms): Moment => ({ kind: 'after', ms, whole: true }));
  const between = apply.P.commands.map((_, command): Moment => ({ kind: 'before', command }));
  const spread = Array.from({ length: kills }, (_, index): Moment => {
    const ms = ((index + random.below(1000) / 1000) / kills) * loadMs;
    // Now and then the loader dies alone: what it started goes on to its end.
    return { kind: 'after', ms, whole: index % 4 !== 3 };
  });
  return random.shuffle([...atOnce, ...between, ...spread]);
}

function describe(moment: Moment): string {
  if (moment.kind === 'before') return `stopped before command ${moment.command}`;
  return `killed ${moment.whole ? '' : 'alone '}after ${moment.ms.toFixed(1)} ms`;
}

function difference(found: readonly string[], expected: readonly string[]): readonly string[] {
  const [has, should] = [new Set(found), new Set(expected)];
  return [
    ...found.filter((line) => !should.has(line)).map((line) => `stale: ${line}`),
    ...expected.filter((line) => !has.has(line)).map((line) => `missing: ${line}`),
  ];
}
