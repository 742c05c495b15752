// Sections 5 and 10 of the semantics: tiers, isolation, rules, and what one side of a flow says.
import type { SemanticsOptions } from '../net/semantics-options.ts';
import { matches } from '../policy/label-selector.ts';
import type { NetworkPolicy, PolicyRule } from '../policy/network-policy.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import type { Facts } from './facts.ts';
import { decideTier } from './judge-tiers.ts';
import { peersMatch } from './match-peer.ts';
import { portsMatch } from './match-port.ts';
import type { Direction, Side } from './side.ts';

/**
 * What one side says; `okOut` and `okIn`. What is no pod has no policies (S-506). An address that several pods claim
 * needs the consent of all (S-323).
 */
export function sideAllows(facts: Facts, side: Side, options: SemanticsOptions): boolean {
  if (isOwnNode(side, options)) return true;
  return side.subject.pods.every((pod) => podAllows(facts, side, pod));
}

/**
 * Whether the other end is the subject's own node: always allowed in, allowed out by option. A contested address
 * has an own node only when all its claimants are on it. Source: S-603 to S-605, S-323.
 */
export function isOwnNode(side: Side, options: SemanticsOptions): boolean {
  if (side.direction === 'egress' && !options.allowEgressToOwnNode) return false;
  const { subject, peer } = side;
  return peer.node !== null && subject.pods.length > 0 && subject.pods.every((pod) => pod.node === peer.node);
}

/**
 * Admin first; what it passes on or leaves is for the NetworkPolicies if they isolate the pod, else for Baseline; what
 * that leaves is allowed. Source: S-501 to S-507, S-1001 to S-1005.
 */
export function podAllows(facts: Facts, side: Side, pod: Pod): boolean {
  const admin = decideTier(facts, 'Admin', side, pod);
  if (admin !== null && admin.action !== 'Pass') return admin.action === 'Accept';
  const isolating = isolatingPolicies(facts, pod, side.direction);
  if (isolating.length === 0) return decideTier(facts, 'Baseline', side, pod)?.action !== 'Deny';
  return isolating.some((policy) =>
    rulesOf(policy, side.direction).some((rule) => ruleMatches(facts, policy, rule, side, pod)),
  );
}

/** The policies that isolate a pod in a direction, by name. Source: `selects` and `isolated…` of section 5. */
export function isolatingPolicies(facts: Facts, pod: Pod, direction: Direction): readonly NetworkPolicy[] {
  const policies = facts.policiesByNamespace.get(pod.namespace) ?? [];
  return policies.filter((policy) => policy[direction] !== null && matches(policy.subject, pod.labels));
}

/** A policy's rules of one direction, none when the direction is not among its types (S-205). */
export function rulesOf(policy: NetworkPolicy, direction: Direction): readonly PolicyRule[] {
  return policy[direction] ?? [];
}

/** Ports match and peer matches. Source: S-231, S-232. */
export function ruleMatches(facts: Facts, policy: NetworkPolicy, rule: PolicyRule, side: Side, subject: Pod): boolean {
  return portsMatch(rule.ports, side, subject) && peersMatch(facts, rule.peers, policy.namespace, side.peer);
}
