// Cluster-scoped policies of every kind, over the addresses and names of the small cluster. Source: S-1001 to S-1019, S-1101 to S-1108.
import { families } from '../../../src/net/address.ts';
import { address, bitsOf, prefixText } from './address-arithmetic.ts';
import { manifest, nil, several, type Json, type Manifest } from './manifest.ts';
import type { Random } from './random.ts';
import { externalAddresses, nodeAddresses, podAddresses } from './random-cluster.ts';
import { randomSelector } from './random-selector.ts';

export interface TierOptions {
  readonly namespaces: readonly string[];
  /** Peers and ports of a newer schema may occur, which only `--decode=warn` reads (S-1009). */
  readonly newer: boolean;
}

/** At most four policies and a BaselineAdminNetworkPolicy; names and priorities collide now and then. */
export function randomClusterPolicies(random: Random, options: TierOptions): readonly Manifest[] {
  const policies = several(random, 1, 4, (index) => {
    const name = `tier-${index}`;
    return random.chance(0.75) ? clusterNetworkPolicy(random, name, options) : adminPolicy(random, name, options);
  });
  return random.chance(0.15) ? [...policies, baselineAdminPolicy(random, options)] : policies;
}

/** A DNSSnapshot about some of the names that policies use. */
export function randomDnsSnapshot(random: Random): Manifest {
  const pool = families.flatMap((family) => [
    ...externalAddresses[family].slice(0, 3),
    ...podAddresses[family].slice(0, 3),
  ]);
  return {
    apiVersion: 'netpolc.dev/v1alpha1',
    kind: 'DNSSnapshot',
    metadata: { name: 'dns' },
    takenAt: '2026-01-01T12:00:00Z',
    records: several(random, 1, 4, () =>
      manifest({
        name: random.pick(['example.com', 'a.example.com', 'b.a.example.com', 'Other.example.', 'badexample.com']),
        addresses: several(random, 0, 2, () => random.pick(pool)),
        expires: random.pick([undefined, '2026-01-01T11:59:59Z', '2026-01-01T12:00:01Z', '2026-01-01T13:00:00+01:00']),
      }),
    ),
  };
}

export const nodeLabels: readonly Manifest[] = [{}, { zone: 'x' }, { zone: 'y' }, { zone: 'x', b: '' }];

type Dialect = 'protocols' | 'ports';

function clusterNetworkPolicy(random: Random, name: string, options: TierOptions): Manifest {
  const spec = { tier: random.pick(['Admin', 'Baseline']), priority: random.pick([0, 1, 5, 1000]) };
  const rules = rulesOf(random, options, 'protocols', ['Accept', 'Deny', 'Pass']);
  return policy('v1alpha2', 'ClusterNetworkPolicy', name, { ...spec, ...rules });
}

function adminPolicy(random: Random, name: string, options: TierOptions): Manifest {
  const rules = rulesOf(random, options, 'ports', ['Allow', 'Deny', 'Pass']);
  return policy('v1alpha1', 'AdminNetworkPolicy', name, { priority: random.pick([0, 1, 5, 1000]), ...rules });
}

function baselineAdminPolicy(random: Random, options: TierOptions): Manifest {
  const rules = rulesOf(random, options, 'ports', ['Allow', 'Deny']);
  return policy('v1alpha1', 'BaselineAdminNetworkPolicy', 'default', rules);
}

function policy(version: string, kind: string, name: string, spec: Manifest): Manifest {
  return { apiVersion: `policy.networking.k8s.io/${version}`, kind, metadata: { name }, spec };
}

function rulesOf(random: Random, options: TierOptions, dialect: Dialect, actions: readonly string[]): Manifest {
  const rules = (direction: 'ingress' | 'egress'): Json | undefined =>
    random.chance(0.15)
      ? random.pick([nil(random), []])
      : several(random, 1, 4, () => randomRule(random, options, dialect, direction, random.pick(actions)));
  return manifest({ subject: podsPeer(random, options), ingress: rules('ingress'), egress: rules('egress') });
}

