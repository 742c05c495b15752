// Who is meant by the ends of a claim: addresses of pods, addresses of nobody, nodes that are named.
import type { Unit } from '../connectivity/endpoints.ts';
import type { Address, Family } from '../net/address.ts';
import { isEmpty, noAddresses, type AddressSet } from '../net/address-set.ts';

export interface Members {
  /** In the order of the terrain. */
  readonly units: readonly Unit[];
  /** Addresses that belong to no pod. Nodes' own are among them; what a pod's own node does is not meant by these. */
  readonly outside: AddressSet;
  /** Named themselves, so that they are meant with their own pods too. None has a pod's address. */
  readonly nodes: readonly NodeAddress[];
}

export interface NodeAddress {
  readonly node: string;
  readonly address: Address;
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
