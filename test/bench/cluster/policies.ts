// The policies of a planned namespace, as teams write them: closed by default, open where somebody needs it.
import { createRandom, type Random } from '../../properties/world/random.ts';
import type { Json, Manifest } from '../../properties/world/manifest.ts';
import type { ClusterPlan, PlannedNamespace, PlannedWorkload } from './plan.ts';

const nameLabel = 'kubernetes.io/metadata.name';

/** As many policies as planned: first what every namespace has, then one policy after another for single workloads. */
export function* policiesOf(namespace: PlannedNamespace, plan: ClusterPlan): Generator<Manifest> {
  const random = createRandom(plan.seed + namespace.policies + namespace.name.length);
  const common = [
    defaultDeny(namespace),
    allowDns(namespace, plan),
    allowSameNamespace(namespace),
    allowMonitoring(namespace, plan),
  ];
  yield* common.slice(0, namespace.policies);
  for (let index = common.length; index < namespace.policies; index++) {
    const workload = namespace.workloads[index % namespace.workloads.length];
    if (workload !== undefined) yield workloadPolicy(random, { namespace, plan, workload, index });
  }
}

function defaultDeny({ name }: PlannedNamespace): Manifest {
  return policy(name, 'default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
}

function allowDns({ name }: PlannedNamespace, plan: ClusterPlan): Manifest {
  const to = [{ namespaceSelector: byName(firstNamespace(plan)), podSelector: { matchLabels: { tier: 'cache' } } }];
  const ports = ['UDP', 'TCP'].map((protocol) => ({ port: 53, protocol }));
  return policy(name, 'allow-dns', { egress: [{ ports, to }], podSelector: {}, policyTypes: ['Egress'] });
}

function allowSameNamespace({ name }: PlannedNamespace): Manifest {
  const peers = [{ podSelector: {} }];
  const podSelector = { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['db'] }] };
  const spec = { egress: [{ to: peers }], ingress: [{ from: peers }], podSelector, policyTypes: ['Ingress', 'Egress'] };
  return policy(name, 'allow-same-namespace', spec);
}

function allowMonitoring({ name }: PlannedNamespace, plan: ClusterPlan): Manifest {
  const from = [{ namespaceSelector: byName(firstNamespace(plan)) }];
  return policy(name, 'allow-monitoring', {
    ingress: [{ from, ports: [{ port: 'metrics' }] }],
    podSelector: {},
    policyTypes: ['Ingress'],
  });
}

interface Wanted {
  readonly namespace: PlannedNamespace;
  readonly plan: ClusterPlan;
  readonly workload: PlannedWorkload;
  readonly index: number;
}

/** From a workload next door, from another namespace, or to the outside with exceptions. */
function workloadPolicy(random: Random, { namespace, plan, workload, index }: Wanted): Manifest {
  const podSelector = { matchLabels: { app: workload.name } };
  const write = (name: string, spec: Readonly<Record<string, Json>>): Manifest =>
    policy(namespace.name, `${workload.name}-${name}-${index}`, { ...spec, podSelector });
  const port = random.pick(workload.ports);
  const other = random.pick(plan.namespaces);
  switch (random.below(4)) {
    case 0: {
      const from = [{ podSelector: { matchLabels: { app: random.pick(namespace.workloads).name } } }];
      return write('from-neighbour', {
        ingress: [{ from, ports: [{ port: port.port, protocol: 'TCP' }] }],
        policyTypes: ['Ingress'],
      });
    }
    case 1: {
      const podSelectors = { matchLabels: { app: random.pick(other.workloads).name } };
      const from = [{ namespaceSelector: byName(other.name), podSelector: podSelectors }];
      return write('from-namespace', { ingress: [{ from, ports: [{ port: port.name }] }], policyTypes: ['Ingress'] });
    }
    case 2: {
      const from = [
        { namespaceSelector: { matchLabels: { environment: namespace.environment, team: namespace.team } } },
      ];
      return write('from-team', { ingress: [{ from }], policyTypes: ['Ingress'] });
    }
    default: {
      const block = {
        cidr: '0.0.0.0/0',
        except: ['10.0.0.0/8', '169.254.169.254/32', `192.168.${random.below(256)}.0/24`],
      };
      const ports = [{ endPort: 8443, port: random.pick([443, 8000]), protocol: 'TCP' }];
      return write('to-internet', {
        egress: [{ ports, to: [{ ipBlock: block }, { ipBlock: { cidr: '2000::/3' } }] }],
        policyTypes: ['Egress'],
      });
    }
  }
}

function byName(name: string): Manifest {
  return { matchLabels: { [nameLabel]: name } };
}

/** Stands for kube-system and monitoring: where DNS and scrapers run. */
function firstNamespace({ namespaces }: ClusterPlan): string {
  return namespaces[0]?.name ?? '';
}

function policy(namespace: string, name: string, spec: Readonly<Record<string, Json>>): Manifest {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { creationTimestamp: '2024-03-05T09:41:27Z', generation: 1, name, namespace, resourceVersion: '31337' },
    spec,
  };
}
