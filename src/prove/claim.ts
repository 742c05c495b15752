// One claim of a claims file, as written: which ends it names, not yet who they are.
import type { FlowLine } from '../flows/flow-line.ts';
import type { Address, Family } from '../net/address.ts';
import type { AddressSet } from '../net/address-set.ts';
import type { PortSet } from '../net/port-set.ts';
import type { LabelSelector } from '../policy/label-selector.ts';
import type { Span } from '../source/source.ts';

export type Claim = SetClaim | FlowClaim;

/**
 * `never`: no connection from the sources to the destinations is allowed. `always`: every one is, in every family that
 * both ends have. `only`: nobody but the sources is allowed to connect to the destinations.
 */
export interface SetClaim extends ClaimText {
  readonly kind: 'never' | 'always' | 'only';
  /** At least one, as of destinations. */
  readonly sources: readonly ClaimEnd[];
  readonly destinations: readonly Destination[];
  /** Null: both. */
  readonly family: Family | null;
}

/** `allow` and `deny`: exactly these flows, in the words and with the meaning that they have for `netpolc test`. */
export interface FlowClaim extends ClaimText {
  readonly kind: 'allow' | 'deny';
  /** One for each port. */
  readonly flows: readonly FlowLine[];
}

interface ClaimText {
  /** The line without its margin and comment, with single spaces. */
  readonly text: string;
  readonly span: Span;
}

/** One end, or one of several. */
export interface ClaimEnd {
  readonly name: ClaimEndName;
  /** As it was written. */
  readonly text: string;
  readonly span: Span;
}

export interface Destination extends ClaimEnd {
  /** Every port of every protocol when the claim names none. */
  readonly ports: PortSet;
}

export type ClaimEndName =
  /** A pod; when there is none by that name, a workload. */
  | { readonly kind: 'named'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'pods'; readonly selector: LabelSelector; readonly within: Within }
  | { readonly kind: 'address'; readonly address: Address }
  /** Pods with such addresses are among them. */
  | { readonly kind: 'block'; readonly addresses: AddressSet }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'host'; readonly name: string }
  /** Every address that belongs to no pod. */
  | { readonly kind: 'outside' }
  /** Every pod, and outside. */
  | { readonly kind: 'any' };

/** `text` is the selector as it was written. */
export type Within =
  | { readonly kind: 'everywhere' }
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'namespaces'; readonly selector: LabelSelector; readonly text: string };
