// What a realistic cluster consists of: namespaces, workloads, and which pod runs where. Pure; the same seed, the same cluster.
import { createRandom, type Random } from '../../properties/world/random.ts';

export interface ClusterSize {
  readonly pods: number;
  readonly nodes: number;
  readonly policies: number;
}

/** Sizes that the goals speak of. Source: P-1, P-3, P-4 of the performance page. */
export const sizes = {
  large: { pods: 150_000, nodes: 1_400, policies: 10_000 },
  medium: { pods: 20_000, nodes: 180, policies: 1_333 },
  small: { pods: 2_000, nodes: 20, policies: 133 },
} as const satisfies Record<string, ClusterSize>;

export interface ClusterPlan {
  readonly size: ClusterSize;
  readonly namespaces: readonly PlannedNamespace[];
  readonly seed: number;
}

export interface PlannedNamespace {
  readonly name: string;
  readonly team: string;
  readonly environment: string;
  readonly workloads: readonly PlannedWorkload[];
  readonly policies: number;
}

export interface PlannedWorkload {
  readonly namespace: string;
  readonly name: string;
  readonly tier: string;
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  readonly replicas: number;
  /** Number of its first pod in the whole cluster: addresses and nodes follow from it. */
  readonly firstPod: number;
}

const tiers = ['web', 'api', 'worker', 'cache', 'db'] as const;
const names = [
  'shop',
  'cart',
  'search',
  'billing',
  'auth',
  'media',
  'orders',
  'stock',
  'mail',
  'report',
  'feed',
  'geo',
];

/** Plans namespaces of 5–200 workloads, most of them small, with 1–30 replicas each, until the pods are used up. */
export function planCluster(size: ClusterSize, seed = 1): ClusterPlan {
  const random = createRandom(seed);
  const namespaces: Omit<PlannedNamespace, 'policies'>[] = [];
  for (let used = 0; used < size.pods;) {
    const planned = planNamespace(random, namespaces.length, used, size.pods);
    namespaces.push(planned);
    used += planned.workloads.reduce((sum, { replicas }) => sum + replicas, 0);
  }
  const shared = shares(
    size.policies,
    namespaces.map(({ workloads }) => workloads.length),
  );
  return { size, seed, namespaces: namespaces.map((each, index) => ({ ...each, policies: shared[index] ?? 0 })) };
}

/** Pods are spread over the nodes as a scheduler would: neighbours in a workload are on different nodes. */
export function nodeOfPod(pod: number, { nodes }: ClusterSize): number {
  return (pod * 7919) % nodes;
}

export function nodeName(node: number): string {
  return `node-${String(node).padStart(4, '0')}`;
}

/** Position of a pod among those of its node, by which it gets its address out of the node's /24. */
export function podAddresses(node: number, position: number): readonly [ipv4: string, ipv6: string] {
  const host = position + 2;
  return [`10.${node >> 8}.${node & 255}.${host}`, `fd00:10:${node.toString(16)}::${host.toString(16)}`];
}

function planNamespace(random: Random, index: number, used: number, pods: number): Omit<PlannedNamespace, 'policies'> {
  const name = `${names[index % names.length] ?? ''}-${index}`;
  const workloads: PlannedWorkload[] = [];
  // Many small namespaces and a few large ones.
  const wanted = 5 + Math.floor(195 * (random.below(1000) / 1000) ** 3);
  for (let firstPod = used; workloads.length < wanted && firstPod < pods;) {
    const tier = random.pick(tiers);
    const replicas = Math.min(
      pods - firstPod,
      tier === 'db' ? 1 + random.below(3) : 1 + random.below(random.pick([3, 6, 30])),
    );
    const ports = [
      { name: 'http', port: 8080 },
      ...(tier === 'db' ? [{ name: 'sql', port: 5432 }] : []),
      { name: 'metrics', port: 9090 },
    ];
    workloads.push({ namespace: name, name: `${tier}-${workloads.length}`, tier, ports, replicas, firstPod });
    firstPod += replicas;
  }
  return { name, team: `team-${index % 40}`, environment: random.pick(['prod', 'prod', 'stage', 'dev']), workloads };
}

/** Divides a total in proportion to weights, exactly. */
function shares(total: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  let [seen, given] = [0, 0];
  return weights.map((weight) => {
    seen += weight;
    const share = Math.round((total * seen) / sum) - given;
    given += share;
    return share;
  });
}
