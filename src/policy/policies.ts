// All policies of a world.
import type { ClusterPolicy } from './cluster-policy.ts';
import type { NetworkPolicy } from './network-policy.ts';

export interface Policies {
  /** Sorted by namespace, then name (code-unit order). */
  readonly policies: readonly NetworkPolicy[];
  /** In the order in which they are asked, Admin and Baseline mixed: priority, then name. Source: S-1002, S-1007. */
  readonly clusterPolicies: readonly ClusterPolicy[];
}
