// What is enforced for each endpoint, direction by direction: the questions that the IR answers for a whole scope.
import type { Direction, Scope } from '../ir/ir.ts';
import type { NetworkPolicy } from '../policy/network-policy.ts';
import type { Cluster } from '../resolve/cluster.ts';
import { localEndpoints, type LocalEndpoint } from './endpoints.ts';
import { commonEnforcement, createEnforcementOf, type Enforcement } from './enforcement.ts';
import type { TiersOf } from './tiers.ts';

export interface Sides {
  /** The endpoints of a scope, in snapshot order. */
  readonly endpoints: (scope: Scope) => readonly LocalEndpoint[];
  /**
   * What holds for an endpoint; null when nothing isolates it. The same object for all endpoints of which the same is true
   * for the same reasons; worked out when first asked for. Throws TiersTooLarge.
   */
  readonly of: (endpoint: LocalEndpoint, direction: Direction) => Enforcement | null;
}

export function createSides(cluster: Cluster, policies: readonly NetworkPolicy[], tiersOf: TiersOf): Sides {
  const enforcementOf = createEnforcementOf(cluster, policies, tiersOf);
  return {
    endpoints: (scope) => localEndpoints(cluster, scope),
    of: ({ owners }, direction) => {
      const [first, ...rest] = owners;
      return rest.length === 0
        ? enforcementOf(first, direction)
        : commonEnforcement(owners.map((pod) => enforcementOf(pod, direction)));
    },
  };
}
