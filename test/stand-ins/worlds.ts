// Worlds for tests of what stands in for pods that do not exist.
import type { World } from '../../src/input/world.ts';
import type { ClusterPolicy } from '../../src/policy/cluster-policy.ts';
import type { LabelSelector, Operator, Requirement } from '../../src/policy/label-selector.ts';
import type { NetworkPolicy } from '../../src/policy/network-policy.ts';
import type { Pod, PodTemplate, Snapshot } from '../../src/snapshot/snapshot.ts';
import { addStandIns, type StoodIn } from '../../src/stand-ins/add-stand-ins.ts';
import { snapshot } from '../kit/build.ts';
import { must } from '../kit/must.ts';

interface WorldParts {
  readonly pods?: readonly Pod[];
  readonly templates?: readonly PodTemplate[];
  /** With their labels; the name label is added. */
  readonly namespaces?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly policies?: readonly NetworkPolicy[];
  readonly clusterPolicies?: readonly ClusterPolicy[];
}

/** A world of the parts that matter. */
export function worldOf(parts: WorldParts): World {
  const cluster = snapshot(parts.pods ?? [], parts.namespaces ?? {});
  return worldAround({ ...cluster, podTemplates: parts.templates ?? [] }, parts);
}

export function worldAround(cluster: Snapshot, { policies = [], clusterPolicies = [] }: WorldParts): World {
  return { policies, clusterPolicies, snapshot: cluster, skippedByKind: new Map(), documentByPolicy: new Map() };
}

/** A Deployment unless said otherwise; `key` is `namespace/name`. */
export function template(
  key: string,
  labels: Readonly<Record<string, string>> = {},
  more: Partial<PodTemplate> = {},
): PodTemplate {
  const [namespace = '', name = ''] = key.split('/');
  const source = { name: 'workloads.yaml', text: null, line: 1, column: 1 };
  return {
    kind: 'Deployment',
    namespace,
    name,
    labels: new Map(Object.entries(labels)),
    hostNetwork: false,
    namedPorts: [],
    unnamedPorts: [],
    source,
    ...more,
  };
}

export type Written = readonly [key: string, operator: Operator, ...values: readonly string[]];

/** A selector of requirements. */
export function selecting(...requirements: readonly Written[]): LabelSelector {
  return {
    requirements: requirements.map(([key, operator, ...values]): Requirement => ({ key, operator, values })),
  };
}

/** One world with its stand-ins. */
export function standIn(parts: WorldParts, futurePods = false): StoodIn {
  return must(addStandIns([worldOf(parts)], { futurePods })[0]);
}

/** Pods as `namespace/name k=v,…`, in their order. */
export function texts(pods: Iterable<Pod>): readonly string[] {
  return [...pods].map(({ namespace, name, labels }) => {
    const pairs = [...labels].map(([key, value]) => `${key}=${value}`);
    return `${namespace}/${name} ${pairs.join(',')}`.trim();
  });
}
