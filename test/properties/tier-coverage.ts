// How often generated worlds exercise which rule about tiers, counted over the decoded policies.
import type { ClusterPolicy } from '../../src/policy/cluster-policy.ts';
import type { Subject } from './subject.ts';

/** Cases by S-id, for one world. Ids that did not occur are there with 0. */
export function countTierFeatures({ world }: Subject): ReadonlyMap<string, number> {
  const { clusterPolicies, snapshot } = world;
  const rules = clusterPolicies.flatMap(({ ingress, egress }) => [...ingress, ...egress]);
  const peers = rules.flatMap((rule) => rule.peers);
  const ports = rules.flatMap((rule) => rule.ports ?? []);
  const count = <T>(items: readonly T[], holds: (item: T) => boolean): number => items.filter(holds).length;
  const ranks = clusterPolicies.map(({ tier, priority }) => `${tier} ${priority}`);
  const isOlder = ({ kind }: ClusterPolicy): boolean => kind !== 'ClusterNetworkPolicy';
  const names = snapshot.dnsSnapshots.flatMap(({ records }) => records);
  return new Map([
    ['S-1001 Admin', count(clusterPolicies, ({ tier }) => tier === 'Admin')],
    ['S-1001 Baseline', count(clusterPolicies, ({ tier }) => tier === 'Baseline')],
    ['S-1003 Pass', count(rules, ({ action }) => action === 'Pass')],
    ['S-1005 NetworkPolicies beside tiers', clusterPolicies.length > 0 && world.policies.length > 0 ? 1 : 0],
    ['S-1007 equal priorities', ranks.length - new Set(ranks).size],
    ['S-1009 newer schema', count([...peers, ...ports], ({ kind }) => kind === 'unknown')],
    ['S-1010 no ports', count(rules, (rule) => rule.ports === null)],
    ['S-1012 named port', count(ports, ({ kind }) => kind === 'named')],
    ['S-1015 nodes', count(peers, ({ kind }) => kind === 'nodes')],
    ['S-1016 networks', count(peers, ({ kind }) => kind === 'networks')],
    ['S-1017 names', count(peers, ({ kind }) => kind === 'domains')],
    ['S-1017 records', names.length],
    ['S-1019 no rules', count(clusterPolicies, ({ ingress, egress }) => ingress.length + egress.length === 0)],
    ['S-1101 v1alpha1', count(clusterPolicies, isOlder)],
    ['S-1108 both versions', clusterPolicies.some(isOlder) && !clusterPolicies.every(isOlder) ? 1 : 0],
    ['S-1207 open questions', clusterPolicies.length > 0 && isIncomplete(world) ? 1 : 0],
  ]);
}

function isIncomplete({ snapshot }: Subject['world']): boolean {
  return snapshot.pods.some(({ live, namespace }) => live && !snapshot.namespaceByName.has(namespace));
}
