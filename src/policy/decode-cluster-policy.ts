// A parsed document → the typed policy of a tier. Sections 10 and 11 of the semantics.
import type { Code } from '../diagnostics/catalogue/index.ts';
import { hasErrors, type Outcome } from '../diagnostics/diagnostic.ts';
import { tolerate } from '../diagnostics/tolerate.ts';
import type { SourceNode } from '../parse/node.ts';
import { checkFields } from './check-fields.ts';
import type { Action, ClusterPolicy, ClusterPolicyKind, ClusterRule, Tier } from './cluster-policy.ts';
import { remarkOnClusterPolicy } from './cluster-policy-remarks.ts';
import { clusterPolicySchemas } from './cluster-policy-schema.ts';
import { decodeClusterPeers, decodePods, podsFields } from './decode-cluster-peers.ts';
import { decodeClusterPorts } from './decode-cluster-ports.ts';
import { knownFieldOf, limitedItems, oneOf, requiredIn, type ClusterDecoding } from './decode-cluster-fields.ts';
import { everything } from './label-selector.ts';
import { fieldOf, numberOf, originOf, stringOf, type Located } from './fields.ts';
import { decodeName } from './decode-name.ts';
import type { PodPeer } from './network-policy.ts';
import { createProblemList } from './problem-list.ts';

/** What the kinds differ in. Source: S-1101 to S-1104. */
interface Dialect {
  /** Null where it is a field. */
  readonly tier: Tier | null;
  readonly actions: Readonly<Record<string, Action>>;
  /** How many rules, peers and ports there may be. */
  readonly limit: number;
  readonly portsField: 'protocols' | 'ports';
}

const dialects: Readonly<Record<ClusterPolicyKind, Dialect>> = {
  ClusterNetworkPolicy: {
    tier: null,
    actions: { Accept: 'Accept', Deny: 'Deny', Pass: 'Pass' },
    limit: 25,
    portsField: 'protocols',
  },
  AdminNetworkPolicy: {
    tier: 'Admin',
    actions: { Allow: 'Accept', Deny: 'Deny', Pass: 'Pass' },
    limit: 100,
    portsField: 'ports',
  },
  BaselineAdminNetworkPolicy: {
    tier: 'Baseline',
    actions: { Allow: 'Accept', Deny: 'Deny' },
    limit: 100,
    portsField: 'ports',
  },
};

const tiers = { Admin: 'Admin', Baseline: 'Baseline' } as const;

/** Source: S-1108. */
const lastPriority = 1001;

/**
 * Decodes a ClusterNetworkPolicy of `policy.networking.k8s.io/v1alpha2`, or one of the two kinds of v1alpha1, with every
 * problem of it reported at once. `decode: 'warn'` takes what a newer schema may mean to the safe side (S-1009).
 * `tolerated`: see decode-network-policy.ts.
 */
export function decodeClusterPolicy(
  kind: ClusterPolicyKind,
  node: SourceNode,
  decode: 'strict' | 'warn',
  tolerated: ReadonlySet<Code> | null = null,
): Outcome<ClusterPolicy> {
  const object: Located = { node, path: '' };
  const dialect = dialects[kind];
  const shape = checkFields(node, { root: clusterPolicySchemas[kind], decode });
  const problems = createProblemList(shape);
  const decoding: ClusterDecoding = { problems, decode, limit: dialect.limit };
  const { name, at, origin } = decodeName(object, problems);
  if (kind === 'BaselineAdminNetworkPolicy' && name !== '' && name !== 'default') {
    problems.add('NP2409', { name }, at.node.span);
  }
  const spec = fieldOf(object, 'spec');
  if (spec === null) requiredIn(decoding, object, 'spec');
  const policy: ClusterPolicy = {
    kind,
    name,
    tier: dialect.tier ?? (spec === null ? null : oneOf(decoding, spec, 'tier', tiers)) ?? 'Admin',
    priority: kind === 'BaselineAdminNetworkPolicy' || spec === null ? lastPriority : decodePriority(spec, decoding),
    subject: decodeSubject(object, spec, decoding),
    ingress: decodeRules(spec, 'ingress', dialect, decoding),
    egress: decodeRules(spec, 'egress', dialect, decoding),
    origin,
  };
  if (!hasErrors(tolerate([...shape, ...problems.found], tolerated))) remarkOnClusterPolicy(policy, problems);
  const found = [...shape, ...problems.found].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  const diagnostics = tolerate(found, tolerated);
  return { value: hasErrors(diagnostics) ? null : policy, diagnostics };
}

/** Source: S-1019; section 10 gives the bounds. */
function decodePriority(spec: Located, decoding: ClusterDecoding): number {
  const field = fieldOf(spec, 'priority');
  const priority = numberOf(field);
  if (field === null) requiredIn(decoding, spec, 'priority');
  else if (priority !== null && (priority < 0 || priority > 1000)) {
    decoding.problems.add('NP2405', { path: field.path, priority }, field.node.span);
  }
  return priority ?? 0;
}

/** Every pod stands in for a subject that is not there, which has been reported then. */
function decodeSubject(object: Located, spec: Located | null, decoding: ClusterDecoding): PodPeer {
  const subject = fieldOf(spec, 'subject');
  if (spec !== null && subject === null) requiredIn(decoding, spec, 'subject');
  const origin = originOf(subject ?? object);
  const known = subject === null ? null : knownFieldOf(decoding, subject, podsFields, 'never');
  return known === null
    ? { kind: 'pods', namespaceSelector: everything, podSelector: everything, origin }
    : decodePods(known, origin, decoding.problems);
}

function decodeRules(
  spec: Located | null,
  direction: 'ingress' | 'egress',
  dialect: Dialect,
  decoding: ClusterDecoding,
): readonly ClusterRule[] {
  return limitedItems(decoding, fieldOf(spec, direction), dialect.limit).map((rule) => {
    const action = oneOf(decoding, rule, 'action', dialect.actions) ?? 'Deny';
    const peers = decodeClusterPeers(rule, direction === 'ingress' ? 'from' : 'to', action, decoding);
    const ports = decodeClusterPorts(rule, dialect.portsField, peers, decoding);
    return { name: decodeRuleName(rule, decoding), action, peers, ports, origin: originOf(rule) };
  });
}

/** Source: S-1018. */
function decodeRuleName(rule: Located, { problems }: ClusterDecoding): string | null {
  const field = fieldOf(rule, 'name');
  const name = stringOf(field);
  const length = Array.from(name ?? '').length;
  if (field !== null && length > 100) problems.add('NP2408', { path: field.path, length }, field.node.span);
  return name;
}
