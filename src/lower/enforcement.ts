// What the policies that select a pod allow it in one direction: the union of their rules as one canonical table.
import { getOrMake, groupBy } from '../collections/get-or-make.ts';
import { once } from '../collections/once.ts';
import { compareOrigins } from '../ir/order.ts';
import type { Direction, Origin } from '../ir/ir.ts';
import type { Address } from '../net/address.ts';
import { allAddresses, equalSets } from '../net/address-set.ts';
import { allowTable, intersectTables, type AllowTable } from '../net/allow-table.ts';
import { intersectPorts, createPortsThrough, type PortSet } from '../net/port-set.ts';
import { matches } from '../policy/label-selector.ts';
import { policyKey, type NetworkPolicy } from '../policy/network-policy.ts';
import type { Cluster } from '../resolve/cluster.ts';
import { portNumbers } from '../resolve/named-ports.ts';
import { createPeerResolver } from '../resolve/peers.ts';
import { resolvePolicy } from '../resolve/resolve-policy.ts';
import type { ResolvedRule } from '../resolve/resolved-rule.ts';
import type { Labels } from '../policy/label-selector.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import { originIn, type OriginatedAllow } from './originated-allow.ts';
import type { Tiers, TiersOf } from './tiers.ts';

/** A pod isolated in a direction. The same object for all pods of which the same is true for the same reasons. */
export interface Enforcement {
  /** Made when first asked for. */
  readonly table: AllowTable;
  /** On which ports the table has a peer, without making it. O(allows · log ranges). */
  readonly portsOf: (peer: Address) => PortSet;
  /** Every allow that went into the table, with the policy rule it comes from. */
  readonly allows: readonly OriginatedAllow[];
  /** The policies that select the pod, sorted. */
  readonly isolatedBy: readonly Origin[];
}

/** Answers, for a live pod and a direction, what is enforced; null when no policy says anything (S-501, S-503, S-1004). */
export type EnforcementOf = (pod: Pod, direction: Direction) => Enforcement | null;

/** Prepares the answers; each is worked out when first asked for, once for all pods it is the same for. */
export function createEnforcementOf(
  cluster: Cluster,
  policies: readonly NetworkPolicy[],
  tiersOf: TiersOf,
): EnforcementOf {
  const policiesByNamespace = groupBy(policies, (policy) => policy.namespace);
  const resolver = createPeerResolver(cluster);
  const selectingByLabels = new Map<string, Map<Labels, readonly NetworkPolicy[]>>();
  const rulesByPolicy = {
    ingress: new Map<NetworkPolicy, readonly ResolvedRule[]>(),
    egress: new Map<NetworkPolicy, readonly ResolvedRule[]>(),
  };
  const enforcementByKey = new Map<string, Enforcement>();
  const enforcementByTiers = new Map<Tiers, Enforcement>();

  const selecting = (pod: Pod): readonly NetworkPolicy[] =>
    getOrMake(
      getOrMake(selectingByLabels, pod.namespace, () => new Map<Labels, readonly NetworkPolicy[]>()),
      pod.labels,
      () => (policiesByNamespace.get(pod.namespace) ?? []).filter((policy) => matches(policy.subject, pod.labels)),
    );
  const rulesOf = (policy: NetworkPolicy, direction: Direction): readonly ResolvedRule[] =>
    getOrMake(rulesByPolicy[direction], policy, () => resolvePolicy(cluster, resolver, policy, direction) ?? []);

  const find = (pod: Pod, direction: Direction, tiers: Tiers | null): Enforcement | null => {
    const isolating = selecting(pod).filter((policy) => policy[direction] !== null);
    if (isolating.length === 0) {
      return tiers === null ? null : getOrMake(enforcementByTiers, tiers, () => alone(tiers));
    }
    const rules = isolating.map((policy) => ({ policy, rules: rulesOf(policy, direction) }));
    const names = rules.flatMap((each) => each.rules.flatMap((rule) => rule.subjectPorts));
    const numbers = names.map(({ name, protocol }) => portNumbers(pod.namedPorts, name, protocol).join('+'));
    const key = JSON.stringify([direction, isolating.map(policyKey), numbers, tiers?.id]);
    return getOrMake(enforcementByKey, key, () => enforcement(rules, pod, tiers));
  };
  // Pods of one workload share all that matters, as objects: most pods are answered by three lookups.
  const alike = { ingress: createMemo(), egress: createMemo() };
  return (pod, direction) => {
    const tiers = tiersOf(pod, direction);
    return alike[direction](selecting(pod), tiers ?? noTiers, pod.namedPorts, () => find(pod, direction, tiers));
  };
}

