// Pod templates → a pod for each that the cluster has no pod of.
import { getOrMake } from '../collections/get-or-make.ts';
import type { Address } from '../net/address.ts';
import { podKey, type Pod, type PodTemplate, type Snapshot } from '../snapshot/snapshot.ts';
import { missingWorkloads } from './missing-workloads.ts';

export interface StandIn {
  readonly template: PodTemplate;
  readonly pod: Pod;
}

/**
 * The stand-ins of each snapshot. One is called like its workload; where pods or workloads of other kinds have the name in
 * any of the snapshots, the kind stands behind it: `web (StatefulSet)`. Equal kinds and names have equal addresses.
 */
export function makeStandIns(
  snapshots: readonly Snapshot[],
  addresses: Iterator<readonly Address[], never>,
): ReadonlyMap<Snapshot, readonly StandIn[]> {
  const missing = new Map(snapshots.map((snapshot) => [snapshot, missingWorkloads(snapshot)]));
  const ambiguous = ambiguousKeys(missing);
  const keys = new Set([...missing.values()].flatMap((templates) => templates.map(templateKey)));
  const addressesByKey = new Map([...keys].sort().map((key) => [key, addresses.next().value]));
  const standIn = (template: PodTemplate): StandIn => {
    const { namespace, name, labels, hostNetwork, namedPorts, unnamedPorts, source, kind } = template;
    const pod: Pod = {
      namespace,
      name: ambiguous.has(podKey(template)) ? `${name} (${kind})` : name,
      labels,
      addresses: addressesByKey.get(templateKey(template)) ?? [],
      node: null,
      hostNetwork,
      live: true,
      namedPorts,
      unnamedPorts,
      workload: name,
      source,
    };
    return { template, pod };
  };
  return new Map([...missing].map(([snapshot, templates]) => [snapshot, templates.map(standIn)]));
}

function templateKey(template: PodTemplate): string {
  return `${podKey(template)} ${template.kind}`;
}

/** `namespace/name` of what cannot be called by its name alone. */
function ambiguousKeys(missing: ReadonlyMap<Snapshot, readonly PodTemplate[]>): ReadonlySet<string> {
  const kindsByName = new Map<string, Map<string, Set<string>>>();
  for (const { namespace, name, kind } of [...missing.values()].flat()) {
    const kinds = getOrMake(kindsByName, namespace, () => new Map<string, Set<string>>());
    getOrMake(kinds, name, () => new Set()).add(kind);
  }
  const ambiguous = new Set<string>();
  for (const [namespace, names] of kindsByName) {
    for (const [name, kinds] of names) if (kinds.size > 1) ambiguous.add(podKey({ namespace, name }));
  }
  for (const [{ pods }, templates] of missing) {
    const written = new Set(templates.flatMap((each) => (each.kind === 'Pod' ? [podKey(each)] : [])));
    for (const pod of pods) {
      if (!kindsByName.get(pod.namespace)?.has(pod.name)) continue;
      if (!written.has(podKey(pod))) ambiguous.add(podKey(pod));
    }
  }
  return ambiguous;
}
