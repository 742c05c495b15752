// What was found in some input, before it is one world.
import { createDiagnosticList, type DiagnosticList } from '../diagnostics/diagnostic-list.ts';
import type { MappingNode } from '../parse/node.ts';
import type { ClusterPolicy } from '../policy/cluster-policy.ts';
import type { NetworkPolicy } from '../policy/network-policy.ts';
import {
  podKey,
  type DnsSnapshot,
  type Namespace,
  type Node,
  type Pod,
  type PodTemplate,
  type Service,
} from '../snapshot/snapshot.ts';
import { saysTheSame } from '../source/says-the-same.ts';

/** Typed objects in the order of the input. Beside an error they serve further diagnosis only. */
export interface Collection {
  readonly policies: NetworkPolicy[];
  readonly clusterPolicies: ClusterPolicy[];
  /** Of the policies, when somebody asks for what they were decoded from. */
  readonly documentByPolicy: Map<NetworkPolicy | ClusterPolicy, MappingNode>;
  readonly namespaces: Namespace[];
  readonly pods: Pod[];
  readonly nodes: Node[];
  readonly services: Service[];
  readonly dnsSnapshots: DnsSnapshot[];
  readonly podTemplates: PodTemplate[];
  /** By `apiVersion/Kind`. */
  readonly skippedByKind: Map<string, number>;
  /** Objects of any kind, skipped and wrong ones too. */
  objects: number;
  readonly problems: DiagnosticList;
}

export function createCollection(): Collection {
  return {
    policies: [],
    clusterPolicies: [],
    documentByPolicy: new Map(),
    namespaces: [],
    pods: [],
    nodes: [],
    services: [],
    dnsSnapshots: [],
    podTemplates: [],
    skippedByKind: new Map(),
    objects: 0,
    problems: createDiagnosticList(),
  };
}

/** Adds everything of `from` behind what `to` holds. */
export function addCollection(to: Collection, from: Collection): void {
  append(to.policies, from.policies);
  append(to.clusterPolicies, from.clusterPolicies);
  for (const [policy, document] of from.documentByPolicy) to.documentByPolicy.set(policy, document);
  append(to.namespaces, from.namespaces);
  append(to.pods, from.pods);
  append(to.nodes, from.nodes);
  append(to.services, from.services);
  append(to.dnsSnapshots, from.dnsSnapshots);
  append(to.podTemplates, from.podTemplates);
  for (const [kind, count] of from.skippedByKind) countSkipped(to, kind, count);
  to.objects += from.objects;
  to.problems.addAll(from.problems.found);
}

export function countSkipped(collection: Collection, kind: string, count = 1): void {
  collection.skippedByKind.set(kind, (collection.skippedByKind.get(kind) ?? 0) + count);
}

/** No spread: hundreds of thousands of arguments end the process. */
function append<T>(to: T[], from: readonly T[]): void {
  for (const item of from) to.push(item);
}

/** Whether two collections say the same about the cluster, wherever it stands in their files. */
export function haveSameCluster(a: Collection, b: Collection): boolean {
  const objects = ({ namespaces, pods, podTemplates, nodes, services, dnsSnapshots }: Collection): unknown => ({
    namespaces,
    pods,
    podTemplates,
    nodes,
    services,
    dnsSnapshots,
  });
  return saysTheSame(objects(a), objects(b));
}

/**
 * Two collections as one input in which `own` says what will be: cluster objects of `common` make way for those of the same
 * kind and name. A pod that is running stays what it is, whatever manifest there is of it. O(objects).
 */
export function replaceByName(common: Collection, own: Collection): readonly [Collection, Collection] {
  const running = own.pods.length === 0 ? [] : common.pods.filter(({ live }) => live);
  const left = {
    ...common,
    namespaces: withoutNamed(common.namespaces, own.namespaces, ({ name }) => name),
    pods: withoutNamed(common.pods, withoutNamed(own.pods, running, podKey), podKey),
    podTemplates: withoutNamed(common.podTemplates, own.podTemplates, templateKey),
    nodes: withoutNamed(common.nodes, own.nodes, ({ name }) => name),
    services: withoutNamed(common.services, own.services, podKey),
    dnsSnapshots: withoutNamed(common.dnsSnapshots, own.dnsSnapshots, ({ name }) => name),
  };
  const runningKeys = new Set(running.map(podKey));
  const kept = own.podTemplates.filter((each) => each.kind !== 'Pod' || !runningKeys.has(podKey(each)));
  return [left, { ...own, pods: withoutNamed(own.pods, running, podKey), podTemplates: kept }];
}

function templateKey({ kind, namespace, name }: Pick<PodTemplate, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace}/${name}`;
}

function withoutNamed<T>(common: T[], own: readonly T[], keyOf: (object: T) => string): T[] {
  if (common.length === 0 || own.length === 0) return common;
  const names = new Set(own.map(keyOf));
  return common.filter((object) => !names.has(keyOf(object)));
}
