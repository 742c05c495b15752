// A planned cluster as manifests, one after another, with the fields that `kubectl get -o json` prints once commands, environment
// and volumes are stripped.
import type { Manifest } from '../../properties/world/manifest.ts';
import { policiesOf } from './policies.ts';
import {
  nodeName,
  nodeOfPod,
  podAddresses,
  type ClusterPlan,
  type PlannedNamespace,
  type PlannedWorkload,
} from './plan.ts';

/** Every object, in kubectl's order for `get ns,nodes,pods,svc,netpol -A`. Nothing is kept: the caller writes it out. */
export function* clusterManifests(plan: ClusterPlan): Generator<Manifest> {
  for (const namespace of plan.namespaces) yield namespaceManifest(namespace);
  for (let node = 0; node < plan.size.nodes; node++) yield nodeManifest(node);
  const positions = new Uint16Array(plan.size.nodes);
  for (const workload of plan.namespaces.flatMap(({ workloads }) => workloads)) {
    for (let replica = 0; replica < workload.replicas; replica++) {
      const node = nodeOfPod(workload.firstPod + replica, plan.size);
      const position = positions[node] ?? 0;
      positions[node] = position + 1;
      yield podManifest(workload, replica, node, position);
    }
  }
  for (const workload of plan.namespaces.flatMap(({ workloads }) => workloads)) yield serviceManifest(workload);
  for (const namespace of plan.namespaces) yield* policiesOf(namespace, plan);
}

const created = '2024-03-05T09:41:27Z';

function namespaceManifest({ name, team, environment }: PlannedNamespace): Manifest {
  const labels = { 'kubernetes.io/metadata.name': name, team, environment };
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { creationTimestamp: created, labels, name, resourceVersion: '1021', uid: uid('ns', name) },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

function nodeManifest(node: number): Manifest {
  const name = nodeName(node);
  const podCIDRs = [`10.${node >> 8}.${node & 255}.0/24`, `fd00:10:${node.toString(16)}::/64`];
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      creationTimestamp: created,
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'topology.kubernetes.io/zone': `zone-${node % 3}`,
      },
      name,
      resourceVersion: String(500_000 + node),
      uid: uid('node', name),
    },
    spec: { podCIDR: podCIDRs[0] ?? '', podCIDRs },
    status: {
      addresses: [
        { address: hostAddress(node), type: 'InternalIP' },
        { address: `fd01::${(node + 1).toString(16)}`, type: 'InternalIP' },
        { address: name, type: 'Hostname' },
      ],
      capacity: { cpu: '16', memory: '65839276Ki', pods: '110' },
      conditions: [condition('MemoryPressure', 'False'), condition('Ready', 'True')],
    },
  };
}

function podManifest(workload: PlannedWorkload, replica: number, node: number, position: number): Manifest {
  const hash = uid(workload.namespace, workload.name).slice(0, 10);
  const name = `${workload.name}-${hash}-${uid(hash, String(replica)).slice(0, 5)}`;
  const [ipv4, ipv6] = podAddresses(node, position);
  const image = `registry.example.com/${workload.namespace}/${workload.name}:v1.${replica % 3}.0`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      annotations: { 'prometheus.io/port': '9090', 'prometheus.io/scrape': 'true' },
      creationTimestamp: created,
      generateName: `${workload.name}-${hash}-`,
      labels: {
        app: workload.name,
        'app.kubernetes.io/part-of': workload.namespace,
        'pod-template-hash': hash,
        tier: workload.tier,
      },
      name,
      namespace: workload.namespace,
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          blockOwnerDeletion: true,
          controller: true,
          kind: 'ReplicaSet',
          name: `${workload.name}-${hash}`,
          uid: uid('rs', workload.name),
        },
      ],
      resourceVersion: String(1_000_000 + workload.firstPod + replica),
      uid: uid(name, 'pod'),
    },
    spec: {
      containers: [
        {
          image,
          imagePullPolicy: 'IfNotPresent',
          name: workload.name,
          ports: workload.ports.map((port) => ({ containerPort: port.port, name: port.name, protocol: 'TCP' })),
          resources: { limits: { cpu: '500m', memory: '512Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
        },
      ],
      dnsPolicy: 'ClusterFirst',
      nodeName: nodeName(node),
      restartPolicy: 'Always',
      serviceAccountName: workload.name,
    },
    status: {
      conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => condition(type, 'True')),
      containerStatuses: [
        {
          containerID: `containerd://${uid(name, 'container')}`,
          image,
          name: workload.name,
          ready: true,
          restartCount: 0,
          started: true,
          state: { running: { startedAt: created } },
        },
      ],
      hostIP: hostAddress(node),
      phase: 'Running',
      podIP: ipv4,
      podIPs: [{ ip: ipv4 }, { ip: ipv6 }],
      qosClass: 'Burstable',
      startTime: created,
    },
  };
}

function serviceManifest({ namespace, name, ports, firstPod }: PlannedWorkload): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      creationTimestamp: created,
      name,
      namespace,
      resourceVersion: '2047',
      uid: uid(namespace, `${name}/svc`),
    },
    spec: {
      clusterIP: `172.20.${(firstPod >> 8) & 255}.${firstPod & 255}`,
      ports: ports.map((port) => ({ name: port.name, port: port.port, protocol: 'TCP', targetPort: port.name })),
      selector: { app: name },
      type: 'ClusterIP',
    },
    status: { loadBalancer: {} },
  };
}

function hostAddress(node: number): string {
  return `192.168.${node >> 8}.${node & 255}`;
}

function condition(type: string, status: string): Manifest {
  return { lastProbeTime: null, lastTransitionTime: created, status, type };
}

/** Looks like a uid, made of the words given: two FNV-1a hashes, no randomness. */
function uid(scope: string, name: string): string {
  const hex = [0x811c9dc5, 0x01000193, 0x9e3779b9, 0x85ebca6b].map((seed) => {
    let hash = seed;
    for (const text of [scope, name]) {
      for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    }
    return (hash >>> 0).toString(16).padStart(8, '0');
  });
  const all = hex.join('');
  return [all.slice(0, 8), all.slice(8, 12), all.slice(12, 16), all.slice(16, 20), all.slice(20)].join('-');
}
