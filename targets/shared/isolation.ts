// Why endpoints are restricted: for comments beside what refuses their traffic.
import { getOrMake } from '../../src/collections/get-or-make.ts';
import type { Ir, Origin, ProfileId } from '../../src/ir/ir.ts';

/** For every profile, the policies because of which endpoints have it, each once. O(origins). */
export function isolationByProfile(ir: Ir): ReadonlyMap<ProfileId, readonly Origin[]> {
  const originsByProfile = new Map<ProfileId, Set<Origin>>();
  for (const { ingress, egress, origins } of ir.endpoints) {
    for (const [id, own] of [[ingress, origins.ingress] as const, [egress, origins.egress] as const]) {
      if (id === null) continue;
      const known = getOrMake(originsByProfile, id, () => new Set<Origin>());
      for (const origin of own) known.add(origin);
    }
  }
  return new Map([...originsByProfile].map(([id, origins]) => [id, [...origins]]));
}
