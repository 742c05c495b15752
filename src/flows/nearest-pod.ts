// What to say about a pod that the snapshot does not have.
import { nearest } from '../diagnostics/nearest.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import type { SnapshotNames } from './snapshot-names.ts';

/** The comparison of names costs their lengths multiplied, so a huge namespace is not compared in full. */
const mostCandidates = 2000;

/**
 * A hint with the pod that was most likely meant: one of a workload by that name, one spelt alike, or one of that name
 * in another namespace. O(pods).
 */
export function unknownPodHint(names: SnapshotNames, namespace: string, name: string): string {
  const podsByNamespace = names.podsByNamespace();
  if (podsByNamespace.size === 0) return 'the input has no pod at all: give a snapshot with -s';
  const pods = podsByNamespace.get(namespace) ?? [];
  const similar = similarPod(pods, name);
  if (similar !== null) return didYouMean(namespace, similar);
  for (const [other, others] of podsByNamespace) {
    if (others.some((pod) => pod.name === name)) return didYouMean(other, name);
  }
  if (pods.length > 0) return `pods are named as \`kubectl get pods -n ${namespace}\` shows them`;
  const similarNamespace = nearest(namespace, [...podsByNamespace.keys()].slice(0, mostCandidates));
  const found = similarNamespace === null ? null : similarPod(podsByNamespace.get(similarNamespace) ?? [], name);
  if (similarNamespace !== null && found !== null) return didYouMean(similarNamespace, found);
  const rest = similarNamespace === null ? '' : `; did you mean namespace \`${similarNamespace}\`?`;
  return `the snapshot has no pod in namespace \`${namespace}\`${rest}`;
}

function similarPod(pods: readonly Pod[], name: string): string | null {
  const ofWorkload = pods.find((pod) => pod.workload === name || pod.name.startsWith(`${name}-`));
  if (ofWorkload !== undefined) return ofWorkload.name;
  const few = pods.length > mostCandidates ? pods.filter((pod) => pod.name.startsWith(name.slice(0, 2))) : pods;
  return nearest(
    name,
    few.slice(0, mostCandidates).map((pod) => pod.name),
  );
}

function didYouMean(namespace: string, name: string): string {
  return `did you mean \`${namespace}/${name}\`?`;
}
