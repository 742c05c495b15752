// Frozen cluster facts, typed. Made by decode, read by resolve, the oracle and the replay.
import type { Address } from '../net/address.ts';
import type { Protocol } from '../net/protocol.ts';
import type { Labels } from '../policy/label-selector.ts';
import type { Source } from '../source/source.ts';

export interface Snapshot {
  readonly namespaceByName: ReadonlyMap<string, Namespace>;
  /** Every pod, live or not, sorted by namespace, then name (code-unit order). */
  readonly pods: readonly Pod[];
  readonly nodeByName: ReadonlyMap<string, Node>;
  readonly services: readonly Service[];
  /** Empty when nothing is known about domain names. */
  readonly dnsSnapshots: readonly DnsSnapshot[];
  /** What workloads would make pods of, sorted by namespace, then name, then kind (code-unit order). */
  readonly podTemplates: readonly PodTemplate[];
}

export interface Namespace {
  readonly name: string;
  /** Always carries `kubernetes.io/metadata.name` (S-301). */
  readonly labels: Labels;
  readonly source: Source;
}

export interface Pod {
  readonly namespace: string;
  readonly name: string;
  /** Pods with equal labels in one namespace share one Map. */
  readonly labels: Labels;
  /** `status.podIPs`, else `status.podIP`; distinct, in the order given. Source: S-310, S-311. */
  readonly addresses: readonly Address[];
  /** `spec.nodeName`, or null while it is not scheduled. */
  readonly node: string | null;
  readonly hostNetwork: boolean;
  /** Has an address, not hostNetwork, not finished: only such pods are subjects and peers. Source: S-320 to S-322. */
  readonly live: boolean;
  /** Declared container ports with a name: containers and sidecar init containers. Source: S-253, S-254. */
  readonly namedPorts: readonly NamedPort[];
  /** The others that its containers declare. Policies never ask for them; people who read one do. */
  readonly unnamedPorts: readonly UnnamedPort[];
  /** The workload it belongs to, for people: owner references resolved as far as they tell, else the pod's own name. */
  readonly workload: string;
  readonly source: Source;
}

/** The kinds of objects that make pods of a template. */
export type WorkloadKind =
  'Deployment' | 'StatefulSet' | 'DaemonSet' | 'ReplicaSet' | 'ReplicationController' | 'Job' | 'CronJob';

/** Pods that may come to be: nothing of them is on a node yet. */
export interface PodTemplate {
  /** `Pod` for a manifest of a pod that the cluster has not seen: such a pod is among the pods as well, without an address. */
  readonly kind: WorkloadKind | 'Pod';
  readonly namespace: string;
  /** Of the workload. */
  readonly name: string;
  /** Of the pods. */
  readonly labels: Labels;
  readonly hostNetwork: boolean;
  /** As a pod has them. */
  readonly namedPorts: readonly NamedPort[];
  readonly unnamedPorts: readonly UnnamedPort[];
  readonly source: Source;
}

export interface NamedPort {
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
}

export interface UnnamedPort {
  readonly protocol: Protocol;
  readonly port: number;
}

export interface Node {
  readonly name: string;
  readonly labels: Labels;
  /** Addresses of `status.addresses` with type InternalIP or ExternalIP. */
  readonly addresses: readonly Address[];
  readonly podCidrs: readonly string[];
  readonly source: Source;
}

export interface Service {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly selector: Labels | null;
  readonly clusterIPs: readonly Address[];
  readonly ports: readonly ServicePort[];
  /** Whether what comes in through a node keeps the address of its client. Source: S-423. */
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  readonly source: Source;
}

export interface ServicePort {
  readonly name: string | null;
  readonly protocol: Protocol;
  readonly port: number;
  readonly targetPort: number | string;
  readonly nodePort: number | null;
}

/** What names resolved to at some time. Source: S-1017. */
export interface DnsSnapshot {
  readonly name: string;
  /** Those that had not expired. */
  readonly records: readonly DnsRecord[];
  readonly source: Source;
}

export interface DnsRecord {
  /** In lower case, without a dot at its end. */
  readonly name: string;
  readonly addresses: readonly Address[];
}

/** `namespace/name`. */
export function podKey({ namespace, name }: Pick<Pod, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}
