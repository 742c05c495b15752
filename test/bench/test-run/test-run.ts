// B-3: what an engine that judges captures takes for a packet, by the kernel's own clock and without any network.
import { kernelEngines, type KernelEngine } from '../../kit/kernel-engines.ts';
import { must } from '../../kit/must.ts';
import { prepared, runScript, type ScriptFiles } from '../machine.ts';
import { median, medianRatio } from '../measure.ts';
import type { Result } from '../result.ts';
import { parseRuns } from './parse-runs.ts';
import { bareLabel, labelOf, testRunScript, type Stretch } from './turns.ts';

const peerCounts = [1, 10_000, 100_000] as const;

const stretches = ['new', 'established'] as const satisfies readonly Stretch[];

/** Nanoseconds a packet, one number a round. */
interface Cost {
  /** The first time: nothing of what it needs is in the processor's caches. */
  readonly cold: readonly number[];
  /** The same packet again and again. */
  readonly warm: readonly number[];
}

/** B-3: nanoseconds by test run, for each engine that has test runs. */
export async function benchTestRuns(rounds: number): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const by of kernelEngines) {
    if (by.engine.judgeCapture !== undefined) results.push(...(await benchTestRun(by, rounds)));
  }
  return results;
}

async function benchTestRun(by: KernelEngine, rounds: number): Promise<readonly Result[]> {
  const files: ScriptFiles = new Map();
  for (const [name, content] of await prepared(by.engine)) files.set(`engine/${name}`, content);
  const times = parseRuns(await runScript(testRunScript(by, { rounds, peerCounts }, files), files));
  const tell = (what: string, value: number, details: Result['details']): Result => {
    return { goal: 'B-3', what: `test run, ${by.engine.name}: ${what}`, value, wanted: null, details };
  };
  return stretches.flatMap((stretch) => {
    const [smallest, ...others] = peerCounts.map((peers) => ({ peers, cost: costOf(times, stretch, peers) }));
    return (['cold', 'warm'] as const).flatMap((caches) => [
      ...[must(smallest), ...others].map(({ peers, cost }) => {
        const [ns, bareNs] = [median(cost[caches]), median(must(times.get(bareLabel)))];
        const what = `ns above a bare program, ${stretch} flow, ${caches} caches, ${countOf(peers)}`;
        return tell(what, ns - bareNs, { ns, bareNs });
      }),
      ...others.map(({ peers, cost }) => {
        const [over, under] = [cost[caches], must(smallest).cost[caches]];
        const details = { overNs: median(over), underNs: median(under) };
        return tell(`${stretch} flow, ${caches} caches, ${countOf(peers)} ÷ 1`, medianRatio(over, under), details);
      }),
    ]);
  });
}

/** Of a packet that runs twice the second run is warm: what is left is the first. */
function costOf(times: ReadonlyMap<string, readonly number[]>, stretch: Stretch, peers: number): Cost {
  const warm = must(times.get(labelOf(stretch, 'row', peers)));
  const pair = must(times.get(labelOf(stretch, 'pair', peers)));
  return { warm, cold: pair.map((mean, round) => 2 * mean - (warm[round] ?? NaN)) };
}

function countOf(peers: number): string {
  return `${peers.toLocaleString('en')} peer${peers === 1 ? '' : 's'}`;
}
