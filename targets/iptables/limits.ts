// What a rule set may need at most. Beyond it there is no artifact, and a diagnostic says which policy is behind it.
import { getOrMake } from '../../src/collections/get-or-make.ts';
import { diagnose, type Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { createDiagnosticList } from '../../src/diagnostics/diagnostic-list.ts';
import type { Origin } from '../../src/ir/ir.ts';
import { wordsOf, type Family } from '../../src/net/address.ts';
import type { Ranges } from '../../src/net/ranges.ts';
import { countPrefixes } from '../shared/prefixes.ts';
import { splitRanges } from '../shared/split-ranges.ts';
import type { FamilyRules } from './iptables-plan.ts';

/** Prefixes of one address set and family. ipset takes more, but asks for memory and a second of time for so many. */
export const mostPrefixes = 262_144;

/** Ranges of one address set and family with `--no-ipset`: a packet is compared with one after the other. */
export const mostRanges = 1024;

/** Rules of one family: what both variants of iptables load in seconds, and not in minutes. */
export const mostRules = 100_000;

export interface Limits {
  /** Whether the ranges fit into an ipset; if not, that is remembered. */
  readonly takesPrefixes: (ranges: Ranges, family: Family, origins: readonly Origin[]) => boolean;
  /** Whether the ranges may be written as rules; if not, that is remembered. */
  readonly takesRanges: (ranges: Ranges, family: Family, origins: readonly Origin[]) => boolean;
  /** Looks at a family's finished rules. */
  readonly checkRules: (rules: FamilyRules, origins: readonly Origin[]) => void;
  /** What was exceeded, each once. */
  readonly exceeded: () => readonly Diagnostic[];
}

export function createLimits(): Limits {
  const exceeded = createDiagnosticList();
  const known = new Map<Ranges, boolean>();
  const takes = (what: string, found: number, limit: number, origins: readonly Origin[], hint?: string): boolean => {
    if (found <= limit) return true;
    const extras = hint === undefined ? {} : { hint };
    exceeded.addAll([diagnose('NP5001', { target: 'iptables', what, found, limit }, origins[0]?.span ?? null, extras)]);
    return false;
  };
  return {
    takesPrefixes: (ranges, family, origins) =>
      getOrMake(known, ranges, () =>
        takes(`${family} prefixes of one set of peers`, prefixesInSet(ranges, family), mostPrefixes, origins),
      ),
    takesRanges: (ranges, family, origins) =>
      getOrMake(known, ranges, () => {
        const found = ranges.length / (2 * wordsOf(family));
        const what = `rules for the ${family} addresses of one set of peers`;
        return takes(what, found, mostRanges, origins, 'compile without `--no-ipset`');
      }),
    checkRules: ({ family, chains }, origins) => {
      const found = chains.reduce((sum, { rules }) => sum + rules.length, 0);
      takes(`${family} rules`, found, mostRules, origins, 'compile for one node at a time, or for another target');
    },
    exceeded: () => exceeded.found,
  };
}

function prefixesInSet(ranges: Ranges, family: Family): number {
  return getOrMake(prefixesByRanges, ranges, () => countPrefixes(splitRanges(ranges, family).blocks, family));
}

/** Nodes of one cluster have most of their sets in common. */
const prefixesByRanges = new WeakMap<Ranges, number>();
