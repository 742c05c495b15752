// What a person should know about the input although nothing is wrong with it, a line each, for standard error.
import { printSkipped } from '../input/skipped.ts';
import type { World } from '../input/world.ts';
import { policyKey } from '../policy/network-policy.ts';

/** How many policies are named. */
const shown = 5;

/** What was skipped, and which policies come to nothing: an input that forgot its pods protects none. Source: S-304. */
export function worldRemarks(world: World): readonly string[] {
  const skipped = printSkipped(world.skippedByKind);
  const idle = idlePolicies(world);
  return [...(skipped === null ? [] : [skipped]), ...(idle === null ? [] : [idle])];
}

function idlePolicies({ policies, snapshot }: World): string | null {
  if (policies.length === 0)
    return 'the input has no NetworkPolicy: nothing is restricted (those of a snapshot count only without POLICIES)';
  if (snapshot.pods.length === 0) return 'the input has no Pod: no policy has an effect (a snapshot is given with -s)';
  const populated = new Set(snapshot.pods.map(({ namespace }) => namespace));
  const idle = policies.filter(({ namespace }) => !populated.has(namespace)).map(policyKey);
  if (idle.length === 0) return null;
  const names = [...idle.slice(0, shown), ...(idle.length > shown ? [`${idle.length - shown} more`] : [])].join(', ');
  const some = idle.length === 1 ? '1 policy has' : `${idle.length} policies have`;
  return `${some} no effect, for want of any pod in the namespace: ${names}`;
}
