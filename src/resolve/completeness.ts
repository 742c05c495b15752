// Finds what the snapshot leaves open: selectors that need missing Namespace objects, addresses that several pods claim.
import { diagnose, type Diagnostic, type Severity } from '../diagnostics/diagnostic.ts';
import { addressKey, formatAddress } from '../net/address.ts';
import type { ClusterPolicy } from '../policy/cluster-policy.ts';
import type { NetworkPolicy, PodPeer } from '../policy/network-policy.ts';
import type { Policies } from '../policy/policies.ts';
import { selectGroups } from '../snapshot/label-index.ts';
import { podKey, type Node, type Pod } from '../snapshot/snapshot.ts';
import type { Span } from '../source/source.ts';
import type { Cluster } from './cluster.ts';
import { matchesUnknownNamespace } from './select-namespaces.ts';

/**
 * Reports every address that several live pods claim (S-323), and every peer that cannot be decided: its pods are in a
 * namespace without an object, and its namespaceSelector asks for labels (S-303). Errors, or warnings when
 * `allowIncomplete` lets both count to the safe side. Warns of pods with the address of a node.
 *
 * O(claims + peers × unknown namespaces + nodes): nothing to speak of in a sound snapshot. Says the same whatever node is compiled.
 */
export function checkCompleteness(
  cluster: Cluster,
  policies: Policies,
  allowIncomplete: boolean,
): readonly Diagnostic[] {
  const severity = allowIncomplete ? 'warning' : 'error';
  return [
    ...contestedAddresses(cluster, severity),
    ...podsWithNodeAddresses(cluster),
    ...undecidedPeers(cluster, policies, severity),
    ...unknownNames(cluster, policies),
  ];
}

/** Every peer of domain names where no DNSSnapshot says anything about any. Source: S-1017. */
function unknownNames({ snapshot }: Cluster, { clusterPolicies }: Policies): readonly Diagnostic[] {
  if (snapshot.dnsSnapshots.length > 0) return [];
  const peers = clusterPolicies.flatMap(({ egress }) => egress.flatMap((rule) => rule.peers));
  return peers.flatMap((peer) =>
    peer.kind === 'domains' ? [diagnose('NP3022', { path: peer.origin.path }, peer.origin.span)] : [],
  );
}

/** Always warnings: there are clusters whose nodes lend their address to a pod. */
function podsWithNodeAddresses(cluster: Cluster): readonly Diagnostic[] {
  return [...cluster.snapshot.nodeByName.values()].flatMap((node) =>
    node.addresses.flatMap((address) => {
      const pod = cluster.podByAddress.get(addressKey(address));
      if (pod === undefined) return [];
      const notes = [{ message: `node \`${node.name}\` is here`, span: placeOf(node) }];
      const parameters = { pod: podKey(pod), address: formatAddress(address), node: node.name };
      return [diagnose('NP3020', parameters, placeOf(pod), { notes })];
    }),
  );
}

/** One for each claimant after the first, in snapshot order. */
function contestedAddresses(cluster: Cluster, severity: Severity): readonly Diagnostic[] {
  return [...cluster.claimantsByAddress].flatMap(([address, [first, ...others]]) =>
    first === undefined
      ? []
      : others.map((second) => {
          const notes = [{ message: `\`${podKey(first)}\` is here`, span: placeOf(first) }];
          const parameters = { address, first: podKey(first), second: podKey(second) };
          return diagnose('NP3001', parameters, placeOf(second), { notes, severity });
        }),
  );
}

function placeOf({ source }: Pod | Node): Span {
  return { source, start: 0, end: 0 };
}

function undecidedPeers(
  cluster: Cluster,
  { policies, clusterPolicies }: Policies,
  severity: Severity,
): readonly Diagnostic[] {
  if (cluster.unknownNamespaces.length === 0) return [];
  const selecting = [...policies.flatMap(podPeers), ...clusterPolicies.flatMap(podPeersOfTier)];
  return cluster.unknownNamespaces.flatMap((namespace) =>
    selecting
      .filter(({ peer }) => isUndecided(cluster, peer, namespace))
      .map(({ peer, selector }) => diagnose('NP3002', { namespace, selector }, peer.origin.span, { severity })),
  );
}

function isUndecided(cluster: Cluster, peer: PodPeer, namespace: string): boolean {
  if (peer.namespaceSelector === null) return false;
  if (matchesUnknownNamespace(peer.namespaceSelector, namespace) !== 'unknown') return false;
  return selectGroups(cluster.index, new Set([namespace]), peer.podSelector).length > 0;
}

/** A peer or a subject, and the path of what selects its namespaces. */
interface Selecting {
  readonly peer: PodPeer;
  readonly selector: string;
}

function podPeers(policy: NetworkPolicy): readonly Selecting[] {
  const rules = [...(policy.ingress ?? []), ...(policy.egress ?? [])];
  return rules
    .flatMap((rule) => rule.peers ?? [])
    .flatMap((peer) => (peer.kind === 'pods' ? [{ peer, selector: `${peer.origin.path}.namespaceSelector` }] : []));
}

/** Subjects are found as peers are. */
function podPeersOfTier({ subject, ingress, egress }: ClusterPolicy): readonly Selecting[] {
  const peers = [...ingress, ...egress].flatMap((rule) => rule.peers);
  const selecting = [subject, ...peers.filter((peer) => peer.kind === 'pods')];
  return selecting.map((peer) => ({ peer, selector: peer.origin.path }));
}
