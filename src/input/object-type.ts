// Which kinds of objects there are, and what is done with each. Source: S-101.
import { nearest } from '../diagnostics/nearest.ts';
import type { ClusterPolicyKind } from '../policy/cluster-policy.ts';
import type { WorkloadKind } from '../snapshot/snapshot.ts';

/** What an object says it is. */
export interface ObjectType {
  readonly apiVersion: string;
  readonly kind: string;
}

export type Treatment =
  | { readonly kind: 'policy' }
  | { readonly kind: 'cluster-policy'; readonly type: ClusterPolicyKind }
  | { readonly kind: 'cluster'; readonly type: ClusterKind }
  /** Its items are objects; those without a type of their own have `items`, if that is not null. */
  | { readonly kind: 'list'; readonly items: ObjectType | null }
  | { readonly kind: 'removed' }
  /** Of the group of cluster policies, and not known: to skip it could leave open what it closes (S-1009). */
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'misspelt'; readonly known: string }
  | { readonly kind: 'skip' };

export type ClusterKind = 'Namespace' | 'Pod' | 'Node' | 'Service' | 'DNSSnapshot' | WorkloadKind;

/** The one version in which each kind of workload is read. */
export const workloadVersions: Readonly<Record<WorkloadKind, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  ReplicaSet: 'apps/v1',
  ReplicationController: 'v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
};

const skip: Treatment = { kind: 'skip' };
const policyKinds = new Map<string, Treatment>([['NetworkPolicy', { kind: 'policy' }]]);
const coreKinds = new Map<string, Treatment>([
  ['Namespace', { kind: 'cluster', type: 'Namespace' }],
  ['Pod', { kind: 'cluster', type: 'Pod' }],
  ['Node', { kind: 'cluster', type: 'Node' }],
  ['Service', { kind: 'cluster', type: 'Service' }],
  ['List', { kind: 'list', items: null }],
  ...workloadsOf('v1'),
]);
const tierGroup = 'policy.networking.k8s.io';
const tierKinds = new Map<string, Treatment>([
  ['ClusterNetworkPolicy', { kind: 'cluster-policy', type: 'ClusterNetworkPolicy' }],
]);
const olderTierKinds = new Map<string, Treatment>([
  ['AdminNetworkPolicy', { kind: 'cluster-policy', type: 'AdminNetworkPolicy' }],
  ['BaselineAdminNetworkPolicy', { kind: 'cluster-policy', type: 'BaselineAdminNetworkPolicy' }],
]);
const ownKinds = new Map<string, Treatment>([['DNSSnapshot', { kind: 'cluster', type: 'DNSSnapshot' }]]);
const kindsByVersion = new Map([
  ['networking.k8s.io/v1', policyKinds],
  [`${tierGroup}/v1alpha2`, tierKinds],
  [`${tierGroup}/v1alpha1`, olderTierKinds],
  ['netpolc.dev/v1alpha1', ownKinds],
  ['v1', coreKinds],
  ['apps/v1', new Map(workloadsOf('apps/v1'))],
  ['batch/v1', new Map(workloadsOf('batch/v1'))],
]);

/** What to do with an object. `hasItems`: it has an `items` field, as every list has and few other objects. */
export function treatmentOf({ apiVersion, kind }: ObjectType, hasItems: boolean): Treatment {
  const kinds = kindsByVersion.get(apiVersion);
  const known = kinds?.get(kind);
  if (known !== undefined) return known;
  const item = kind.endsWith('List') ? kind.slice(0, -4) : null;
  if (item !== null && (hasItems || kinds?.has(item))) return { kind: 'list', items: { apiVersion, kind: item } };
  if (kind === 'NetworkPolicy' && isKubernetesOwn(apiVersion)) return { kind: 'removed' };
  const near = kinds === undefined ? null : nearest(kind, [...kinds.keys()]);
  if (near !== null) return { kind: 'misspelt', known: near };
  return apiVersion.startsWith(`${tierGroup}/`) ? { kind: 'unsupported' } : skip;
}

function workloadsOf(apiVersion: string): readonly (readonly [string, Treatment])[] {
  const kinds = Object.keys(workloadVersions) as readonly WorkloadKind[];
  return kinds
    .filter((kind) => workloadVersions[kind] === apiVersion)
    .map((type) => [type, { kind: 'cluster', type }] as const);
}

/** Groups of others, such as projectcalico.org, have a dot and are not under k8s.io. */
function isKubernetesOwn(apiVersion: string): boolean {
  const [group = ''] = apiVersion.split('/');
  return !group.includes('.') || group.endsWith('.k8s.io');
}
