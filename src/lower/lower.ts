// What is enforced for endpoints → the canonical IR of one enforcement point.
import type { Direction, Endpoint, Ir, Scope } from '../ir/ir.ts';
import { compareAddresses, compareText } from '../ir/order.ts';
import type { SemanticsOptions } from '../net/semantics-options.ts';
import type { Cluster } from '../resolve/cluster.ts';
import type { LocalEndpoint } from './endpoints.ts';
import { allowsEverything, type Enforcement } from './enforcement.ts';
import { collectProfiles, createProfileMaker, type ProfileCollector } from './profiles.ts';
import { createSetLabels } from './set-labels.ts';
import type { Sides } from './sides.ts';

/** Lowers one scope after another; what scopes have in common is worked out once. */
export type Lower = (scope: Scope) => Ir;

export function createLower(cluster: Cluster, sides: Sides, options: SemanticsOptions): Lower {
  const makeProfile = createProfileMaker(createSetLabels(cluster));
  return (scope) => {
    const profiles = collectProfiles(makeProfile);
    const endpoints = sides.endpoints(scope).map((local) => lowerEndpoint(local, sides, profiles));
    return {
      scope,
      options,
      endpoints: endpoints.sort(compareEndpoints),
      profileById: profiles.profileById(),
      addressSetById: profiles.addressSetById(),
    };
  };
}

function lowerEndpoint(local: LocalEndpoint, sides: Sides, profiles: ProfileCollector): Endpoint {
  const [first, ...rest] = local.owners;
  const ingress = sides.of(local, 'ingress');
  const egress = sides.of(local, 'egress');
  const profile = (enforcement: Enforcement | null, direction: Direction): string | null =>
    enforcement === null || allowsEverything(enforcement) ? null : profiles.add(enforcement, direction);
  return {
    kind: 'pod',
    namespace: first.namespace,
    // Several claimants: `a+ns/b`. Names hold neither `+` nor `/`, so this is nobody else's name.
    name: [first.name, ...rest.map((pod) => `${pod.namespace}/${pod.name}`)].join('+'),
    workload: first.workload,
    node: rest.every((pod) => pod.node === first.node) ? first.node : null,
    addresses: local.addresses,
    ingress: profile(ingress, 'ingress'),
    egress: profile(egress, 'egress'),
    origins: { ingress: ingress?.isolatedBy ?? [], egress: egress?.isolatedBy ?? [] },
  };
}

function compareEndpoints(a: Endpoint, b: Endpoint): number {
  const byName = compareText(a.namespace, b.namespace) || compareText(a.name, b.name);
  const [left, right] = [a.addresses[0], b.addresses[0]];
  return byName || (left === undefined || right === undefined ? 0 : compareAddresses(left, right));
}
