// Runs worlds of consecutive seeds through every property and stops at the first mismatch, made small.
import { goldenCase } from './golden-case.ts';
import { findMismatch, oracleOf, propertyNames, type Mismatch, type PropertyName } from './properties.ts';
import { randomWorld, type RandomWorld } from './random-world.ts';
import { shrinkWorld } from './shrink.ts';
import { prepareSubject, isRefusal, type Subject } from './subject.ts';
import type { Oracle } from '../../src/trace/oracle.ts';

export interface Campaign {
  readonly worlds: number;
  readonly probes: number;
  /** Probes that the oracle lets through. */
  readonly allowed: number;
  readonly failure: Failure | null;
}

export interface Failure {
  readonly seed: number;
  readonly mismatch: Mismatch;
  readonly world: RandomWorld;
  /** A ready-made golden case, text by file name. */
  readonly files: ReadonlyMap<string, string>;
}

export interface CampaignOptions {
  readonly firstSeed: number;
  /** Asked before each world; false ends the campaign. */
  readonly goOn: (worlds: number) => boolean;
  readonly probesPerWorld: number;
  readonly onSubject?: (subject: Subject) => void;
  /** For tests of the campaign itself: a wrong oracle must be found. */
  readonly oracle?: (subject: Subject) => Oracle;
  /** All by default. */
  readonly only?: readonly PropertyName[];
}

export async function runCampaign(options: CampaignOptions): Promise<Campaign> {
  const counts = { worlds: 0, probes: 0, allowed: 0 };
  for (let seed = options.firstSeed; options.goOn(counts.worlds); seed++) {
    const world = randomWorld(seed);
    const mismatch = await examine(world, options, (subject, oracle) => {
      counts.probes += subject.probes.length;
      counts.allowed += subject.probes.filter((flow) => oracle(flow) === 'allow').length;
      options.onSubject?.(subject);
    });
    counts.worlds++;
    if (mismatch !== null) return { ...counts, failure: await shrinkFailure({ seed, mismatch, world }, options) };
  }
  return { ...counts, failure: null };
}

/** A campaign's failure as text: the seed, what is wrong, and the files of a golden case. */
export function formatFailure({ seed, mismatch, files }: Failure): string {
  const texts = [...files].map(([name, text]) => `# file: golden/seed-${seed}/${name}\n${text}`);
  return [`seed ${seed}: property ${mismatch.property}: ${mismatch.detail}`, ...texts].join('\n');
}

async function examine(
  world: RandomWorld,
  { probesPerWorld, oracle = oracleOf, only = propertyNames }: CampaignOptions,
  onSubject: (subject: Subject, oracle: Oracle) => void = () => undefined,
): Promise<Mismatch | null> {
  try {
    const subject = await prepareSubject(world, probesPerWorld);
    const judge = oracle(subject);
    onSubject(subject, judge);
    return await findMismatch(subject, { oracle: judge, only });
  } catch (error) {
    if (isRefusal(error)) return { property: 'is-read', detail: error.message, flow: null, expected: null };
    throw error;
  }
}

/** A smaller world counts when the same property fails; a refused one only when it is refused for the same reason. */
async function shrinkFailure(found: Omit<Failure, 'files'>, options: CampaignOptions): Promise<Failure> {
  const { seed, mismatch } = found;
  const codeOf = ({ property, detail }: Mismatch): string =>
    property === 'is-read' ? (/NP[0-9]{4}/.exec(detail)?.[0] ?? '') : '';
  const world = await shrinkWorld(found.world, async (smaller) => {
    const got = await examine(smaller, options);
    return got?.property === mismatch.property && codeOf(got) === codeOf(mismatch);
  });
  const final = (await examine(world, options)) ?? mismatch;
  const snapshot = final.property === 'is-read' ? null : (await prepareSubject(world, 1)).world.snapshot;
  return { seed, mismatch: final, world, files: goldenCase(final, world, snapshot) };
}
