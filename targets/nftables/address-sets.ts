// Address sets of the IR → nft sets, made when a profile first refers to them.
import { getOrMake } from '../../src/collections/get-or-make.ts';
import type { AddressSetId, Ir } from '../../src/ir/ir.ts';
import { families, type Family } from '../../src/net/address.ts';
import { equalWords } from '../../src/net/ranges.ts';
import { allAddresses } from '../../src/net/address-set.ts';
import { safeText } from '../shared/safe-text.ts';
import { nftName } from './names.ts';
import type { NftSet, PeerMatch } from './nftables-plan.ts';
import { setElements } from './set-elements.ts';

/** How the packets of an address set are recognised: one or two lookups a family, none for an empty one. */
export interface AddressSets {
  readonly matches: (id: AddressSetId) => readonly { readonly family: Family; readonly match: PeerMatch }[];
  /** The nft sets that were asked for, sorted by name. */
  readonly used: () => readonly NftSet[];
}

export function createAddressSets(ir: Ir, claim: (name: string, content: string) => string): AddressSets {
  const used = new Map<string, NftSet>();
  const use = (name: string, id: AddressSetId, set: Omit<NftSet, 'name' | 'note'>): readonly PeerMatch[] => {
    if (set.elements.length === 0) return [];
    if (!used.has(name)) {
      claim(name, `${id} ${set.interval}`);
      const label = ir.addressSetById.get(id)?.label ?? '';
      used.set(name, { name, ...set, note: safeText(label, 100) });
    }
    return [{ set: name }];
  };
  const matchesOf = (id: AddressSetId, family: Family): readonly PeerMatch[] => {
    const named = ir.addressSetById.get(id);
    if (named === undefined) throw new Error(`address set ${id} is not in the IR`);
    const ranges = named.addresses[family];
    const [short, nfproto] = family === 'IPv4' ? (['4', 'ipv4'] as const) : (['6', 'ipv6'] as const);
    if (equalWords(ranges, allAddresses[family])) return [{ nfproto }];
    const { singles, intervals } = setElements(ranges, family);
    const base = nftName('peers', named.label, id);
    const type = `${nfproto}_addr`;
    return [
      ...use(`${base}_v${short}`, id, { type, interval: false, elements: singles }),
      ...use(`${base}_blocks_v${short}`, id, { type, interval: true, elements: intervals }),
    ];
  };
  const known = new Map<AddressSetId, ReturnType<AddressSets['matches']>>();
  return {
    matches: (id) =>
      getOrMake(known, id, () =>
        families.flatMap((family) => matchesOf(id, family).map((match) => ({ family, match }))),
      ),
    used: () => [...used.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}
