// Policy rules held against a flow, and which of those that do not match came nearest.
import { policyKey, type NetworkPolicy, type Peer, type PolicyRule } from '../policy/network-policy.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import { checkPeer } from './check-peer.ts';
import { checkPort } from './check-port.ts';
import type { Facts } from './facts.ts';
import { peerMatches, peersMatch } from './match-peer.ts';
import { portsMatch } from './match-port.ts';
import type { PeerCheck, PeerLack, PortCheck, RuleCheck } from './reason.ts';
import type { End, Side } from './side.ts';

/** Holds one rule against a flow. Whether it fits is the oracle's answer. */
export function checkRule(facts: Facts, policy: NetworkPolicy, rule: PolicyRule, side: Side, subject: Pod): RuleCheck {
  const peers = rule.peers?.map((peer, index) => checkPeer(facts, peer, index, policy.namespace, side.peer)) ?? null;
  return {
    policy,
    name: policyKey(policy),
    rule,
    origin: rule.origin,
    portFits: portsMatch(rule.ports, side, subject),
    peerFits: peersMatch(facts, rule.peers, policy.namespace, side.peer),
    ports: rule.ports?.map((port, index) => checkPort(port, index, side, subject)) ?? null,
    peers,
    alternatives: findAlternatives(facts, policy.namespace, peers ?? [], side.peer),
  };
}

/** Nearest first: half a match before none, then by how much is amiss; as given when equal. */
export function sortByNearness(checks: readonly RuleCheck[]): readonly RuleCheck[] {
  const ranked = checks.map((check) => ({ check, distance: ruleDistance(check) }));
  return ranked.sort((a, b) => a.distance - b.distance).map(({ check }) => check);
}

/** The peers of a rule, nearest first. */
export function sortPeers(peers: readonly PeerCheck[]): readonly PeerCheck[] {
  return [...peers].sort((a, b) => peerDistance(a) - peerDistance(b));
}

function ruleDistance({ portFits, peerFits, ports, peers }: RuleCheck): number {
  const port = portFits ? 0 : least((ports ?? []).map(portDistance));
  const peer = peerFits ? 0 : least((peers ?? []).map(peerDistance));
  const missing = (portFits ? 0 : 1) + (peerFits ? 0 : 1);
  return missing * 1_000_000 + port + peer;
}

function least(distances: readonly number[]): number {
  return distances.reduce((smallest, distance) => Math.min(smallest, distance), Infinity);
}

function portDistance({ lacks }: PortCheck): number {
  return lacks.some((lack) => lack.kind === 'protocol') ? 2 : lacks.length;
}

function peerDistance({ lacks }: PeerCheck): number {
  return lacks.reduce((sum, lack) => sum + weights[lack.kind], 0);
}

/** How far off a lack is: a label can be added sooner than an address changes. */
const weights: Readonly<Record<PeerLack['kind'], number>> = {
  'pod-label': 1,
  'namespace-label': 1,
  'namespace-unknown': 1,
  excepted: 1,
  namespace: 2,
  outside: 4,
  'not-a-pod': 5,
  'other-family': 6,
};

/**
 * A neighbouring pair of peers that says "either" where the same selectors in one peer would say no. Source: S-804.
 */
function findAlternatives(
  facts: Facts,
  policyNamespace: string,
  checks: readonly PeerCheck[],
  end: End,
): readonly [number, number] | null {
  for (const [index, check] of checks.entries()) {
    const next = checks[index + 1];
    if (next === undefined || check.fits === next.fits) continue;
    const both = combined(check.peer, next.peer) ?? combined(next.peer, check.peer);
    if (both !== null && !peerMatches(facts, both, policyNamespace, end)) return [index, index + 1];
  }
  return null;
}

/** A peer with only a namespaceSelector and one with only a podSelector, read as one peer; null for others. */
function combined(namespaces: Peer, pods: Peer): Peer | null {
  if (namespaces.kind === 'ipBlock' || pods.kind === 'ipBlock') return null;
  if (namespaces.namespaceSelector === null || namespaces.podSelector.requirements.length > 0) return null;
  return pods.namespaceSelector === null ? { ...namespaces, podSelector: pods.podSelector } : null;
}
