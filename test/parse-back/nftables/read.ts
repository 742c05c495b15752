// The kernel's listing of an nftables ruleset → what it means. It knows the shapes that the target emits, and no others.
import type { Direction } from '../../../src/ir/ir.ts';
import { formatAddress, type Family } from '../../../src/net/address.ts';
import { noAddresses } from '../../../src/net/address-set.ts';
import { must } from '../../kit/must.ts';
import { factsOfHooks, openHook, type HookReading } from '../hook-facts.ts';
import { parseKernelAddress } from '../kernel-addresses.ts';
import type { Hook, Meaning } from '../meaning.ts';
import type { Judgement } from '../peer-table.ts';
import { unexpected } from '../strict-json.ts';
import type { NftChain, NftListing } from './listing.ts';
import { readControl } from './read-control.ts';
import { readLookups } from './read-lookups.ts';
import { createProfileReader } from './read-profile.ts';
import { readSelfPeers } from './read-self.ts';
import { typeOfFamily } from './words.ts';

/** Throws at whatever the target would not emit. */
export function readNftListing(listing: NftListing): Meaning {
  const base = listing.chains.filter(({ hook }) => hook !== null);
  const unknown = base.find(({ name, hook }) => !isOurHook(name, hook));
  if (unknown !== undefined) throw unexpected('a hook of ours', unknown.hook);
  const judge = createJudge(listing);
  const chainOf = (hook: Hook): NftChain | null => base.find(({ name }) => name === hook) ?? null;
  const judged = (hook: Hook, direction: Direction): ReadonlyMap<string, Judgement> => {
    const chain = chainOf(hook);
    const lookups = chain === null ? [] : readLookups(chain).filter(({ step }) => step === direction);
    return new Map(lookups.flatMap(({ family, map }) => judge(map ?? '', direction, family)));
  };
  const readings = (hook: Hook): Readonly<Record<Family, HookReading>> => {
    const chain = chainOf(hook);
    return { IPv4: readHook(chain, 'IPv4', listing), IPv6: readHook(chain, 'IPv6', listing) };
  };
  return {
    judged: {
      'forward egress': judged('forward', 'egress'),
      'forward ingress': judged('forward', 'ingress'),
      'input egress': judged('input', 'egress'),
      'input ingress': judged('input', 'ingress'),
    },
    facts: factsOfHooks({ forward: readings('forward'), input: readings('input') }),
  };
}

function isOurHook(name: string, hook: string | null): boolean {
  return ['forward', 'input'].includes(name) && hook === `type filter hook ${name} priority -5; policy accept;`;
}

function readHook(chain: NftChain | null, family: Family, { chains }: NftListing): HookReading {
  if (chain === null) return openHook;
  const steps = readLookups(chain).flatMap((lookup) => (lookup.family === family ? [lookup.step] : []));
  return { verdictOf: readControl(chain, chains), steps };
}

type Judged = readonly (readonly [address: string, judgement: Judgement])[];

/** Reads an endpoint map: what passes for each of its addresses. */
function createJudge(listing: NftListing): (map: string, direction: Direction, family: Family) => Judged {
  const self = readSelfPeers(listing);
  const tableOf = { egress: createProfileReader(listing, 'egress'), ingress: createProfileReader(listing, 'ingress') };
  return (name, direction, family) => {
    const map = must(
      listing.maps.find((each) => each.name === name),
      name,
    );
    if (map.type !== typeOfFamily(family)) throw unexpected(typeOfFamily(family), map.type);
    return map.elements.map(({ key, verdict }) => {
      const chain = /^jump (\S+)$/.exec(verdict)?.[1];
      if (chain === undefined) throw unexpected('a jump', verdict);
      const address = formatAddress(parseKernelAddress(key));
      const table = tableOf[direction](chain, family);
      return [address, { table, self: self[direction].get(address) ?? noAddresses }];
    });
  };
}
