// Which workloads of a snapshot have no pods in it.
import { getOrMake } from '../collections/get-or-make.ts';
import type { PodTemplate, Snapshot } from '../snapshot/snapshot.ts';

/**
 * The templates of which no live pod is there, without those whose pods would be on their node's network: such pods are
 * neither subjects nor peers (S-320). Of several kinds with one name, pods tell the name only. O(pods + templates).
 */
export function missingWorkloads(snapshot: Snapshot): readonly PodTemplate[] {
  const templates = snapshot.podTemplates.filter(({ hostNetwork }) => !hostNetwork);
  if (templates.length === 0) return [];
  const workloads = liveWorkloads(snapshot, new Set(templates.map(({ namespace }) => namespace)));
  const cronJobs = new Map([...workloads].map(([namespace, names]) => [namespace, cronJobsOf(names)]));
  return templates.filter(({ kind, namespace, name }) => {
    if (workloads.get(namespace)?.has(name)) return false;
    return kind !== 'CronJob' || !cronJobs.get(namespace)?.has(name);
  });
}

/** By namespace. */
function liveWorkloads({ pods }: Snapshot, namespaces: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const workloads = new Map<string, Set<string>>();
  for (const { live, namespace, workload } of pods) {
    if (live && namespaces.has(namespace)) getOrMake(workloads, namespace, () => new Set()).add(workload);
  }
  return workloads;
}

/** A CronJob calls its Jobs by its own name and the time; a pod's workload is the Job. */
function cronJobsOf(workloads: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...workloads].flatMap((name) => /^(.+)-\d{8,10}$/.exec(name)?.[1] ?? []));
}
