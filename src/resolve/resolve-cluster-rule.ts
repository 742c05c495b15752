// The rules of cluster-scoped policies → addresses and ports. As resolve-policy.ts does for NetworkPolicies.
import { addressesOf, allAddresses, cidrSet, type AddressSet } from '../net/address-set.ts';
import type { Address } from '../net/address.ts';
import type { Allow } from '../net/allow-table.ts';
import { allPorts, protocols } from '../net/protocol.ts';
import type { Action, ClusterPeer, ClusterPolicy, ClusterRule } from '../policy/cluster-policy.ts';
import { domainMatches } from '../policy/domain-name.ts';
import { matches } from '../policy/label-selector.ts';
import type { Field } from '../policy/network-policy.ts';
import type { Cluster } from './cluster.ts';
import { egressNamedPort } from './named-ports.ts';
import { isDecided, type Certainty } from './peers.ts';
import { createPodSets, type PodSets } from './pod-sets.ts';

/** The union of sets that many rules share. */
export type Peers = readonly AddressSet[];

/** One step of a tier: what becomes of the connections that match. A rule is one step, or two where something is open. */
export interface TierStep {
  readonly action: Action;
  readonly matches: readonly Match[];
  /** Names of ports, to be looked up on the subject, and the peers that may use them (ingress; S-1012). */
  readonly subjectPorts: readonly string[];
  readonly peers: Peers;
  readonly origin: Field;
}

/** One rectangle, as an `Allow`: whether it is allowed is the step's. */
export type Match = Omit<Allow, 'peers'> & { readonly peers: Peers };

/** Resolves a rule for subjects that its policy selects for certain, or only possibly. */
export type ClusterRuleResolver = (
  rule: ClusterRule,
  direction: 'ingress' | 'egress',
  selected: Certainty,
) => readonly TierStep[];

/** Prepares to resolve the rules of these policies. O(peers × label groups + pods log pods). */
export function createClusterRuleResolver(cluster: Cluster, policies: readonly ClusterPolicy[]): ClusterRuleResolver {
  const isOpen = !isDecided(cluster);
  const peers = policies.flatMap(({ ingress, egress }) => [...ingress, ...egress].flatMap((rule) => rule.peers));
  const podPeers = peers.filter((peer) => peer.kind === 'pods');
  const pods = createPodSets(cluster, podPeers, isOpen ? ['certain', 'possible'] : ['certain']);
  const matching = (certainty: Certainty): Matching => ({
    cluster,
    certainty: isOpen ? certainty : 'certain',
    pods,
  });
  return (rule, direction, selected) => {
    if (rule.action !== 'Accept' && isNewer(rule)) return [everything(rule)];
    const step = (action: Action, certainty: Certainty): TierStep => ({
      action,
      ...matchesOf(rule, direction, matching(certainty)),
      origin: rule.origin,
    });
    // What is open counts to the safe side: S-303, S-323, S-1207.
    if (rule.action === 'Deny') return [step('Deny', 'possible')];
    if (selected === 'possible') return rule.action === 'Pass' ? [step('Deny', 'possible')] : [];
    if (rule.action === 'Accept' || !isOpen) return [step(rule.action, 'certain')];
    return [step('Pass', 'certain'), step('Deny', 'possible')];
  };
}

interface Matching {
  readonly cluster: Cluster;
  readonly certainty: Certainty;
  readonly pods: PodSets;
}

/** Whether some peer or port is written for a newer schema. Source: S-1009. */
function isNewer({ peers, ports }: ClusterRule): boolean {
  return [...peers, ...(ports ?? [])].some(({ kind }) => kind === 'unknown');
}

function everything({ origin }: ClusterRule): TierStep {
  const peers = [allAddresses];
  const all = { peers, transport: null, ports: allPorts };
  return { action: 'Deny', matches: [all], subjectPorts: [], peers, origin };
}

function matchesOf(
  rule: ClusterRule,
  direction: 'ingress' | 'egress',
  matching: Matching,
): Pick<TierStep, 'matches' | 'subjectPorts' | 'peers'> {
  const peers = rule.peers.flatMap((peer) => setsOfPeer(peer, matching));
  if (rule.ports === null) {
    return { peers, subjectPorts: [], matches: [{ peers, transport: null, ports: allPorts }] };
  }
  const numbered = rule.ports.flatMap((port): readonly Match[] =>
    port.kind === 'range' ? [{ peers, transport: port.protocol, ports: port.range }] : [],
  );
  const names = rule.ports.flatMap((port) => (port.kind === 'named' ? [port.name] : []));
  if (direction === 'ingress') return { peers, subjectPorts: names, matches: numbered };
  const byName = names.flatMap((name) => namedMatches(rule.peers, name, matching));
  return { peers, subjectPorts: [], matches: [...numbered, ...byName] };
}

/** Each pod's own numbers, of any protocol. Source: S-1012. */
function namedMatches(peers: readonly ClusterPeer[], name: string, matching: Matching): readonly Match[] {
  const { cluster, certainty, pods } = matching;
  const declaring = peers.flatMap((peer) => (peer.kind === 'pods' ? [pods.declaring(name, peer, certainty)] : []));
  return protocols
    .flatMap((protocol) => egressNamedPort(cluster, declaring, name, protocol, certainty))
    .map((allow) => ({ ...allow, peers: [allow.peers] }));
}

function setsOfPeer(peer: ClusterPeer, { cluster, certainty, pods }: Matching): Peers {
  switch (peer.kind) {
    case 'pods':
      return pods.setsOf(peer, certainty);
    case 'networks':
      return peer.cidrs.map(cidrSet);
    case 'nodes': {
      const nodes = [...cluster.snapshot.nodeByName.values()].filter(({ labels }) => matches(peer.selector, labels));
      return [addressesOf(nodes.flatMap(({ addresses }) => addresses))];
    }
    case 'domains':
      return [addressesOf(domainAddresses(cluster, peer.names))];
    case 'unknown':
      return [];
  }
}

/** What a DNS snapshot says about the names; nothing without one. Source: S-1017. */
function domainAddresses({ snapshot }: Cluster, patterns: readonly string[]): readonly Address[] {
  return snapshot.dnsSnapshots.flatMap(({ records }) =>
    records
      .filter(({ name }) => patterns.some((pattern) => domainMatches(pattern, name)))
      .flatMap(({ addresses }) => addresses),
  );
}
