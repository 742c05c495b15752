// Reads back what the engines iptables and iptables-legacy put into the kernel.
import type { Family } from '../../../src/net/address.ts';
import type { Artifact } from '../../../src/target.ts';
import { compareFactLines } from '../facts.ts';
import { factsOfHooks, hooksByIr } from '../hook-facts.ts';
import { outputOf, textOf, type Listing, type Reader } from '../reader.ts';
import { factsOfJumps, factsOfRules, factsOfSets } from './facts.ts';
import { parseIpsets } from './ipset.ts';
import { readSavedState, type SavedState } from './read.ts';
import { parseFilterTable } from './save.ts';

/** All tables are listed: only the filter table may be there. */
export function createIptablesReader(variant: 'nft' | 'legacy'): Reader {
  return {
    list: [
      { name: 'IPv4', argv: [`iptables-${variant}-save`] },
      { name: 'IPv6', argv: [`ip6tables-${variant}-save`] },
      { name: 'ipset', argv: ['ipset', 'save'] },
    ],
    compares: ['v4.rules', 'v6.rules', 'ipset'],
    differences: (artifacts, listing) => {
      const { tables, sets } = stateOf(listing);
      const emitted = [
        ...emittedRules(artifacts, 'IPv4', 'v4.rules'),
        ...emittedRules(artifacts, 'IPv6', 'v6.rules'),
        ...factsOfSets(parseIpsets(textOf(artifacts, 'ipset', true))),
      ];
      const listed = [...factsOfRules('IPv4', tables.IPv4), ...factsOfRules('IPv6', tables.IPv6), ...factsOfSets(sets)];
      return compareFactLines(emitted, listed);
    },
    read: (listing) => readSavedState(stateOf(listing)),
    factsByIr: (ir) => factsOfHooks(hooksByIr(ir)),
  };
}

function stateOf(listing: Listing): SavedState {
  return {
    tables: {
      IPv4: parseFilterTable(outputOf(listing, 'IPv4')),
      IPv6: parseFilterTable(outputOf(listing, 'IPv6')),
    },
    sets: parseIpsets(outputOf(listing, 'ipset')),
  };
}

function emittedRules(artifacts: readonly Artifact[], family: Family, suffix: string): readonly string[] {
  return [...factsOfRules(family, parseFilterTable(textOf(artifacts, suffix))), ...factsOfJumps(family)];
}
