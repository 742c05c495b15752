// Times of two lanes → a result.
import { median } from '../measure.ts';
import type { Result } from '../result.ts';

/** Nanoseconds a packet by lane, one number a round; `sending` is what sending alone costs. */
export type LaneTimes = Readonly<Record<'sending', readonly number[]>> & Readonly<Record<string, readonly number[]>>;

/** One lane ÷ another, net of what sending costs, as a median over rounds. */
export function compareLanes(
  goal: Pick<Result, 'goal' | 'what' | 'wanted'>,
  times: LaneTimes,
  over: string,
  under: string,
): Result {
  const harness = median(times.sending);
  const [above, below] = [times[over] ?? [], times[under] ?? []];
  const ratios = above.map((time, round) => (time - harness) / ((below[round] ?? NaN) - harness));
  const gross = median(above.map((time, round) => time / (below[round] ?? NaN)));
  const details = { overNs: median(above), underNs: median(below), sendingNs: harness, grossRatio: gross };
  return { ...goal, value: median(ratios), details };
}
