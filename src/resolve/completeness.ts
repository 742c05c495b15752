// Finds selectors whose answer depends on Namespace objects that the snapshot lacks.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { NetworkPolicy, PodPeer } from '../policy/network-policy.ts';
import { selectGroups } from '../snapshot/label-index.ts';
import type { Cluster } from './cluster.ts';
import { matchesUnknownNamespace } from './select-namespaces.ts';

/**
 * Reports every peer that cannot be decided: its pods are in a namespace without an object, and its namespaceSelector
 * asks for labels. Errors, or warnings when `allowIncomplete` lets them count as no match. Source: S-303.
 *
 * O(peers × unknown namespaces): nothing in a complete snapshot. Says the same whatever node is compiled.
 */
export function checkCompleteness(
  cluster: Cluster,
  policies: readonly NetworkPolicy[],
  allowIncomplete: boolean,
): readonly Diagnostic[] {
  if (cluster.unknownNamespaces.length === 0) return [];
  const peers = policies.flatMap(podPeers);
  return cluster.unknownNamespaces.flatMap((namespace) =>
    peers
      .filter((peer) => isUndecided(cluster, peer, namespace))
      .map((peer) =>
        diagnose('NP3002', { namespace, selector: `${peer.origin.path}.namespaceSelector` }, peer.origin.span, {
          severity: allowIncomplete ? 'warning' : 'error',
        }),
      ),
  );
}

function isUndecided(cluster: Cluster, peer: PodPeer, namespace: string): boolean {
  if (peer.namespaceSelector === null) return false;
  if (matchesUnknownNamespace(peer.namespaceSelector, namespace) !== 'unknown') return false;
  return selectGroups(cluster.index, new Set([namespace]), peer.podSelector).length > 0;
}

function podPeers(policy: NetworkPolicy): readonly PodPeer[] {
  const rules = [...(policy.ingress ?? []), ...(policy.egress ?? [])];
  return rules.flatMap((rule) => rule.peers ?? []).filter((peer): peer is PodPeer => peer.kind === 'pods');
}