const noTiers = {};

/** Remembers answers by the identity of three objects; null is an answer. */
function createMemo(): (a: object, b: object, c: object, make: () => Enforcement | null) => Enforcement | null {
  const known = new Map<object, Map<object, Map<object, { readonly answer: Enforcement | null }>>>();
  return (a, b, c, make) => {
    const byB = getOrMake(known, a, () => new Map<object, Map<object, { readonly answer: Enforcement | null }>>());
    const byC = getOrMake(byB, b, () => new Map<object, { readonly answer: Enforcement | null }>());
    return getOrMake(byC, c, () => ({ answer: make() })).answer;
  };
}

/** What several pods that claim one address have in common (S-323): isolated if any is, allowed if for all. */
export function commonEnforcement(enforcements: readonly (Enforcement | null)[]): Enforcement | null {
  const isolating = enforcements.filter((each) => each !== null);
  const [first, ...rest] = isolating;
  if (first === undefined) return null;
  const table = once(() => rest.reduce((common, each) => intersectTables(common, each.table), first.table));
  return {
    get table() {
      return table();
    },
    portsOf: (peer) => rest.reduce((ports, each) => intersectPorts(ports, each.portsOf(peer)), first.portsOf(peer)),
    allows: isolating.flatMap((each) => each.allows),
    isolatedBy: isolating.flatMap((each) => each.isolatedBy).sort(compareOrigins),
  };
}

/** Isolated by policies that together allow everything is as good as open (S-1204). */
export function allowsEverything(enforcement: Enforcement): boolean {
  return equalSets(enforcement.table.every, allAddresses);
}

function enforcement(
  rules: readonly { readonly policy: NetworkPolicy; readonly rules: readonly ResolvedRule[] }[],
  pod: Pod,
  tiers: Tiers | null,
): Enforcement {
  const own = rules.flatMap((each) => each.rules.flatMap((rule) => subjectAllows(each.policy, rule, pod)));
  const isolatedBy = rules.map(({ policy }) => originIn(policyKey(policy), policy.subjectOrigin));
  return tiers === null
    ? enforcementBy(own, isolatedBy)
    : enforcementBy(tiers.around(own), [...isolatedBy, ...tiers.origins]);
}

/** No NetworkPolicy isolates the pod. */
function alone(tiers: Tiers): Enforcement {
  return enforcementBy(tiers.alone(), tiers.origins);
}

function enforcementBy(allows: readonly OriginatedAllow[], isolatedBy: readonly Origin[]): Enforcement {
  const table = once(() => allowTable(allows.map(({ allow }) => allow)));
  return {
    get table() {
      return table();
    },
    portsOf: createPortsThrough(allows.map(({ allow }) => allow)),
    allows,
    isolatedBy: [...isolatedBy].sort(compareOrigins),
  };
}

/** A rule's allows for one subject: named ports of ingress rules are looked up among the subject's own (S-250). */
function subjectAllows(policy: NetworkPolicy, rule: ResolvedRule, pod: Pod): readonly OriginatedAllow[] {
  const origin = originIn(policyKey(policy), rule.origin);
  const named = rule.subjectPorts.flatMap(({ name, protocol }) =>
    portNumbers(pod.namedPorts, name, protocol).map((number) => ({
      peers: rule.peers,
      transport: protocol,
      ports: { first: number, last: number },
    })),
  );
  return [...rule.allows, ...named].map((allow) => ({ allow, origin }));
}
