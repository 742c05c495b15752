// The chain that everything refused is sent to: an endpoint reaches itself (S-601, S-602), and nothing else passes.
import { groupBy } from '../../../src/collections/get-or-make.ts';
import type { Direction } from '../../../src/ir/ir.ts';
import type { AddressSet } from '../../../src/net/address-set.ts';
import { must } from '../../kit/must.ts';
import { parseKernelRanges } from '../kernel-addresses.ts';
import { unexpected } from '../strict-json.ts';
import { plainText, type NftListing, type NftRule, type NftSet } from './listing.ts';
import { familyOfHeader, typeOfFamily } from './words.ts';

/** The peers that pass for an address, as a sender and as a receiver. */
export type SelfPeers = Readonly<Record<Direction, ReadonlyMap<string, AddressSet>>>;

export function readSelfPeers({ chains, sets }: NftListing): SelfPeers {
  const rules = chains.find(({ name }) => name === 'refuse')?.rules ?? [];
  const pairs = rules.slice(0, -1).flatMap((rule) => readPairs(rule, sets));
  const { statements, comment } = rules.at(-1) ?? { statements: ['drop'], comment: null };
  if (statements.length !== 1 || statements[0] !== 'drop' || comment !== null) throw unexpected('drop', statements);
  const peersBy = (own: 0 | 1): ReadonlyMap<string, AddressSet> =>
    new Map(
      [...groupBy(pairs, (pair) => must(pair[own]))].map(([address, some]) => [
        address,
        parseKernelRanges(some.map((pair) => must(pair[1 - own]))),
      ]),
    );
  return { egress: peersBy(0), ingress: peersBy(1) };
}

/** `ip saddr . ip daddr @self4 accept` */
function readPairs({ statements, comment }: NftRule, sets: readonly NftSet[]): readonly (readonly string[])[] {
  const match = /^(ip6?) saddr \. (ip6?) daddr @(\S+)$/.exec(plainText(statements[0]));
  const set = sets.find(({ name }) => name === match?.[3]);
  const type = typeOfFamily(familyOfHeader(match?.[1]));
  const isSound = match?.[1] === match?.[2] && set?.type === `${type} . ${type}` && !set.interval;
  if (!isSound || statements.length !== 2 || statements[1] !== 'accept' || comment !== null) {
    throw unexpected('pairs of addresses', statements);
  }
  return set.elements.map((element) => element.split(' . '));
}
