// Which endpoints an enforcement point has, and which pods speak for each.
import { getOrMake } from '../collections/get-or-make.ts';
import type { Scope } from '../ir/ir.ts';
import { compareAddresses } from '../ir/order.ts';
import { formatAddress, type Address } from '../net/address.ts';
import type { Cluster } from '../resolve/cluster.ts';
import type { Pod } from '../snapshot/snapshot.ts';

/** Addresses that are enforced alike, and the pods that own them: one, or every claimant of a contested address. */
export interface LocalEndpoint {
  readonly owners: readonly [Pod, ...Pod[]];
  /** Sorted. */
  readonly addresses: readonly Address[];
}

/**
 * The live pods in scope, in snapshot order. An address that several pods claim becomes an endpoint of its own, in
 * every scope that has one of the claimants, so no two endpoints share an address (S-323).
 */
export function localEndpoints(cluster: Cluster, scope: Scope): readonly LocalEndpoint[] {
  const local = scope.kind === 'snapshot' ? cluster.livePods : (cluster.livePodsByNode.get(scope.name) ?? []);
  if (cluster.claimantsByAddress.size === 0) return local.map((pod) => endpoint([pod], pod.addresses));
  const contested = new Map<string, LocalEndpoint>();
  const own = local.flatMap((pod) => {
    const undisputed = pod.addresses.filter((address) => !claims(cluster, contested, address));
    return undisputed.length === 0 ? [] : [endpoint([pod], undisputed)];
  });
  return [...own, ...contested.values()];
}

/** Notes a contested address among `contested`; false when only one pod claims it. */
function claims(cluster: Cluster, contested: Map<string, LocalEndpoint>, address: Address): boolean {
  const text = formatAddress(address);
  const [first, ...rest] = cluster.claimantsByAddress.get(text) ?? [];
  if (first === undefined) return false;
  getOrMake(contested, text, () => endpoint([first, ...rest], [address]));
  return true;
}

function endpoint(owners: readonly [Pod, ...Pod[]], addresses: readonly Address[]): LocalEndpoint {
  return { owners, addresses: [...addresses].sort(compareAddresses) };
}
