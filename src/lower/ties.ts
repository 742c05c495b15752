// Cluster-scoped policies of equal priority that decide differently about the same connection. Source: S-1007, L-37.
import { getOrMake, groupBy } from '../collections/get-or-make.ts';
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Direction } from '../ir/ir.ts';
import { clusterPolicyKey, type ClusterPolicy } from '../policy/cluster-policy.ts';
import type { Cluster } from '../resolve/cluster.ts';
import { createSelecting, type Selected } from './selecting.ts';
import type { TiersOf } from './tiers.ts';

/** At most so many pairs are named: one policy that is copied a hundred times has thousands. */
const mostPairs = 20;

type Pair = readonly [ClusterPolicy, ClusterPolicy];

/**
 * Warns of every pair that collides for some pod. O(policies) where no two share a tier and a priority; else every pod is
 * asked whether it is the subject of two such, and if so for its tiers.
 */
export function checkTies(
  cluster: Cluster,
  policies: readonly ClusterPolicy[],
  tiersOf: TiersOf,
): readonly Diagnostic[] {
  const rivals = [...groupBy(policies, rankOf).values()].filter(({ length }) => length > 1).flat();
  const pairs = new Map<string, Pair>();
  for (const [first, second] of rivals.length === 0 ? [] : pairsOf(cluster, rivals, tiersOf)) {
    pairs.set(`${clusterPolicyKey(first)} ${clusterPolicyKey(second)}`, [first, second]);
  }
  const sorted = [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, mostPairs);
  return sorted.map(([, pair]) => tie(pair));
}

function* pairsOf(cluster: Cluster, rivals: readonly ClusterPolicy[], tiersOf: TiersOf): Generator<Pair> {
  const selecting = createSelecting(cluster, rivals);
  const answers = new Map<readonly Selected[], boolean>();
  const mayCollide = (selected: readonly Selected[]): boolean =>
    getOrMake(answers, selected, () => new Set(selected.map(({ policy }) => rankOf(policy))).size < selected.length);
  for (const pod of cluster.livePods) {
    const selection = selecting(pod);
    for (const direction of ['ingress', 'egress'] as const satisfies readonly Direction[]) {
      if (mayCollide(selection[direction])) yield* tiersOf(pod, direction)?.ties() ?? [];
    }
  }
}

/** Policies of one rank are asked in an order that the API leaves open. */
function rankOf({ tier, priority }: ClusterPolicy): string {
  return `${tier} ${priority}`;
}

function tie([first, second]: Pair): Diagnostic {
  const { tier, priority } = first;
  const parameters = { first: clusterPolicyKey(first), second: clusterPolicyKey(second), tier, priority };
  const notes = [{ message: `\`${clusterPolicyKey(first)}\` is here and is asked first`, span: first.origin.span }];
  return diagnose('NP3023', parameters, second.origin.span, { notes });
}
