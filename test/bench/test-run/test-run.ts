// B-3: what an engine that judges captures takes for a packet, by the kernel's own clock and without any network.
import { kernelEngines, type KernelEngine } from '../../kit/kernel-engines.ts';
import { must } from '../../kit/must.ts';
import { prepared, runScript, type ScriptFiles } from '../machine.ts';
import { median, medianRatio } from '../measure.ts';
import type { Result } from '../result.ts';
import { parseRuns } from './parse-runs.ts';
import { labelOf, testRunScript, type Kind } from './turns.ts';

const peerCounts = [1, 10_000, 100_000] as const;

const wordsByKind: Readonly<Record<Kind, string>> = {
  new: 'new flow',
  established: 'established flow',
  again: 'the same first packet again',
};

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
  const timesOf = (kind: Kind, peers: number): readonly number[] => must(times.get(labelOf(kind, peers)));
  const bare = must(times.get('bare'));
  const tell = (what: string, value: number, details: Result['details']): Result => {
    return { goal: 'B-3', what: `test run, ${by.engine.name}: ${what}`, value, wanted: null, details };
  };
  const kinds = Object.keys(wordsByKind) as Kind[];
  return [
    ...peerCounts.flatMap((peers) =>
      kinds.map((kind) => {
        const details = { grossNs: median(timesOf(kind, peers)), bareNs: median(bare) };
        const what = `ns above a bare program, ${wordsByKind[kind]}, ${countOf(peers)}`;
        return tell(what, details.grossNs - details.bareNs, details);
      }),
    ),
    ...peerCounts.slice(1).flatMap((peers) =>
      kinds.map((kind) => {
        const [over, under] = [timesOf(kind, peers), timesOf(kind, 1)];
        const details = { overNs: median(over), underNs: median(under) };
        return tell(`${wordsByKind[kind]}, ${countOf(peers)} ÷ 1`, medianRatio(over, under), details);
      }),
    ),
  ];
}

function countOf(peers: number): string {
  return `${peers.toLocaleString('en')} peer${peers === 1 ? '' : 's'}`;
}
