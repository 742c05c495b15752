// `-l SELECTOR`: the live pods whose labels match.
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import { matches } from '../policy/label-selector.ts';
import { parseLabelSelector } from '../policy/parse-label-selector.ts';
import type { Pod, Snapshot } from '../snapshot/snapshot.ts';
import { wholeSource } from '../source/source.ts';
import { andThen, fine } from './and-then.ts';

/** The live pods that a selector selects, in snapshot order; none is an error. */
export function selectPods(selector: string, snapshot: Snapshot): Promise<Outcome<readonly Pod[]>> {
  return andThen(parseLabelSelector(wholeSource('--selector', selector)), (parsed) => {
    const pods = snapshot.pods.filter((pod) => pod.live && matches(parsed, pod.labels));
    if (pods.length > 0) return fine(pods);
    return { value: null, diagnostics: [diagnose('NP7009', { selector }, null)] };
  });
}
