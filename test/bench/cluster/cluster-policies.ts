// Guard rails of a planned cluster, as a platform team writes them: for everybody, for environments, for each team.
import type { Json, Manifest } from '../../properties/world/manifest.ts';
import type { ClusterPlan } from './plan.ts';

const everyNamespace = { namespaces: {} };

/** So many ClusterNetworkPolicies of both tiers; every pod of the cluster is the subject of about a dozen. */
export function clusterPoliciesOf(plan: ClusterPlan, count: number): readonly Manifest[] {
  const teams = [...new Set(plan.namespaces.map(({ team }) => team))];
  const shared = plan.namespaces[0]?.name ?? '';
  const common = [noMetadata(), dns(shared), monitoring(shared), environments('prod'), environments('stage'), closed()];
  const perTeam = Array.from({ length: Math.max(0, count - common.length) }, (_, index) => {
    const team = teams[index % teams.length] ?? '';
    return [ownTeam, noDatabases, outside][Math.floor(index / teams.length) % 3]?.(team, index) ?? closed();
  });
  return [...common, ...perTeam].slice(0, count);
}

function noMetadata(): Manifest {
  return policy('no-metadata', 'Admin', 10, everyNamespace, {
    egress: [{ action: 'Deny', to: [{ networks: ['169.254.169.254/32', 'fd00:ec2::254/128'] }] }],
  });
}

function dns(namespace: string): Manifest {
  const to = [{ pods: { namespaceSelector: byName(namespace), podSelector: { matchLabels: { tier: 'cache' } } } }];
  const protocols = [{ udp: port(53) }, { tcp: port(53) }];
  return policy('dns', 'Admin', 20, everyNamespace, { egress: [{ action: 'Accept', to, protocols }] });
}

function monitoring(namespace: string): Manifest {
  const from = [{ namespaces: byName(namespace) }];
  const protocols = [{ destinationNamedPort: 'metrics' }];
  return policy('monitoring', 'Admin', 30, everyNamespace, { ingress: [{ action: 'Accept', from, protocols }] });
}

/** Other environments may not come in. */
function environments(environment: string): Manifest {
  const others = { matchExpressions: [{ key: 'environment', operator: 'NotIn', values: [environment] }] };
  return policy(
    `only-${environment}`,
    'Admin',
    40,
    { namespaces: { matchLabels: { environment } } },
    {
      ingress: [{ action: 'Deny', from: [{ namespaces: others }] }],
    },
  );
}

function closed(): Manifest {
  return policy('closed', 'Baseline', 1000, everyNamespace, {
    ingress: [{ action: 'Deny', from: [everyNamespace] }],
    egress: [
      { action: 'Pass', to: [everyNamespace] },
      { action: 'Deny', to: [{ networks: ['0.0.0.0/0', '::/0'] }] },
    ],
  });
}

function ownTeam(team: string, index: number): Manifest {
  const namespaces = { matchLabels: { team } };
  return policy(
    `${team}-${index}`,
    'Baseline',
    100 + index,
    { namespaces },
    {
      ingress: [{ action: 'Accept', from: [{ namespaces }] }],
    },
  );
}

function noDatabases(team: string, index: number): Manifest {
  const others = { matchExpressions: [{ key: 'team', operator: 'NotIn', values: [team] }] };
  const subject = {
    pods: { namespaceSelector: { matchLabels: { team } }, podSelector: { matchLabels: { tier: 'db' } } },
  };
  return policy(`${team}-${index}`, 'Admin', 100 + index, subject, {
    ingress: [
      {
        action: 'Deny',
        from: [{ namespaces: others }],
        protocols: [{ tcp: { destinationPort: { range: { start: 1, end: 1023 } } } }],
      },
      { action: 'Pass', from: [everyNamespace] },
    ],
  });
}

function outside(team: string, index: number): Manifest {
  const networks = [`203.0.${index}.0/24`, `198.51.${index}.0/25`];
  return policy(
    `${team}-${index}`,
    'Admin',
    100 + index,
    { namespaces: { matchLabels: { team } } },
    {
      egress: [{ action: 'Accept', to: [{ networks }], protocols: [{ tcp: port(443) }] }],
    },
  );
}

function byName(namespace: string): Manifest {
  return { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
}

function port(number: number): Manifest {
  return { destinationPort: { number } };
}

function policy(
  name: string,
  tier: string,
  priority: number,
  subject: Manifest,
  rules: Readonly<Record<string, Json>>,
): Manifest {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name },
    spec: { tier, priority, subject, ...rules },
  };
}
