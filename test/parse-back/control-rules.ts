// Rules about states and control messages, and what becomes of a packet that walks through them.
import type { ControlPacket, ControlVerdict } from './hook-facts.ts';

export interface ControlRule {
  readonly matches: (packet: ControlPacket) => boolean;
  readonly verdict: ControlVerdict | ControlCall;
}

/** Other rules first: after `jump` the next rule follows, after `goto` none. */
export interface ControlCall {
  readonly kind: 'jump' | 'goto';
  readonly rules: readonly ControlRule[];
}

/** Null when no rule decided. */
export function walkControlRules(rules: readonly ControlRule[], packet: ControlPacket): ControlVerdict | null {
  for (const { matches, verdict } of rules) {
    if (!matches(packet)) continue;
    if (typeof verdict === 'string') return verdict;
    const inside = walkControlRules(verdict.rules, packet);
    if (inside !== null || verdict.kind === 'goto') return inside;
  }
  return null;
}
