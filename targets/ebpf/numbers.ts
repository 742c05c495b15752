// The numbers by which maps refer to endpoints, profiles and address sets. 0 always means none.
import { isEmpty, type AddressSet } from '../../src/net/address-set.ts';
import type { AddressSetId, Endpoint, Ir, ProfileId } from '../../src/ir/ir.ts';

/** From 1 on in the order of the IR, which is the order of names and of content hashes. */
export interface Numbers {
  /** Those that are restricted in some direction. Number n is at n - 1. */
  readonly endpoints: readonly Endpoint[];
  readonly profile: (id: ProfileId | null) => number;
  /** Sets with addresses. Number n is at n - 1. */
  readonly sets: readonly AddressSet[];
  /** The empty set has 0. */
  readonly set: (id: AddressSetId) => number;
}

export function numberThings(ir: Ir): Numbers {
  const sets = [...ir.addressSetById.values()].filter(({ addresses }) => !isEmpty(addresses));
  const numberBySet = new Map(sets.map(({ id }, index) => [id, index + 1]));
  const numberByProfile = new Map([...ir.profileById.keys()].map((id, index) => [id, index + 1]));
  return {
    endpoints: ir.endpoints.filter(({ ingress, egress }) => ingress !== null || egress !== null),
    profile: (id) => (id === null ? 0 : known(numberByProfile, id)),
    sets: sets.map(({ addresses }) => addresses),
    set: (id) => (ir.addressSetById.has(id) ? (numberBySet.get(id) ?? 0) : known(numberBySet, id)),
  };
}

/** What the IR refers to is in it; were it not, something would pass or not pass by accident. */
function known(numbers: ReadonlyMap<string, number>, id: string): number {
  const number = numbers.get(id);
  if (number === undefined) throw new Error(`${id} is not in the IR`);
  return number;
}
