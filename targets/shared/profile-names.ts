// What people call a profile whatever it allows, so that it is the same thing before and after a change.
import { getOrMake } from '../../src/collections/get-or-make.ts';
import type { Endpoint, Ir, Profile, ProfileId } from '../../src/ir/ir.ts';
import { compareText } from '../../src/ir/order.ts';
import { safeText, type SafeText } from './safe-text.ts';

/** Longest name; namespaces have at most 63 characters and workloads 253. */
const nameLength = 330;

/**
 * Calls a profile `ingress of prod/db`: after the workload that most of its endpoints belong to, the first by name of
 * several such. Not unique. It stays when peers or ports change, and when a few endpoints come or go. O(endpoints).
 */
export function createProfileNames(ir: Ir): (profile: Profile) => SafeText {
  const countsByProfile = countWorkloads(ir.endpoints);
  return ({ id, direction }) => {
    const workload = mostFrequent(countsByProfile.get(id) ?? new Map<string, number>());
    return safeText(`${direction} of ${workload}`, nameLength);
  };
}

function countWorkloads(endpoints: readonly Endpoint[]): ReadonlyMap<ProfileId, ReadonlyMap<string, number>> {
  const countsByProfile = new Map<ProfileId, Map<string, number>>();
  for (const { namespace, workload, ingress, egress } of endpoints) {
    const name = `${namespace}/${workload}`;
    for (const id of [ingress, egress]) {
      if (id === null) continue;
      const counts = getOrMake(countsByProfile, id, () => new Map<string, number>());
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return countsByProfile;
}

function mostFrequent(counts: ReadonlyMap<string, number>): string {
  const [first = ['', 0]] = [...counts].sort(([a, many], [b, more]) => more - many || compareText(a, b));
  return first[0];
}
