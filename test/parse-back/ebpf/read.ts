// Dumps of maps → what they mean to the datapath. Offsets are those of layout version 1, written down by hand.
import { groupBy } from '../../../src/collections/get-or-make.ts';
import type { Direction, Ir } from '../../../src/ir/ir.ts';
import { families, formatAddress, wordsOf, type Address, type Family } from '../../../src/net/address.ts';
import { addressesOf, type AddressSet } from '../../../src/net/address-set.ts';
import { must } from '../../kit/must.ts';
import type { Meaning } from '../meaning.ts';
import type { Judgement } from '../peer-table.ts';
import { littleEndian, mapsInForce, type GenerationMaps } from './generation.ts';
import type { MapListing } from './listing.ts';
import { readIdentities } from './read-identities.ts';
import { createProfileReader } from './read-profiles.ts';

/**
 * Throws at a layout that is not version 1. What happens around the judgements is in the datapath's program: the facts are
 * what it is told.
 */
export function readMaps(listing: MapListing): Meaning {
  const maps = mapsInForce(listing);
  const flags = readFlags(maps);
  const judged = families.map((family) => judgeFamily(maps, family));
  const both = (direction: Direction): ReadonlyMap<string, Judgement> =>
    new Map(judged.flatMap((family) => [...family[direction]]));
  const egress = both('egress');
  return {
    judged: {
      'forward egress': egress,
      'forward ingress': both('ingress'),
      'input egress': flags.egressToOwnNodePasses ? new Map() : egress,
      'input ingress': new Map(),
    },
    facts: factsOfFlags(flags),
  };
}

export function flagFactsByIr({ options, endpoints }: Ir): Meaning['facts'] {
  return factsOfFlags({
    icmpEchoPasses: options.icmpEcho,
    egressToOwnNodePasses: options.allowEgressToOwnNode,
    dropLinkLocal: endpoints.some(({ ingress, egress }) => ingress !== null || egress !== null),
  });
}

interface Flags {
  readonly icmpEchoPasses: boolean;
  readonly egressToOwnNodePasses: boolean;
  readonly dropLinkLocal: boolean;
}

function factsOfFlags(flags: Flags): Meaning['facts'] {
  return new Map(Object.entries(flags).map(([name, isSet]) => [name, String(isSet)]));
}

/** u32 version, u32 flags, 32 bytes that name the IR. */
function readFlags(maps: GenerationMaps): Flags {
  const [entry, ...others] = must(maps.get('config')).entries;
  if (entry?.key !== '00000000' || others.length > 0 || entry.value.length !== 80) throw new Error('config');
  const flags = littleEndian(entry.value.slice(8, 16));
  if (littleEndian(entry.value.slice(0, 8)) !== 1 || flags > 7) throw new Error(`layout or flags: ${entry.value}`);
  return {
    icmpEchoPasses: (flags & 1) !== 0,
    egressToOwnNodePasses: (flags & 2) !== 0,
    dropLinkLocal: (flags & 4) !== 0,
  };
}

function judgeFamily(
  maps: GenerationMaps,
  family: Family,
): Readonly<Record<Direction, ReadonlyMap<string, Judgement>>> {
  const endpoints = readEndpoints(maps, family);
  const tableOf = createProfileReader(maps, readIdentities(maps, family));
  const selfByNumber = new Map(
    [...groupBy(endpoints, ({ number }) => number)].map(([number, own]): [number, AddressSet] => [
      number,
      addressesOf(own.map(({ address }) => address)),
    ]),
  );
  const judged = (direction: Direction): ReadonlyMap<string, Judgement> =>
    new Map(
      endpoints
        .filter((endpoint) => endpoint[direction] !== 0)
        .map(({ address, number, [direction]: profile }) => [
          formatAddress(address),
          { table: tableOf(profile), self: must(selfByNumber.get(number)) },
        ]),
    );
  return { egress: judged('egress'), ingress: judged('ingress') };
}

interface ListedEndpoint {
  readonly address: Address;
  readonly number: number;
  readonly egress: number;
  readonly ingress: number;
}

/** The address; u32 number, u32 egress profile, u32 ingress profile, 0 for open. */
function readEndpoints(maps: GenerationMaps, family: Family): readonly ListedEndpoint[] {
  return must(maps.get(family === 'IPv4' ? 'endpoints4' : 'endpoints6')).entries.map(({ key, value }) => {
    const words = Array.from({ length: wordsOf(family) }, (_, index) =>
      parseInt(key.slice(8 * index, 8 * index + 8), 16),
    );
    const [number, egress, ingress] = [0, 8, 16].map((at) => littleEndian(value.slice(at, at + 8)));
    if (key.length !== 8 * wordsOf(family) || value.length !== 24 || !number) throw new Error(`endpoint ${key}`);
    return { address: { family, words }, number, egress: egress ?? 0, ingress: ingress ?? 0 };
  });
}
