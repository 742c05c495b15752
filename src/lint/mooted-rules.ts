// Rules that restrict nothing, because another one of the same policy allows everything. Source: S-233.
import type { Direction } from '../ir/ir.ts';
import type { NetworkPolicy, PolicyRule } from '../policy/network-policy.ts';

/** The narrower rules beside one that allows everything; none when there is no such rule. */
export function mootedRules(policy: NetworkPolicy, direction: Direction): readonly PolicyRule[] {
  const rules = policy[direction] ?? [];
  return rules.some(allowsEverything) ? rules.filter((rule) => !allowsEverything(rule)) : [];
}

/** Every peer, port and protocol. */
export function allowsEverything({ peers, ports }: PolicyRule): boolean {
  return peers === null && ports === null;
}
