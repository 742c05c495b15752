// An allow with the policy text behind it.
import type { Allow } from '../net/allow-table.ts';
import type { Origin } from '../ir/ir.ts';
import type { Field } from '../policy/network-policy.ts';

export interface OriginatedAllow {
  readonly allow: Allow;
  readonly origin: Origin;
}

/** A field of the policy that is called so. */
export function originIn(policy: string, { path, span }: Field): Origin {
  return { policy, path, span };
}
