// A policy's rules → addresses and ports. The phase between typed policies and allow tables.
import type { AddressSet } from '../net/address-set.ts';
import type { Allow } from '../net/allow-table.ts';
import type { NetworkPolicy, PolicyRule } from '../policy/network-policy.ts';
import type { Cluster } from './cluster.ts';
import { egressNamedPort } from './named-ports.ts';
import type { PeerResolver } from './peers.ts';
import type { ResolvedRule } from './resolved-rule.ts';
import { allPorts } from '../net/protocol.ts';

/** The rules of one direction, or null when the policy does not have it. Cost: what its selectors select. */
export function resolvePolicy(
  cluster: Cluster,
  peers: PeerResolver,
  policy: NetworkPolicy,
  direction: 'ingress' | 'egress',
): readonly ResolvedRule[] | null {
  const rules = policy[direction];
  if (rules === null) return null;
  return rules.map((rule) => resolveRule(cluster, peers, policy.namespace, rule, direction));
}

function resolveRule(
  cluster: Cluster,
  resolver: PeerResolver,
  namespace: string,
  rule: PolicyRule,
  direction: 'ingress' | 'egress',
): ResolvedRule {
  const peers = resolver.addresses(rule.peers, namespace);
  const named = (rule.ports ?? []).filter((port) => port.kind === 'named');
  const allows = numberedAllows(rule, peers);
  if (direction === 'ingress') return { peers, allows, subjectPorts: named, origin: rule.origin };
  const byName = named.flatMap(({ name, protocol }) =>
    egressNamedPort(cluster, resolver.podsDeclaring(name, rule.peers, namespace), name, protocol),
  );
  return { peers, allows: [...allows, ...byName], subjectPorts: [], origin: rule.origin };
}

function numberedAllows(rule: PolicyRule, peers: AddressSet): readonly Allow[] {
  if (rule.ports === null) return [{ peers, transport: null, ports: allPorts }];
  return rule.ports.flatMap((port) =>
    port.kind === 'range' ? [{ peers, transport: port.protocol, ports: port.range }] : [],
  );
}
