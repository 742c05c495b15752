// The orders that make the IR canonical. Code units, never a locale.
import type { Address } from '../net/address.ts';
import { positionOf } from '../source/source.ts';
import type { Origin } from './ir.ts';

/** Code-unit order of two strings. */
export function compareText(a: string, b: string): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** IPv4 before IPv6, then by value. */
export function compareAddresses(a: Address, b: Address): number {
  if (a.family !== b.family) return a.family === 'IPv4' ? -1 : 1;
  const at = a.words.findIndex((word, index) => word !== b.words[index]);
  return at === -1 ? 0 : (a.words[at] ?? 0) - (b.words[at] ?? 0);
}

/** By policy, then place in its file, then path. */
export function compareOrigins(a: Origin, b: Origin): number {
  const byPolicy = compareText(a.policy, b.policy);
  if (byPolicy !== 0 || a === b) return byPolicy;
  const [left, right] = [positionOf(a.span), positionOf(b.span)];
  return left.line - right.line || left.column - right.column || compareText(a.path, b.path);
}

/** Origins sorted, each once. */
export function distinctOrigins(origins: readonly Origin[]): readonly Origin[] {
  const sorted = [...new Set(origins)].sort(compareOrigins);
  return sorted.filter((origin, index) => index === 0 || compareOrigins(origin, sorted[index - 1] ?? origin) !== 0);
}
