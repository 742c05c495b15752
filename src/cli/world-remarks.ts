// What a person should know about the input although nothing is wrong with it, a line each, for standard error.
import { printSkipped } from '../input/skipped.ts';
import type { World } from '../input/world.ts';
import { policyKey } from '../policy/network-policy.ts';
import { podKey } from '../snapshot/snapshot.ts';

/** How many policies or pods are named. */
const shown = 5;

/**
 * What was skipped, and which policies come to nothing: an input that forgot its pods protects none. Source: S-304.
 *
 * `standIns`: for a command that has workloads and made-up pods stand for pods, so that neither is the case.
 */
export function worldRemarks(world: World, { standIns } = { standIns: false }): readonly string[] {
  const skipped = printSkipped(world.skippedByKind);
  const idle = hasNoPolicy(world) ? noPolicy : standIns ? null : idlePolicies(world);
  return [...(skipped === null ? [] : [skipped]), ...(idle === null ? [] : [idle])];
}

const noPolicy =
  'the input has no NetworkPolicy: nothing is restricted (those of a snapshot count only without POLICIES)';

function hasNoPolicy({ policies, clusterPolicies }: World): boolean {
  return policies.length === 0 && clusterPolicies.length === 0;
}

function idlePolicies({ policies, snapshot }: World): string | null {
  if (snapshot.pods.length === 0) return 'the input has no Pod: no policy has an effect (a snapshot is given with -s)';
  const populated = new Set(snapshot.pods.map(({ namespace }) => namespace));
  const idle = policies.filter(({ namespace }) => !populated.has(namespace)).map(policyKey);
  if (idle.length === 0) return null;
  const names = firstNames(idle);
  const some = idle.length === 1 ? '1 policy has' : `${idle.length} policies have`;
  return `${some} no effect, for want of any pod in the namespace: ${names}`;
}

/** Pods that compiling for nodes leaves out: they have an address and no node, as in a snapshot that lost `nodeName`. */
export function homelessPods({ snapshot }: World): readonly string[] {
  const homeless = snapshot.pods.filter(({ live, node }) => live && node === null).map(podKey);
  if (homeless.length === 0) return [];
  const some = homeless.length === 1 ? '1 pod is' : `${homeless.length} pods are`;
  return [`${some} on no node (no spec.nodeName) and restricted by none of these rules: ${firstNames(homeless)}`];
}

function firstNames(names: readonly string[]): string {
  const more = names.length > shown ? [`${names.length - shown} more`] : [];
  return [...names.slice(0, shown), ...more].join(', ');
}
