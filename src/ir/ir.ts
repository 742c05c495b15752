// The intermediate representation: for every local endpoint and direction, exactly what is allowed. Nothing else.
import type { Address } from '../net/address.ts';
import type { AddressSet } from '../net/address-set.ts';
import type { TransportClass } from '../net/protocol.ts';
import type { SemanticsOptions } from '../net/semantics-options.ts';
import type { Span } from '../source/source.ts';

/**
 * What one enforcement point must enforce. Canonical: inputs of equal meaning give equal values everywhere except under
 * keys named `origin` and `origins`. Invariants: ir/check.ts. JSON form: ir/json.ts and schema/ir.schema.json.
 */
export interface Ir {
  readonly scope: Scope;
  readonly options: SemanticsOptions;
  /** Sorted by namespace, then name. Every live pod in scope, also those that nothing isolates. */
  readonly endpoints: readonly Endpoint[];
  /** Sorted by id. Those that endpoints refer to, and no others. */
  readonly profileById: ReadonlyMap<ProfileId, Profile>;
  /** Sorted by id. Those that profiles refer to, and no others. */
  readonly addressSetById: ReadonlyMap<AddressSetId, NamedAddressSet>;
}

/** The enforcement point: one node's pods, or every pod of the snapshot (a gateway, or a quick look). */
export type Scope = { readonly kind: 'snapshot' } | { readonly kind: 'node'; readonly name: string };

export type Direction = 'ingress' | 'egress';

/** Content hash, lower-case base32 (a–z, 2–7) of SHA-256: 52 characters. Equal content, equal id. */
export type ProfileId = string;
export type AddressSetId = string;

/** One pod's network identity. */
export interface Endpoint {
  readonly kind: 'pod';
  readonly namespace: string;
  readonly name: string;
  /** The workload it belongs to, for people (a fact of the snapshot, not of any policy). */
  readonly workload: string;
  readonly node: string | null;
  /** Sorted: IPv4 first, then by value. At least one. */
  readonly addresses: readonly Address[];
  /** What may reach it; null when it is open (not isolated, or isolated and allowed everything, S-1204). */
  readonly ingress: ProfileId | null;
  /** What it may reach; null when it is open. */
  readonly egress: ProfileId | null;
  /** The policies that isolate it, per direction, sorted by policy key. */
  readonly origins: { readonly ingress: readonly Origin[]; readonly egress: readonly Origin[] };
}

/**
 * An allow table, shared by all endpoints that are allowed exactly the same:
 * the set of (peer address, transport, destination port) that passes.
 */
export interface Profile {
  readonly id: ProfileId;
  /** Ingress: peers are sources. Egress: peers are destinations. */
  readonly direction: Direction;
  /** Peers allowed on everything: every protocol, every port, and protocols without ports. May be the empty set. */
  readonly every: AddressSetId;
  /**
   * What is allowed beyond `every`: sorted by transport (OTHER, SCTP, TCP, UDP), then port; disjoint; no empty address
   * set; neighbouring intervals with equal sets are merged; each row's set is disjoint from `every`.
   * Port 0 is in a row exactly where all of 1…65535 are (S-228). An OTHER row always spans 0…65535.
   */
  readonly rows: readonly PortRow[];
  /** The policy rules that put something into `every`; those of a row stand in the row. Sorted. */
  readonly origins: readonly Origin[];
}

export interface PortRow {
  readonly transport: TransportClass;
  readonly first: number;
  readonly last: number;
  readonly peers: AddressSetId;
  readonly origins: readonly Origin[];
}

/** An address set and the name by which a person recognises it. */
export interface NamedAddressSet {
  readonly id: AddressSetId;
  readonly addresses: AddressSet;
  /**
   * For people, from the snapshot alone: `prod/api` (every address belongs to pods of that workload), `prod` (of that
   * namespace), `pods` (pods of several namespaces), `any`, a CIDR, or `mixed`. Not unique.
   */
  readonly label: string;
}

/** The policy text behind something in the IR. */
export interface Origin {
  /** `namespace/name` of a NetworkPolicy, `Kind/name` of a cluster policy. */
  readonly policy: string;
  /** Field path in the policy: `spec.ingress[0]`, `spec.ingress[0].from[1]`, `spec.podSelector`. */
  readonly path: string;
  readonly span: Span;
}
