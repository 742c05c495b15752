// A policy rule with its selectors answered: addresses and port numbers instead of labels and names.
import type { AddressSet } from '../net/address-set.ts';
import type { Allow } from '../net/allow-table.ts';
import type { Protocol } from '../net/protocol.ts';
import type { Field } from '../policy/network-policy.ts';

export interface ResolvedRule {
  /** What it allows whoever its subject is. */
  readonly allows: readonly Allow[];
  /** Ingress only: names that each subject resolves among its own ports (S-250), for these peers. */
  readonly subjectPorts: readonly { readonly name: string; readonly protocol: Protocol }[];
  readonly peers: AddressSet;
  readonly origin: Field;
}
