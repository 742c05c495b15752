// `npm run bench -- [--rounds N] [P-1 B-2 …]`: measures the goals of the performance page (P), and what they say nothing about (B).
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchFolder } from './cluster/cluster-file.ts';
import { benchCompileTime } from './compile-time.ts';
import { benchEnginesAtOnce, benchPeersByEngine, benchPoliciesByEngine } from './forwarding/engines.ts';
import { benchManyPolicies, benchNewFlows } from './forwarding/forwarding.ts';
import { benchLoadTimes } from './load-times.ts';
import { benchOutputSize } from './output-size.ts';
import { formatResults, type Result } from './result.ts';
import { benchTestRuns } from './test-run/test-run.ts';
import {
  benchEachNode,
  benchGrowth,
  benchOneNode,
  benchOneNodeIndented,
  benchStart,
  benchDiff,
  benchTiers,
  whyNoCommand,
} from './whole-command.ts';

interface Bench {
  readonly goals: readonly string[];
  /** Why it cannot run here, or null. */
  readonly whyNot: () => string | null;
  readonly run: (rounds: number) => Promise<readonly Result[]>;
}

const benches: readonly Bench[] = [
  { goals: ['P-5'], whyNot: whyNoCommand, run: benchStart },
  { goals: ['P-8', 'B-6'], whyNot: () => null, run: benchOutputSize },
  { goals: ['P-6'], whyNot: whyNoRoot, run: benchNewFlows },
  { goals: ['P-7'], whyNot: whyNoRoot, run: benchManyPolicies },
  { goals: ['B-1'], whyNot: whyNoRoot, run: benchPoliciesByEngine },
  { goals: ['B-2'], whyNot: whyNoRoot, run: benchPeersByEngine },
  { goals: ['B-3'], whyNot: whyNoRoot, run: benchEnginesAtOnce },
  { goals: ['B-3'], whyNot: whyNoRoot, run: benchTestRuns },
  { goals: ['B-4'], whyNot: whyNoRoot, run: benchLoadTimes },
  { goals: ['B-5'], whyNot: () => null, run: benchCompileTime },
  { goals: ['P-4'], whyNot: whyNoCommand, run: benchEachNode },
  { goals: ['P-1', 'P-2'], whyNot: whyNoCommand, run: benchOneNodeIndented },
  { goals: ['P-1', 'P-2'], whyNot: whyNoCommand, run: benchOneNode },
  { goals: ['P-3'], whyNot: whyNoCommand, run: benchGrowth },
  { goals: ['B-7'], whyNot: whyNoCommand, run: benchTiers },
  { goals: ['B-8'], whyNot: whyNoCommand, run: benchDiff },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
});
const wanted = benches.filter(
  ({ goals }) => positionals.length === 0 || goals.some((goal) => positionals.includes(goal)),
);
const results: Result[] = [];
for (const { goals, whyNot, run } of wanted) {
  const reason = whyNot();
  if (reason === null) results.push(...(await run(Number(values.rounds))));
  else console.error(`${goals.join(', ')} not measured: ${reason}`);
}
console.log(formatResults(results));
mkdirSync(benchFolder, { recursive: true });
writeFileSync(join(benchFolder, 'results.json'), `${JSON.stringify(document(results), null, 2)}\n`);
if (results.length === 0) process.exitCode = 1;

function document(all: readonly Result[]): object {
  return {
    schemaVersion: 1,
    node: process.version,
    cpu: cpus()[0]?.model ?? '',
    rounds: Number(values.rounds),
    results: all,
  };
}

function whyNoRoot(): string | null {
  return process.getuid?.() === 0 ? null : 'needs root, for namespaces and bpf';
}
