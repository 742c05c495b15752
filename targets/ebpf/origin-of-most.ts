// Whom to name when there is too much of everything.
import type { AddressSetId, Ir, Origin } from '../../src/ir/ir.ts';
import { families } from '../../src/net/address.ts';
import { rangeCount } from '../../src/net/address-set.ts';

/** The first policy rule behind the address set of most ranges; null when no rule allows anything. */
export function originOfMost(ir: Ir): Origin | null {
  const sizeOf = (id: AddressSetId): number => {
    const addresses = ir.addressSetById.get(id)?.addresses;
    return addresses === undefined ? 0 : families.reduce((sum, family) => sum + rangeCount(addresses, family), 0);
  };
  let most: { readonly size: number; readonly origin: Origin } | null = null;
  for (const { every, rows, origins } of ir.profileById.values()) {
    for (const { peers, origins: from } of [{ peers: every, origins }, ...rows]) {
      const [origin] = from;
      if (origin !== undefined && sizeOf(peers) > (most?.size ?? 0)) most = { size: sizeOf(peers), origin };
    }
  }
  return most?.origin ?? null;
}
