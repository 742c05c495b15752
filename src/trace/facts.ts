// What the oracle looks up: who owns an address, which policies a namespace has. Indexed once, before the first question.
import type { Address } from '../net/address.ts';
import type { ClusterPolicy, Tier } from '../policy/cluster-policy.ts';
import type { NetworkPolicy } from '../policy/network-policy.ts';
import type { Policies } from '../policy/policies.ts';
import type { Pod, Snapshot } from '../snapshot/snapshot.ts';
import { addressNumber } from './number.ts';

export interface Facts {
  readonly snapshot: Snapshot;
  /** Live pods by the number of an address. One pod in a sound snapshot; all claimants otherwise (S-323). */
  readonly livePods: {
    readonly IPv4: ReadonlyMap<bigint, readonly Pod[]>;
    readonly IPv6: ReadonlyMap<bigint, readonly Pod[]>;
  };
  /** Sorted by name (code-unit order), so that answers do not depend on the order of the input. */
  readonly policiesByNamespace: ReadonlyMap<string, readonly NetworkPolicy[]>;
  /** In the order in which they are asked: priority, then name, then kind. Source: S-1002, S-1007. */
  readonly policiesByTier: Readonly<Record<Tier, readonly ClusterPolicy[]>>;
}

/** Indexes a world. O(pods + policies log policies). */
export function indexFacts({ policies, clusterPolicies }: Policies, snapshot: Snapshot): Facts {
  return {
    snapshot,
    livePods: indexLivePods(snapshot.pods),
    policiesByNamespace: indexPolicies(policies),
    policiesByTier: { Admin: ofTier(clusterPolicies, 'Admin'), Baseline: ofTier(clusterPolicies, 'Baseline') },
  };
}

/** The live pods that own an address: `pod(a)` of section 5. Source: S-245, S-320, S-323. */
export function podsAt(facts: Facts, address: Address, number: bigint): readonly Pod[] {
  return facts.livePods[address.family].get(number) ?? [];
}

function indexLivePods(pods: readonly Pod[]): Facts['livePods'] {
  const index = { IPv4: new Map<bigint, Pod[]>(), IPv6: new Map<bigint, Pod[]>() };
  for (const pod of pods.filter((each) => each.live)) {
    for (const address of pod.addresses) {
      const number = addressNumber(address);
      const claimants = index[address.family].get(number);
      if (claimants === undefined) index[address.family].set(number, [pod]);
      else if (!claimants.includes(pod)) claimants.push(pod);
    }
  }
  return index;
}

function ofTier(policies: readonly ClusterPolicy[], tier: Tier): readonly ClusterPolicy[] {
  const order = ({ priority, name, kind }: ClusterPolicy): string =>
    `${String(priority).padStart(4, '0')} ${name} ${kind}`;
  return policies.filter((policy) => policy.tier === tier).sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function indexPolicies(policies: readonly NetworkPolicy[]): ReadonlyMap<string, readonly NetworkPolicy[]> {
  const byNamespace = new Map<string, NetworkPolicy[]>();
  for (const policy of [...policies].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))) {
    const known = byNamespace.get(policy.namespace);
    if (known === undefined) byNamespace.set(policy.namespace, [policy]);
    else known.push(policy);
  }
  return byNamespace;
}
