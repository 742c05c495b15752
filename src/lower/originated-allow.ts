// An allow with the policy text behind it.
import type { Allow } from '../net/allow-table.ts';
import type { Origin } from '../ir/ir.ts';

export interface OriginatedAllow {
  readonly allow: Allow;
  readonly origin: Origin;
}
