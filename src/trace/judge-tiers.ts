// Section 10 of the semantics for one flow: rules of a tier in order, the first that matches decides.
import { matches } from '../policy/label-selector.ts';
import type { Action, ClusterPeer, ClusterPolicy, ClusterPort, ClusterRule, Tier } from '../policy/cluster-policy.ts';
import type { PodPeer } from '../policy/network-policy.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import type { Facts } from './facts.ts';
import { namespaceMatches } from './match-peer.ts';
import { holdsAddress, sameAddress } from './number.ts';
import type { Side } from './side.ts';

/** Whether something holds; `maybe` where the snapshot leaves it open (S-303, S-323). */
export type Answer = 'yes' | 'no' | 'maybe';

/** The rule that decided, and what it came to. */
export interface TierDecision {
  readonly policy: ClusterPolicy;
  readonly rule: ClusterRule;
  /** Not always the rule's own action: what is open or written for a newer schema is denied. */
  readonly action: Action;
  /** Why the action is not the rule's own. */
  readonly because: 'newer-schema' | 'undecided' | null;
}

/** The first rule of a tier that matches; null when the tier says nothing. Source: S-1002, S-1004. */
export function decideTier(facts: Facts, tier: Tier, side: Side, pod: Pod): TierDecision | null {
  for (const policy of facts.policiesByTier[tier]) {
    const selected = podPeerMatches(facts, policy.subject, pod);
    if (selected === 'no') continue;
    for (const rule of policy[side.direction]) {
      const decision = decideRule(facts, rule, selected, side, pod);
      if (decision !== null) return { policy, rule, ...decision };
    }
  }
  return null;
}

/** What is open is no reason to accept or to pass, and one to deny. Source: S-303, S-1009, S-1207. */
function decideRule(
  facts: Facts,
  rule: ClusterRule,
  selected: 'yes' | 'maybe',
  side: Side,
  pod: Pod,
): Pick<TierDecision, 'action' | 'because'> | null {
  const isNewer = [...rule.peers, ...(rule.ports ?? [])].some(({ kind }) => kind === 'unknown');
  if (isNewer && rule.action !== 'Accept') return { action: 'Deny', because: 'newer-schema' };
  const matched = clusterRuleMatches(facts, rule, side, pod);
  if (matched === 'no') return null;
  if (matched === 'yes' && selected === 'yes') return { action: rule.action, because: null };
  return rule.action === 'Accept' ? null : { action: 'Deny', because: rule.action === 'Deny' ? null : 'undecided' };
}

/** Pairs of a peer and a port are alternatives. Source: S-1010. */
export function clusterRuleMatches(facts: Facts, rule: ClusterRule, side: Side, subject: Pod): Answer {
  return any(
    rule.peers.map((peer) =>
      rule.ports === null
        ? clusterPeerMatches(facts, peer, side)
        : any(rule.ports.map((port) => pairMatches(facts, peer, port, side, subject))),
    ),
  );
}

function pairMatches(facts: Facts, peer: ClusterPeer, port: ClusterPort, side: Side, subject: Pod): Answer {
  if (port.kind === 'unknown') return 'no';
  if (port.kind === 'range') {
    const inRange = port.range.first <= side.port && side.port <= port.range.last;
    return port.protocol === side.protocol && inRange ? clusterPeerMatches(facts, peer, side) : 'no';
  }
  if (side.direction === 'ingress') {
    return calls(subject, port.name, side) ? clusterPeerMatches(facts, peer, side) : 'no';
  }
  if (peer.kind !== 'pods') return 'no';
  // The pod that fits must itself give the port this name: S-1012.
  return claimants(side.peer.pods, (pod) => (calls(pod, port.name, side) ? podPeerMatches(facts, peer, pod) : 'no'));
}

function calls(pod: Pod, name: string, { protocol, port }: Side): boolean {
  return pod.namedPorts.some((each) => each.name === name && each.protocol === protocol && each.port === port);
}

/** Source: S-1008, S-1014 to S-1017. */
export function clusterPeerMatches(facts: Facts, peer: ClusterPeer, { peer: end }: Side): Answer {
  switch (peer.kind) {
    case 'pods':
      return claimants(end.pods, (pod) => podPeerMatches(facts, peer, pod));
    case 'networks':
      return yesOrNo(peer.cidrs.some((cidr) => holdsAddress(cidr, end.address, end.number)));
    case 'nodes': {
      const nodes = [...facts.snapshot.nodeByName.values()].filter(({ labels }) => matches(peer.selector, labels));
      return yesOrNo(nodes.some(({ addresses }) => addresses.some((each) => sameAddress(each, end.address))));
    }
    case 'domains': {
      const records = facts.snapshot.dnsSnapshots.flatMap((each) => each.records);
      const meant = records.filter(({ name }) => peer.names.some((pattern) => isMeant(pattern, name)));
      return yesOrNo(meant.some(({ addresses }) => addresses.some((each) => sameAddress(each, end.address))));
    }
    case 'unknown':
      return 'no';
  }
}

/** Label by label from the end; `*` stands for one or more. Source: S-1017. */
function isMeant(pattern: string, name: string): boolean {
  const wanted = pattern.split('.').reverse();
  const given = name.split('.').reverse();
  const fits = wanted.every((label, index) => label === given[index] || (label === '*' && index < given.length));
  return fits && (given.length === wanted.length || wanted.at(-1) === '*');
}

function podPeerMatches(facts: Facts, { namespaceSelector, podSelector }: PodPeer, pod: Pod): Answer {
  if (!matches(podSelector, pod.labels)) return 'no';
  const inNamespace = namespaceMatches(facts, namespaceSelector, '', pod.namespace);
  return inNamespace === 'unknown' ? 'maybe' : yesOrNo(inNamespace);
}

/** All pods that claim an address must agree for it to be certain; none is no match. Source: S-323. */
function claimants(pods: readonly Pod[], answer: (pod: Pod) => Answer): Answer {
  const answers = pods.map(answer);
  if (answers.length > 0 && answers.every((each) => each === 'yes')) return 'yes';
  return answers.every((each) => each === 'no') ? 'no' : 'maybe';
}

function any(answers: readonly Answer[]): Answer {
  return answers.includes('yes') ? 'yes' : answers.includes('maybe') ? 'maybe' : 'no';
}

function yesOrNo(holds: boolean): Answer {
  return holds ? 'yes' : 'no';
}
