// L-30: a namespace without a policy for all of its pods, where others have one. Source: S-503, posture.
import type { Direction } from '../../ir/ir.ts';
import type { ClusterPolicy } from '../../policy/cluster-policy.ts';
import { matches } from '../../policy/label-selector.ts';
import type { NetworkPolicy } from '../../policy/network-policy.ts';
import type { Span } from '../../source/source.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import { allowsEverything } from '../mooted-rules.ts';
import { directions } from '../policy-rules.ts';
import { someOf } from '../words.ts';

/**
 * One finding a namespace. Those of Kubernetes itself are left out, and those that a Baseline tier denies; those that no
 * policy of the input is about are told of where most have a default deny.
 */
export const noDefaultDeny: Lint = {
  id: 'L-30',
  code: 'NP6030',
  severity: 'information',
  needs: [],
  check,
};

function check(context: LintContext): readonly Found[] {
  const { policies } = context.world;
  const withPolicies = new Set(policies.map(({ namespace }) => namespace));
  const all = [...new Set([...withPolicies, ...context.cluster.index.groupsByNamespace.keys()])];
  const namespaces = all.filter((namespace) => !namespace.startsWith('kube-')).sort();
  const closedBy = { ingress: closedNamespaces(policies, 'ingress'), egress: closedNamespaces(policies, 'egress') };
  const isMissing = (namespace: string, direction: Direction): boolean => {
    const closed = closedBy[direction];
    if (closed.size === 0 || closed.has(namespace) || isDeniedByTier(context, namespace, direction)) return false;
    return withPolicies.has(namespace) || 2 * closed.size >= namespaces.length;
  };
  return namespaces.flatMap((namespace) => {
    const missing = directions.filter((direction) => isMissing(namespace, direction));
    return missing.length === 0 ? [] : [tell(context, namespace, missing, closedBy)];
  });
}

/** Namespaces of which some policy isolates every pod, and does not open everything at once. */
function closedNamespaces(policies: readonly NetworkPolicy[], direction: Direction): ReadonlySet<string> {
  const closing = policies.filter(
    (policy) => policy.subject.requirements.length === 0 && policy[direction]?.some(allowsEverything) === false,
  );
  return new Set(closing.map(({ namespace }) => namespace));
}

function isDeniedByTier({ world }: LintContext, namespace: string, direction: Direction): boolean {
  const labels = world.snapshot.namespaceByName.get(namespace)?.labels;
  const denies = (policy: ClusterPolicy): boolean =>
    policy.tier === 'Baseline' &&
    policy.subject.podSelector.requirements.length === 0 &&
    policy[direction].some(({ action }) => action === 'Deny') &&
    (policy.subject.namespaceSelector?.requirements.length === 0 ||
      (labels !== undefined && matches(policy.subject.namespaceSelector ?? { requirements: [] }, labels)));
  return world.clusterPolicies.some(denies);
}

function tell(
  { world }: LintContext,
  namespace: string,
  missing: readonly Direction[],
  closedBy: Readonly<Record<Direction, ReadonlySet<string>>>,
): Found {
  const others = [...new Set(missing.flatMap((direction) => [...closedBy[direction]]))].sort();
  const source = world.snapshot.namespaceByName.get(namespace)?.source;
  const own = world.policies.find((policy) => policy.namespace === namespace)?.origin.span ?? null;
  const span: Span | null = own ?? (source === undefined ? null : { source, start: 0, end: 0 });
  const parameters = {
    namespace,
    missing: missing.join(' and '),
    others: someOf(others.map((each) => `\`${each}\``)),
  };
  return found('NP6030', parameters, span, { policy: `${namespace}/*` });
}
