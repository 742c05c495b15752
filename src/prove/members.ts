// Who is meant by the ends of a claim: addresses of pods, addresses of nobody, nodes that are named.
import type { Unit } from '../connectivity/endpoints.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Address, Family } from '../net/address.ts';
import { isEmpty, noAddresses, type AddressSet } from '../net/address-set.ts';

export interface Members {
  /** In the order of the terrain. */
  readonly units: readonly Unit[];
  /**
   * Those of them that belong to no pod; the others mean nothing here, so that the ranges stay few. Nodes' own are among
   * them; what a pod's own node does is not meant by these.
   */
  readonly outside: AddressSet;
  /** Named themselves, so that they are meant with their own pods too. None has a pod's address. */
  readonly nodes: readonly NodeAddress[];
}

export interface NodeAddress {
  readonly node: string;
  readonly address: Address;
}

/**
 * Who is meant. `certain` leaves out what the snapshot leaves open: an address that another pod claims as well, which is
 * not meant (S-323), and pods in a namespace of which only the name is known (S-303).
 */
export interface Found {
  readonly possible: Members;
  readonly certain: Members;
  /** Errors mean that nobody can be meant. */
  readonly problems: readonly Diagnostic[];
}

export const nobody: Members = { units: [], outside: noAddresses, nodes: [] };

export function isNobody({ units, outside, nodes }: Members): boolean {
  return units.length === 0 && isEmpty(outside) && nodes.length === 0;
}

/** Those with an address of one family. */
export function ofFamily({ units, outside, nodes }: Members, family: Family): Members {
  return {
    units: units.filter((unit) => unit.family === family),
    outside: { ...noAddresses, [family]: outside[family] },
    nodes: nodes.filter(({ address }) => address.family === family),
  };
}

/** Nobody, for a name that nothing has. */
export function failed(problem: Diagnostic): Found {
  return { possible: nobody, certain: nobody, problems: [problem] };
}
