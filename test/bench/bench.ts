// `npm run bench -- [--rounds N] [P-1 …]`: measures the goals of the performance page and prints them beside what was measured.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchFolder } from './cluster/cluster-file.ts';
import { benchManyPolicies, benchNewFlows } from './forwarding/forwarding.ts';
import { benchOutputSize } from './output-size.ts';
import { formatResults, type Result } from './result.ts';
import {
  benchEachNode,
  benchGrowth,
  benchOneNode,
  benchOneNodeIndented,
  benchStart,
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
  { goals: ['P-8'], whyNot: () => null, run: benchOutputSize },
  { goals: ['P-6'], whyNot: whyNoRoot, run: benchNewFlows },
  { goals: ['P-7'], whyNot: whyNoRoot, run: benchManyPolicies },
  { goals: ['P-4'], whyNot: whyNoCommand, run: benchEachNode },
  { goals: ['P-1', 'P-2'], whyNot: whyNoCommand, run: benchOneNodeIndented },
  { goals: ['P-1', 'P-2'], whyNot: whyNoCommand, run: benchOneNode },
  { goals: ['P-3'], whyNot: whyNoCommand, run: benchGrowth },
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
  return process.getuid?.() === 0 ? null : 'needs root for network namespaces';
}
