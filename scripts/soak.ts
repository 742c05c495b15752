// `npm run soak -- [--seconds N] [--seed S] [--probes N] [--kernel] [-o DIR]`: random worlds for as long as told. Prints seeds, counts
// and what was covered; ends with exit code 1, a shrunk counterexample and the files of a golden case at the first mismatch.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatFailure, runCampaign, type Failure } from '../test/properties/campaign.ts';
import { addCounts, countFeatures } from '../test/properties/coverage.ts';
import { countTierFeatures } from '../test/properties/tier-coverage.ts';
import { runKernelCampaign } from '../test/properties/kernel-campaign.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    probes: { type: 'string', default: '1000' },
    kernel: { type: 'boolean', default: false },
    output: { type: 'string', short: 'o' },
  },
});
const firstSeed = Number(values.seed);
const probes = Number(values.probes);
const until = Date.now() + Number(values.seconds) * 1000;
const goOn = (): boolean => Date.now() < until;

console.log(`from seed ${firstSeed} for ${values.seconds} s, about ${probes} probes a world`);
const failure = values.kernel ? await soakKernel() : await soak();
if (failure !== null) {
  process.exitCode = 1;
  console.log(formatFailure(failure));
  if (values.output !== undefined) writeFiles(values.output, failure.files);
}

/** In this process: the oracle, the IR and what is canonical. */
async function soak(): Promise<Failure | null> {
  const coverage = new Map<string, number>();
  const campaign = await runCampaign({
    firstSeed,
    probesPerWorld: probes,
    goOn,
    onSubject: (subject) => {
      addCounts(coverage, countFeatures(subject));
      addCounts(coverage, countTierFeatures(subject));
    },
  });
  // What never came up stands out by its 0.
  for (const [feature, count] of coverage) console.log(`${String(count).padStart(10)}  ${feature}`);
  const share = Math.round((100 * campaign.allowed) / Math.max(campaign.probes, 1));
  console.log(`${summary(campaign)}, ${campaign.probes} probes, ${share} % allowed`);
  return campaign.failure;
}

async function soakKernel(): Promise<Failure | null> {
  const campaign = await runKernelCampaign({ firstSeed, flowsPerWorld: probes, worldsPerSession: 20, goOn });
  console.log(`${summary(campaign)}, ${campaign.packets} packets; verdicts of the kernel:`);
  for (const [name, count] of campaign.verdicts) console.log(`  ${name}: ${count}`);
  return campaign.failure;
}

function summary({ worlds, failure: found }: { readonly worlds: number; readonly failure: Failure | null }): string {
  const mismatches = found === null ? 'no mismatch' : `a mismatch at seed ${found.seed}`;
  return `seeds ${firstSeed} to ${firstSeed + Math.max(worlds, 1) - 1}: ${mismatches} in ${worlds} worlds`;
}

function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
}