function randomRule(
  random: Random,
  options: TierOptions,
  dialect: Dialect,
  direction: 'ingress' | 'egress',
  action: string,
): Manifest {
  const named = random.chance(0.25);
  const accepts = action === 'Accept' || action === 'Allow';
  const peers = several(random, 1, 2, (): Json => {
    if (options.newer && random.chance(0.06)) return random.pick<Json>([{}, null, { galaxies: {} }]);
    if (direction === 'ingress' || named || random.chance(0.45)) return podsPeer(random, options);
    return addressPeer(random, dialect, accepts);
  });
  const entries = (): readonly Json[] => [
    ...(named ? [namedEntry(random, dialect)] : []),
    ...several(random, named ? 0 : 1, 2, () => portEntry(random, dialect, options)),
  ];
  return manifest({
    name: random.pick([undefined, 'a rule', '"; drop #{comment}\n']),
    action,
    [direction === 'ingress' ? 'from' : 'to']: peers,
    [dialect]: named || random.chance(0.6) ? entries() : nil(random),
  });
}

function podsPeer(random: Random, { namespaces }: TierOptions): Manifest {
  const names = [...namespaces, 'nowhere'];
  if (random.chance(0.4)) return { namespaces: randomSelector(random, 'dense', names) };
  const selector = (among: readonly string[] | null): Json | undefined =>
    random.chance(0.2) ? nil(random) : randomSelector(random, 'dense', among);
  return { pods: manifest({ namespaceSelector: selector(names), podSelector: selector(null) }) };
}

function addressPeer(random: Random, dialect: Dialect, accepts: boolean): Manifest {
  if (random.chance(0.25)) return { nodes: random.pick<Json>([{}, { matchLabels: { zone: 'x' } }, nodesWithoutZone]) };
  if (accepts && dialect === 'protocols' && random.chance(0.3)) {
    return { domainNames: several(random, 1, 2, () => random.pick(['example.com', '*.example.com', 'OTHER.example'])) };
  }
  return { networks: several(random, 1, 2, () => randomNetwork(random)) };
}

const nodesWithoutZone = { matchExpressions: [{ key: 'zone', operator: 'DoesNotExist' }] };

/** Host bits included: the API masks them. */
function randomNetwork(random: Random): string {
  const family = random.pick(families);
  const anchor = random.pick([
    ...podAddresses[family],
    ...externalAddresses[family],
    ...Object.values(nodeAddresses).map((each) => each[family]),
  ]);
  const bits = bitsOf(family);
  const length = random.pick([0, 1, 8, bits - 16, bits - 8, bits - 3, bits - 1, bits, bits]);
  return random.chance(0.1) ? `${anchor}/${length}` : prefixText(address(anchor), length);
}

function namedEntry(random: Random, dialect: Dialect): Json {
  const name = random.pick(['http', 'dns']);
  return dialect === 'protocols' ? { destinationNamedPort: name } : { namedPort: name };
}

function portEntry(random: Random, dialect: Dialect, { newer }: TierOptions): Json {
  if (newer && random.chance(0.06)) return random.pick<Json>([{}, { icmp: {} }]);
  const first = random.pick([1, 80, 81, 443, 65534]);
  const last = random.pick([80, 81, 82, 443, 65535].filter((end) => end > first));
  const isRange = random.chance(0.5);
  if (dialect === 'ports') {
    const protocol = random.pick(['TCP', 'TCP', 'UDP', 'SCTP', undefined, null]);
    const end = random.chance(0.2) ? first : last;
    return isRange
      ? { portRange: manifest({ protocol, start: first, end }) }
      : { portNumber: manifest({ protocol, port: first }) };
  }
  if (newer && random.chance(0.06)) return { tcp: {} };
  const destinationPort = isRange ? { range: { start: first, end: last } } : { number: first };
  return { [random.pick(['tcp', 'tcp', 'udp', 'sctp'])]: { destinationPort } };
}
