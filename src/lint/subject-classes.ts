// The pods that policies are for, told apart by the rules that are true of them.
import { getOrMake, groupBy } from '../collections/get-or-make.ts';
import type { Direction } from '../ir/ir.ts';
import type { Enforcement, EnforcementOf } from '../lower/enforcement.ts';
import type { Allow } from '../net/allow-table.ts';
import { policyKey, type NetworkPolicy } from '../policy/network-policy.ts';
import type { Cluster } from '../resolve/cluster.ts';
import type { NamedPort, Pod } from '../snapshot/snapshot.ts';
import type { SubjectClass } from './covered-rule.ts';
import type { RuleInPolicy } from './policy-rules.ts';

/** Answers for a policy and a direction. O(label groups) enforcements to prepare, as for compiling. */
export function createClassesOf(
  cluster: Cluster,
  rules: readonly RuleInPolicy[],
  enforcementOf: EnforcementOf,
): (policy: NetworkPolicy, direction: Direction) => readonly SubjectClass[] {
  const ruleByName = new Map(rules.map((rule) => [nameOf(rule.key, rule.rule.origin.path), rule]));
  const known = new Map<Direction, ReadonlyMap<string, readonly SubjectClass[]>>();
  return (policy, direction) => {
    const byPolicy = getOrMake(known, direction, () =>
      classesByPolicy(distinctEnforcements(cluster, direction, enforcementOf), ruleByName),
    );
    return byPolicy.get(policyKey(policy)) ?? [];
  };
}

/** Pods of a group may differ in their named ports, and in nothing else that policies see. */
function distinctEnforcements(
  { index }: Cluster,
  direction: Direction,
  enforcementOf: EnforcementOf,
): ReadonlySet<Enforcement> {
  const distinct = new Set<Enforcement>();
  for (const { pods } of index.groups) {
    for (const pod of onePerPorts(pods)) {
      const enforcement = enforcementOf(pod, direction);
      if (enforcement !== null) distinct.add(enforcement);
    }
  }
  return distinct;
}

/** A pod for each list of named ports. */
export function onePerPorts(pods: readonly Pod[]): Iterable<Pod> {
  const podByPorts = new Map<readonly NamedPort[], Pod>();
  for (const pod of pods) if (!podByPorts.has(pod.namedPorts)) podByPorts.set(pod.namedPorts, pod);
  return podByPorts.values();
}

function classesByPolicy(
  enforcements: ReadonlySet<Enforcement>,
  ruleByName: ReadonlyMap<string, RuleInPolicy>,
): ReadonlyMap<string, readonly SubjectClass[]> {
  const classes = new Map<string, SubjectClass[]>();
  for (const { allows, isolatedBy } of enforcements) {
    const allowsByRule = new Map<RuleInPolicy, readonly Allow[]>();
    for (const [name, found] of groupBy(allows, ({ origin }) => nameOf(origin.policy, origin.path))) {
      const rule = ruleByName.get(name);
      if (rule !== undefined)
        allowsByRule.set(
          rule,
          found.map(({ allow }) => allow),
        );
    }
    for (const { policy } of isolatedBy) getOrMake(classes, policy, () => []).push({ allowsByRule });
  }
  return classes;
}

function nameOf(policy: string, path: string): string {
  return `${policy} ${path}`;
}
