// Which endpoints a change of policies can concern: so that the rest of a large cluster is not worked out.
import { groupBy } from '../collections/get-or-make.ts';
import type { Direction } from '../ir/ir.ts';
import { present, type Subject } from '../connectivity/endpoints.ts';
import type { World } from '../input/world.ts';
import { createSelecting } from '../lower/selecting.ts';
import { clusterPolicyKey } from '../policy/cluster-policy.ts';
import { matches } from '../policy/label-selector.ts';
import { policyKey, type NetworkPolicy } from '../policy/network-policy.ts';
import type { Policies } from '../policy/policies.ts';
import { indexCluster } from '../resolve/cluster.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import { saysTheSame } from '../source/says-the-same.ts';

export type MayDiffer = (subject: Subject, direction: Direction) => boolean;

/**
 * With one and the same snapshot only policies make a difference, and only for the pods that they select. With two
 * snapshots everything may differ. O(policies) to prepare.
 */
export function createMayDiffer(base: World, head: World): MayDiffer {
  if (base.snapshot !== head.snapshot) return () => true;
  const { policies, clusterPolicies } = changedPolicies(base, head);
  const byNamespace = groupBy(policies, ({ namespace }) => namespace);
  const selectedBy = createSelecting(indexCluster(base.snapshot), clusterPolicies);
  const concerns = (pod: Pod, direction: Direction): boolean =>
    (byNamespace.get(pod.namespace) ?? []).some(
      (each) => each[direction] !== null && matches(each.subject, pod.labels),
    ) ||
    (clusterPolicies.length > 0 && selectedBy(pod)[direction].length > 0);
  return (subject, direction) =>
    subject.base === null || subject.head === null || present(subject).owners.some((pod) => concerns(pod, direction));
}

/** Policies of either side that the other side does not have, or has otherwise: both versions of what was altered. */
export function changedPolicies(base: Policies, head: Policies): Policies {
  return {
    policies: changed<NetworkPolicy>(base.policies, head.policies, policyKey),
    clusterPolicies: changed(base.clusterPolicies, head.clusterPolicies, clusterPolicyKey),
  };
}

function changed<T>(base: readonly T[], head: readonly T[], keyOf: (policy: T) => string): readonly T[] {
  const headByKey = new Map(head.map((policy) => [keyOf(policy), policy]));
  const baseByKey = new Map(base.map((policy) => [keyOf(policy), policy]));
  return [
    ...base.filter((policy) => !saysTheSame(policy, headByKey.get(keyOf(policy)))),
    ...head.filter((policy) => !saysTheSame(policy, baseByKey.get(keyOf(policy)))),
  ];
}
