// What was found in some input, before it is one world.
import { createDiagnosticList, type DiagnosticList } from '../diagnostics/diagnostic-list.ts';
import type { MappingNode } from '../parse/node.ts';
import type { ClusterPolicy } from '../policy/cluster-policy.ts';
import type { NetworkPolicy } from '../policy/network-policy.ts';
import type { DnsSnapshot, Namespace, Node, Pod, Service } from '../snapshot/snapshot.ts';

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
