// Which workload an endpoint belongs to, as people see it: its controller's, else that of the pods labelled alike.
import { getOrMake, groupBy } from '../collections/get-or-make.ts';
import type { LocalEndpoint } from '../lower/endpoints.ts';
import type { Labels } from '../policy/label-selector.ts';
import type { Pod } from '../snapshot/snapshot.ts';

export interface Workload {
  /** `namespace/name`. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly kind: Existence;
}

/** `future`: no pod is there, a selector would select such ones. `planned`: a manifest says that there will be pods. */
export type Existence = 'live' | 'planned' | 'future';

/** Labels that name what a pod belongs to, the best one first. */
const nameLabels = ['app.kubernetes.io/name', 'app', 'k8s-app', 'name'];

/** Prepares the answers for all endpoints that there are. O(endpoints). */
export function createWorkloadOf(
  endpoints: readonly LocalEndpoint[],
  kindOf: (pod: Pod) => Existence,
): (endpoint: LocalEndpoint) => Workload {
  const workloadById = new Map<string, Workload>();
  const alike = namesOfLabels(endpoints);
  return ({ owners: [pod] }) => {
    const name = isBare(pod) ? (alike.get(labelsKey(pod)) ?? pod.name) : pod.workload;
    const id = `${pod.namespace}/${name}`;
    return getOrMake(workloadById, id, () => ({ id, namespace: pod.namespace, name, kind: kindOf(pod) }));
  };
}

/** For pods without a controller, at least two of which share their labels: a name for them. */
function namesOfLabels(endpoints: readonly LocalEndpoint[]): ReadonlyMap<string, string> {
  const bare = endpoints.map(({ owners: [pod] }) => pod).filter((pod) => isBare(pod) && pod.labels.size > 0);
  const groups = groupBy(new Set(bare), labelsKey);
  const shared = [...groups].flatMap(([key, pods]) => {
    const [first] = pods;
    const several = new Set(pods.map(({ name }) => name)).size > 1;
    return first === undefined || !several ? [] : [[key, nameOf(first.labels)] as const];
  });
  return new Map(shared);
}

function isBare(pod: Pod): boolean {
  return pod.workload === pod.name;
}

function labelsKey({ namespace, labels }: Pod): string {
  return JSON.stringify([namespace, [...labels].sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** `{app=web,tier=front}`: no workload can be called so. */
function nameOf(labels: Labels): string {
  const naming = nameLabels.find((key) => labels.has(key));
  const chosen = naming === undefined ? [...labels] : [[naming, labels.get(naming) ?? ''] as const];
  return `{${chosen
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',')}}`;
}
