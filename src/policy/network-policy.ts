// The typed NetworkPolicy: decoded, validated, defaulted. What the API left out is filled in here and nowhere else.
import type { Cidr } from '../net/cidr.ts';
import type { PortRange, Protocol } from '../net/protocol.ts';
import type { Span } from '../source/source.ts';
import type { LabelSelector } from './label-selector.ts';

/** A field of a policy: its path as kubectl writes it (`spec.ingress[0].from[1]`) and where it stands. */
export interface Field {
  readonly path: string;
  readonly span: Span;
}

export interface NetworkPolicy {
  readonly kind: 'NetworkPolicy';
  readonly namespace: string;
  readonly name: string;
  /** The pods it applies to, in its own namespace. Source: S-210, S-211. */
  readonly subject: LabelSelector;
  /** Null when Ingress is not among the effective policyTypes: then it neither isolates nor allows (S-205). */
  readonly ingress: readonly PolicyRule[] | null;
  /** Null when Egress is not among the effective policyTypes. Source: S-201 to S-207. */
  readonly egress: readonly PolicyRule[] | null;
  /** Where the object is: path `''` (whole object), span at its `metadata.name`. */
  readonly origin: Field;
  /** Where `podSelector` stands, or the object when it is absent. */
  readonly subjectOrigin: Field;
}

/** One item of `ingress:` or `egress:`. A connection matches when peer and port match (S-231). */
export interface PolicyRule {
  /** Null means every peer, in the cluster and outside (S-216); never an empty list. */
  readonly peers: readonly Peer[] | null;
  /** Null means every port of every protocol (S-217); never an empty list. */
  readonly ports: readonly PolicyPort[] | null;
  readonly origin: Field;
}

export type Peer = PodPeer | IpBlockPeer;

/** Pods by labels. Source: S-240 to S-242. */
export interface PodPeer {
  readonly kind: 'pods';
  /** Null means the policy's own namespace (S-213). */
  readonly namespaceSelector: LabelSelector | null;
  /** `everything` when absent (S-241). */
  readonly podSelector: LabelSelector;
  readonly origin: Field;
}

/** Addresses in `cidr` and in none of `except`. Source: S-243, S-247. */
export interface IpBlockPeer {
  readonly kind: 'ipBlock';
  readonly cidr: Cidr;
  readonly except: readonly Cidr[];
  readonly origin: Field;
}

/** One item of `ports`. Source: S-221 to S-228, S-250. */
export type PolicyPort =
  | { readonly kind: 'range'; readonly protocol: Protocol; readonly range: PortRange; readonly origin: Field }
  | { readonly kind: 'named'; readonly protocol: Protocol; readonly name: string; readonly origin: Field };

/** `namespace/name`. */
export function policyKey(policy: NetworkPolicy): string {
  return `${policy.namespace}/${policy.name}`;
}
