// Address sets of the IR → what matches their addresses: ipsets, made when a rule first asks for them.
import { getOrMake } from '../../src/collections/get-or-make.ts';
import type { AddressSetId, Ir, Origin } from '../../src/ir/ir.ts';
import type { Family } from '../../src/net/address.ts';
import { allAddresses } from '../../src/net/address-set.ts';
import { equalWords, type Ranges } from '../../src/net/ranges.ts';
import { safeText } from '../shared/safe-text.ts';
import { ipsetsOf } from './ipsets.ts';
import type { Ipset, Match, Side } from './iptables-plan.ts';
import type { Limits } from './limits.ts';
import type { HashedName } from './names.ts';
import { rangeMatches } from './range-matches.ts';

/** How the packets of an address set are recognised. */
export interface AddressSets {
  /**
   * Alternatives: a packet of the family is from (or to) the set when all matches of one of them match. None for an empty
   * set; one without matches for the whole family. `origins` are the policies that speak of these addresses.
   */
  readonly matches: (use: AddressSetUse) => readonly (readonly Match[])[];
  /** The ipsets that were asked for, sorted by name; null when there are to be none. */
  readonly used: () => readonly Ipset[] | null;
}

export interface AddressSetUse {
  readonly id: AddressSetId;
  readonly family: Family;
  readonly side: Side;
  readonly origins: readonly Origin[];
}

/** Addresses are matched by ipsets. */
export function createIpsetMatches(ir: Ir, limits: Limits, claim: (name: HashedName) => string): AddressSets {
  const used = new Map<string, Ipset>();
  return {
    matches: ({ id, family, side, origins }) => {
      const { ranges, label } = find(ir, id, family);
      if (isWhole(ranges, family)) return [[]];
      if (!limits.takesPrefixes(ranges, family, origins)) return [];
      return ipsetsOf(ranges, family).map(({ hash, ...set }) => {
        claim({ name: set.name, hash });
        getOrMake(used, set.name, () => ({ ...set, note: safeText(label, 100) }));
        return [{ kind: 'set', side, set: set.name }];
      });
    },
    used: () => [...used.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** Addresses are matched by the rules themselves, one rule a range. */
export function createRangeMatches(ir: Ir, limits: Limits): AddressSets {
  return {
    matches: ({ id, family, side, origins }) => {
      const { ranges } = find(ir, id, family);
      if (isWhole(ranges, family)) return [[]];
      if (!limits.takesRanges(ranges, family, origins)) return [];
      return rangeMatches(ranges, family, side).map((match) => [match]);
    },
    used: () => null,
  };
}

function find(ir: Ir, id: AddressSetId, family: Family): { readonly ranges: Ranges; readonly label: string } {
  const named = ir.addressSetById.get(id);
  if (named === undefined) throw new Error(`address set ${id} is not in the IR`);
  return { ranges: named.addresses[family], label: named.label };
}

function isWhole(ranges: Ranges, family: Family): boolean {
  return equalWords(ranges, allAddresses[family]);
}
