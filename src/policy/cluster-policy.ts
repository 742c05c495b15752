// The typed cluster-scoped policy of a tier: ClusterNetworkPolicy and the two kinds before it, as one model (S-1107).
import type { PortRange, Protocol } from '../net/protocol.ts';
import type { Cidr } from '../net/cidr.ts';
import type { LabelSelector } from './label-selector.ts';
import type { Field, PodPeer } from './network-policy.ts';

export type ClusterPolicyKind = 'ClusterNetworkPolicy' | 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy';

/** Admin comes before every NetworkPolicy, Baseline where none isolates. Source: S-1001, S-1101. */
export type Tier = 'Admin' | 'Baseline';

/** Source: S-1003. `Allow` of v1alpha1 is `Accept` (S-1102). */
export type Action = 'Accept' | 'Deny' | 'Pass';

export interface ClusterPolicy {
  readonly kind: ClusterPolicyKind;
  readonly name: string;
  readonly tier: Tier;
  /** 0…1000, lower first; 1001 for a BaselineAdminNetworkPolicy, which comes after every other (S-1108). */
  readonly priority: number;
  /** The pods it applies to, in any namespace; `namespaceSelector` is never null. Source: S-1008. */
  readonly subject: PodPeer;
  /** In order: the first rule that matches a connection decides (S-1002). None: no effect (S-1019). */
  readonly ingress: readonly ClusterRule[];
  readonly egress: readonly ClusterRule[];
  /** Where the object is: path `''` (whole object), span at its `metadata.name`. */
  readonly origin: Field;
}

/** One item of `ingress` or `egress`. */
export interface ClusterRule {
  /** As written, hostile; null without one. Source: S-1018. */
  readonly name: string | null;
  readonly action: Action;
  /** Alternatives, at least one. */
  readonly peers: readonly ClusterPeer[];
  /** Alternatives; null means every port of every protocol. Source: S-1010. */
  readonly ports: readonly ClusterPort[] | null;
  readonly origin: Field;
}

export type ClusterPeer = PodPeer | NetworksPeer | NodesPeer | DomainsPeer | UnknownPart;

/** Any address in one of the blocks, pods included. Source: S-1016. */
export interface NetworksPeer {
  readonly kind: 'networks';
  readonly cidrs: readonly Cidr[];
  readonly origin: Field;
}

/** Every address of the matching Node objects. Source: S-1015. */
export interface NodesPeer {
  readonly kind: 'nodes';
  readonly selector: LabelSelector;
  readonly origin: Field;
}

/** The addresses of names, as a DNS snapshot has them. Source: S-1017. */
export interface DomainsPeer {
  readonly kind: 'domains';
  /** Lower case, without a dot at the end: `example.com`, or `*.example.com` for one or more labels before it. */
  readonly names: readonly string[];
  readonly origin: Field;
}

/** A peer or an entry of ports of which no field is known: it is written for a newer schema. Source: S-1009. */
export interface UnknownPart {
  readonly kind: 'unknown';
  readonly origin: Field;
}

/** One entry of `protocols`, or of `ports` in v1alpha1. */
export type ClusterPort =
  | { readonly kind: 'range'; readonly protocol: Protocol; readonly range: PortRange; readonly origin: Field }
  /** Whatever numbers and protocols the destination pod gives the name. Source: S-1012. */
  | { readonly kind: 'named'; readonly name: string; readonly origin: Field }
  | UnknownPart;

/** `Kind/name`: no namespace begins with a capital letter, so that no NetworkPolicy is called so. */
export function clusterPolicyKey({ kind, name }: ClusterPolicy): string {
  return `${kind}/${name}`;
}

/**
 * The order within a tier: priority, then name, then kind. Source: S-1002, and S-1007 for equal priorities, which the
 * API leaves undefined.
 */
export function compareClusterPolicies(a: ClusterPolicy, b: ClusterPolicy): number {
  if (a.priority !== b.priority) return a.priority - b.priority;
  const [left, right] = a.name === b.name ? [a.kind, b.kind] : [a.name, b.name];
  return left < right ? -1 : left > right ? 1 : 0;
}
