// BASE and HEAD → two worlds, ready to be compared. What they have in common is read once.
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import type { ComparedWorld } from '../diff/diff-worlds.ts';
import type { Host } from '../host/host.ts';
import { readWorlds } from '../input/read-world.ts';
import { andThen, fine } from './and-then.ts';
import { findFiles } from './find-files.ts';
import { readOptions, stdinTwice } from './load-world.ts';
import { planWorlds, type PlannedFlags, type PlannedWorlds } from './planned-worlds.ts';

export interface ComparedWorlds extends Pick<PlannedWorlds, 'kindOf' | 'remarks'> {
  readonly base: ComparedWorld;
  readonly head: ComparedWorld;
}

/** Reads both, and refuses worlds whose answers would be guesses, as compiling does. Source: S-303. */
export async function loadCompared(
  base: readonly string[],
  head: readonly string[],
  flags: PlannedFlags,
  host: Host,
): Promise<Outcome<ComparedWorlds>> {
  const misuse = stdinTwice([...base, ...head, ...flags.snapshot]);
  if (misuse !== null) return { value: null, diagnostics: [misuse] };
  const problems: Diagnostic[] = [];
  const report = (problem: Diagnostic): void => void problems.push(problem);
  const sides = [await findFiles(base, 'policies', host, report), await findFiles(head, 'policies', host, report)];
  const snapshots = await findFiles(flags.snapshot, 'snapshot', host, report);
  if (problems.length > 0) return { value: null, diagnostics: problems };
  const read = await readWorlds(sides, snapshots, { ...readOptions(flags), planned: true });
  return andThen(read, (worlds) =>
    andThen(planWorlds(worlds, flags), ({ worlds: [first, second], kindOf, remarks }) => {
      if (first === undefined || second === undefined) throw new Error('two worlds were asked for');
      return fine({ base: first, head: second, kindOf, remarks });
    }),
  );
}
