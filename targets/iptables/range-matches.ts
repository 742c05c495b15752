// Address ranges as matches of rules, for machines without ipset.
import type { Family } from '../../src/net/address.ts';
import { formatRanges } from '../../src/net/range-text.ts';
import type { Ranges } from '../../src/net/ranges.ts';
import type { Match, Side } from './iptables-plan.ts';

/** One match a range, in order: a prefix where it is one, else from the first address to the last. */
export function rangeMatches(ranges: Ranges, family: Family, side: Side): readonly Match[] {
  return formatRanges(ranges, family).map((text) => {
    const [first = '', last] = text.split('-');
    if (last !== undefined) return { kind: 'range', side, first, last };
    return { kind: 'prefix', side, prefix: text.includes('/') ? text : hostPrefix(text, family) };
  });
}

/** One address as a prefix. */
export function hostPrefix(address: string, family: Family): string {
  return `${address}/${family === 'IPv4' ? 32 : 128}`;
}
