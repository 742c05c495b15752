// Random worlds in the kernel: every engine in every setting, at the nodes and at one gateway, against the oracle.
import type { Flow } from '../../src/net/flow.ts';
import { engineSettings, type KernelEngine, type Setting } from '../kit/kernel-engines.ts';
import { judgeByKernel, type KernelJudgement } from '../kit/kernel-requests.ts';
import { limited } from '../kit/limited.ts';
import { must } from '../kit/must.ts';
import type { Failure } from './campaign.ts';
import { goldenCase } from './golden-case.ts';
import { kernelSample, randomKernelSample, type KernelSample } from './kernel-sample.ts';
import type { Mismatch } from './properties.ts';
import { shrinkWorld } from './shrink.ts';
import { isRefusal } from './subject.ts';

export interface KernelCampaign {
  readonly worlds: number;
  /** Verdicts by engine and setting: `iptables, bridged`. */
  readonly verdicts: ReadonlyMap<string, number>;
  readonly packets: number;
  readonly failure: Failure | null;
}

export interface KernelCampaignOptions {
  readonly firstSeed: number;
  /** Asked before each session; false ends the campaign. */
  readonly goOn: (worlds: number) => boolean;
  readonly flowsPerWorld: number;
  /** Building namespaces takes longer than most worlds. */
  readonly worldsPerSession: number;
}

/** Sessions spend half of their time waiting for programs to start and end. */
const atOnce = limited(3);

/** Judges the worlds of consecutive seeds until told to stop or one is judged otherwise than the oracle does. */
export async function runKernelCampaign(options: KernelCampaignOptions): Promise<KernelCampaign> {
  const counts = { worlds: 0, verdicts: new Map<string, number>(), packets: 0 };
  while (options.goOn(counts.worlds)) {
    const samples = await nextSamples(options, options.firstSeed + counts.worlds);
    counts.worlds += samples.length;
    const judgements = engineSettings.map(({ by, setting }) => atOnce(() => judgeByKernel(samples, by, setting)));
    const judged = await Promise.all(judgements);
    for (const [index, { by, setting }] of engineSettings.entries()) {
      const judgement = must(judged[index]);
      const name = `${by.engine.name}, ${setting}`;
      counts.verdicts.set(name, (counts.verdicts.get(name) ?? 0) + judgement.verdicts);
      counts.packets += judgement.packets;
      const failure = await failureOf(samples, judgement, by, setting);
      if (failure !== null) return { ...counts, failure };
    }
  }
  return { ...counts, failure: null };
}

function nextSamples(options: KernelCampaignOptions, firstSeed: number): Promise<readonly KernelSample[]> {
  const seeds = Array.from({ length: options.worldsPerSession }, (_, index) => firstSeed + index);
  return Promise.all(seeds.map((seed) => randomKernelSample(seed, options.flowsPerWorld)));
}

async function failureOf(
  samples: readonly KernelSample[],
  judgement: KernelJudgement,
  by: KernelEngine,
  setting: Setting,
): Promise<Failure | null> {
  for (const sample of samples) {
    const [detail] = judgement.disagreementsByCase.get(sample.name) ?? [];
    if (detail === undefined) continue;
    const wrong = sample.flows.find(({ text }) => detail.endsWith(text));
    const { seed, manifests: world } = sample;
    const mismatch: Mismatch = {
      property: 'kernel',
      detail,
      flow: wrong?.flow ?? null,
      expected: wrong?.expect ?? null,
    };
    const smallest = wrong === undefined ? world : await shrinkFor(sample, wrong.flow, by, setting);
    return { seed, mismatch, world: smallest, files: goldenCase(mismatch, smallest, sample.snapshot) };
  }
  return null;
}

/** The smallest world in which the kernel still judges this one flow otherwise than the oracle. */
function shrinkFor(
  { manifests, seed }: KernelSample,
  flow: Flow,
  by: KernelEngine,
  setting: Setting,
): Promise<KernelSample['manifests']> {
  return shrinkWorld(manifests, async (smaller) => {
    try {
      const sample = await kernelSample(smaller, seed, 1, flow);
      if (sample.flows.length === 0) return false;
      const { disagreementsByCase } = await judgeByKernel([sample], by, setting);
      return (disagreementsByCase.get(sample.name) ?? []).length > 0;
    } catch (error) {
      if (isRefusal(error)) return false;
      throw error;
    }
  });
}
