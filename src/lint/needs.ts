// What a world lacks, and which lints have nothing to judge by for want of it.
import { findDns } from './cluster-dns.ts';
import type { Lint, Need } from './finding.ts';
import type { LintContext } from './lint-context.ts';

/** Lints that were not run. */
export interface Unjudged {
  readonly want: Need;
  readonly lints: readonly string[];
}

const allNeeds: readonly Need[] = ['documents', 'pods', 'namespaces', 'nodes', 'services', 'dns'];

/** What the world does not have at all. */
export function missingNeeds({ world, cluster }: LintContext): ReadonlySet<Need> {
  const { snapshot, policies, clusterPolicies, documentByPolicy } = world;
  const has: Readonly<Record<Need, boolean>> = {
    documents: documentByPolicy.size > 0 || policies.length + clusterPolicies.length === 0,
    pods: cluster.livePods.length > 0,
    namespaces: snapshot.namespaceByName.size > 0,
    nodes: snapshot.nodeByName.size > 0,
    services: snapshot.services.length > 0,
    dns: findDns(cluster).length > 0,
  };
  return new Set(allNeeds.filter((need) => !has[need]));
}

/** The lints that want something missing, by the first thing that they want. */
export function unjudgedLints(lints: readonly Lint[], missing: ReadonlySet<Need>): readonly Unjudged[] {
  return allNeeds.flatMap((want) => {
    const wanting = lints.filter(({ needs }) => needs.find((need) => missing.has(need)) === want);
    return wanting.length === 0 ? [] : [{ want, lints: wanting.map(({ id }) => id) }];
  });
}
