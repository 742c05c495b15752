// What a claim asks of a world, for one family, and the connections that break it.
import type { Unit } from '../connectivity/endpoints.ts';
import type { Address } from '../net/address.ts';
import { arePortsDisjoint, portsWithin, type PortSet } from '../net/port-set.ts';
import type { Members } from './members.ts';

/** Every source with every destination on every port; a pod and itself are not meant. */
export interface Question {
  /** Of one family, as the destinations. */
  readonly sources: Members;
  readonly destinations: Members;
  readonly ports: PortSet;
  /** What the claim wants to be allowed of all this. */
  readonly wanted: 'nothing' | 'everything';
}

/** Connections that break a claim: every source with every destination, but never a pod with itself. Not both are addresses. */
export interface Cell {
  readonly sources: Group;
  readonly destinations: Group;
  readonly question: Question;
}

export type Group = PodGroup | AddressGroup;

/** At least one, in any order. */
export interface PodGroup {
  readonly kind: 'pods';
  readonly units: readonly Unit[];
}

/** Addresses that are no pod's, of which the smallest is shown. */
export interface AddressGroup {
  readonly kind: 'address';
  readonly address: Address;
  /** The node whose own address it is. */
  readonly node: string | null;
  /** The claim names that node; else it means all that is outside. */
  readonly isNamed: boolean;
}

/** Whether what passes breaks the claim. */
export function breaks({ ports, wanted }: Pick<Question, 'ports' | 'wanted'>, passing: PortSet): boolean {
  return wanted === 'nothing' ? !arePortsDisjoint(passing, ports) : !portsWithin(ports, passing);
}
