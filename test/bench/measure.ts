// Measuring on a machine that others use too: in turns, many times, medians, and ratios only.
import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { createRandom } from '../properties/world/random.ts';

/** One measured run of a program. */
export interface Run {
  readonly wallMs: number;
  /** Peak resident memory. */
  readonly peakKb: number;
}

/** Runs of each variant in turns, so that drift of the machine hits all alike. The first round warms up and is dropped. */
export async function interleave<N extends string, R>(
  rounds: number,
  variants: Readonly<Record<N, () => Promise<R>>>,
): Promise<Readonly<Record<N, readonly R[]>>> {
  const names = Object.keys(variants) as N[];
  const runs = Object.fromEntries(names.map((name) => [name, [] as R[]])) as Record<N, R[]>;
  for (let round = 0; round <= rounds; round++) {
    for (const name of orderOf(round, names)) {
      const run = await variants[name]();
      if (round > 0) runs[name].push(run);
    }
  }
  return runs;
}

/** Another order each round: what runs before may leave the machine warm or cold. */
export function orderOf<T>(round: number, names: readonly T[]): readonly T[] {
  return createRandom(round).shuffle(names);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

/** Median of the ratios of runs of the same round: what drifts over minutes cancels. */
export function medianRatio(numerators: readonly number[], denominators: readonly number[]): number {
  return median(numerators.map((value, round) => value / (denominators[round] ?? NaN)));
}

/** Wall time and peak memory of a whole process, by GNU time. Its output is thrown away; failing is an error. */
export async function runProcess(argv: readonly [string, ...string[]]): Promise<Run> {
  const sink = await open('/dev/null', 'w');
  try {
    const started = process.hrtime.bigint();
    const { exitCode, stderr } = await finished(['/usr/bin/time', '-f', '%M', ...argv], sink.fd);
    const wallMs = Number(process.hrtime.bigint() - started) / 1e6;
    if (exitCode !== 0) throw new Error(`${argv.join(' ')} failed:\n${stderr}`);
    return { wallMs, peakKb: Number(stderr.trim().split('\n').at(-1)) };
  } finally {
    await sink.close();
  }
}

function finished(
  argv: readonly [string, ...string[]],
  stdout: number,
): Promise<{ exitCode: number | null; stderr: string }> {
  const [program, ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', stdout, 'pipe'] });
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (exitCode) => {
      resolve({ exitCode, stderr });
    });
  });
}
