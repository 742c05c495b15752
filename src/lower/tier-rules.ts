// The rules of all cluster-scoped policies, resolved together: their peers cut the address line into classes.
import { getOrMake } from '../collections/get-or-make.ts';
import type { Direction } from '../ir/ir.ts';
import { allAddresses, union, type AddressSet } from '../net/address-set.ts';
import { allowTable, type AllowTable } from '../net/allow-table.ts';
import { partition, type Partition } from '../net/partition.ts';
import { protocols } from '../net/protocol.ts';
import { clusterPolicyKey, type ClusterPolicy } from '../policy/cluster-policy.ts';
import type { Cluster } from '../resolve/cluster.ts';
import { portNumbers } from '../resolve/named-ports.ts';
import type { Certainty } from '../resolve/peers.ts';
import { createClusterRuleResolver, type Match, type TierStep } from '../resolve/resolve-cluster-rule.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import type { Step } from './first-match.ts';
import { originIn } from './originated-allow.ts';

export interface TierRules {
  readonly classes: Partition;
  /** The rules of a policy, for subjects that it selects for certain or possibly (S-303). */
  readonly rulesOf: (policy: ClusterPolicy, direction: Direction, certainty: Certainty) => readonly SubjectRule[];
}

/** A rule, and what it is for a subject. */
export interface SubjectRule {
  /** Names of ports that are looked up on the subject: for pods that give them the same numbers it is the same step. */
  readonly portNames: readonly string[];
  readonly stepFor: (pod: Pod) => Step;
}

/** Resolves every rule, whatever its subjects. O(pods log pods + rules × classes). */
export function resolveTierRules(cluster: Cluster, policies: readonly ClusterPolicy[]): TierRules {
  const resolve = createClusterRuleResolver(cluster, policies);
  const certainties =
    cluster.unknownNamespaces.length === 0 ? ['certain' as const] : (['certain', 'possible'] as const);
  const stepsByKey = new Map<string, readonly TierStep[]>();
  for (const policy of policies) {
    for (const direction of ['ingress', 'egress'] as const) {
      for (const certainty of certainties) {
        const steps = policy[direction].flatMap((rule) => resolve(rule, direction, certainty));
        stepsByKey.set(keyOf(policy, direction, certainty), steps);
      }
    }
  }
  const classes = partition([allAddresses, ...[...stepsByKey.values()].flat().flatMap(setsIn)]);
  const rulesByKey = new Map<string, readonly SubjectRule[]>();
  return {
    classes,
    rulesOf: (policy, direction, certainty) => {
      const key = keyOf(policy, direction, certainty);
      return getOrMake(rulesByKey, key, () =>
        (stepsByKey.get(key) ?? []).map((step) => subjectRule(policy, step, classes)),
      );
    },
  };
}

function keyOf(policy: ClusterPolicy, direction: Direction, certainty: Certainty): string {
  return `${direction} ${certainty} ${clusterPolicyKey(policy)}`;
}

function setsIn({ peers, matches }: TierStep): TierStep['peers'] {
  return [...new Set([peers, ...matches.map((match) => match.peers)])].flat();
}

function subjectRule(policy: ClusterPolicy, step: TierStep, classes: Partition): SubjectRule {
  const origin = originIn(clusterPolicyKey(policy), step.origin);
  const stepByNumbers = new Map<string, Step>();
  return {
    portNames: step.subjectPorts,
    stepFor: (pod) => {
      const named = namedMatches(step, pod);
      const numbers = named.map(({ transport, ports }) => `${transport} ${ports.first}`).join();
      return getOrMake(stepByNumbers, numbers, () => {
        const table = tableOf([...step.matches, ...named], classes);
        return { policy, action: step.action, table, origin };
      });
    },
  };
}

/** Source: S-1012. */
function namedMatches({ peers, subjectPorts }: TierStep, pod: Pod): readonly Match[] {
  return subjectPorts.flatMap((name) =>
    protocols.flatMap((transport) =>
      portNumbers(pod.namedPorts, name, transport).map((port) => ({
        peers,
        transport,
        ports: { first: port, last: port },
      })),
    ),
  );
}

/** Matches of one rule mostly have the same peers. */
function tableOf(matches: readonly Match[], { shrink }: Partition): AllowTable {
  const united = new Map<Match['peers'], AddressSet>();
  const firstsOf = (peers: Match['peers']): AddressSet => getOrMake(united, peers, () => union(peers.map(shrink)));
  return allowTable(matches.map((match) => ({ ...match, peers: firstsOf(match.peers) })));
}
