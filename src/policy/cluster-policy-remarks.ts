// What is valid in a cluster policy and most likely not meant. Source: lints L-38 and L-39.
import type { ClusterPolicy, ClusterRule } from './cluster-policy.ts';
import type { ProblemList } from './problem-list.ts';

/** Warns of a policy without any rule, and of rules for all addresses that pods have not been spared. */
export function remarkOnClusterPolicy({ ingress, egress, origin }: ClusterPolicy, problems: ProblemList): void {
  if (ingress.length + egress.length === 0) problems.add('NP2418', {}, origin.span);
  for (const [index, rule] of egress.entries()) {
    const peer = rule.action === 'Pass' ? undefined : rule.peers.find(isEverywhere);
    if (peer === undefined || egress.slice(0, index).some(sparesPods)) continue;
    problems.add('NP2419', { path: peer.origin.path, action: rule.action }, peer.origin.span);
  }
}

function isEverywhere(peer: ClusterRule['peers'][number]): boolean {
  return peer.kind === 'networks' && peer.cidrs.some(({ prefixLength }) => prefixLength === 0);
}

/** The rule decides about every pod and every port. */
function sparesPods({ peers, ports }: ClusterRule): boolean {
  const isEveryPod = (peer: ClusterRule['peers'][number]): boolean =>
    peer.kind === 'pods' &&
    peer.podSelector.requirements.length === 0 &&
    peer.namespaceSelector?.requirements.length === 0;
  return ports === null && peers.some(isEveryPod);
}
