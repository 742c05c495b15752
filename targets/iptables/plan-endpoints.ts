// Which profile judges a packet: a tree over the addresses of restricted endpoints, for one direction and family.
import type { Direction, Endpoint, Ir, ProfileId } from '../../src/ir/ir.ts';
import { formatAddress, wordsOf, type Address, type Family } from '../../src/net/address.ts';
import { compareWords } from '../../src/net/ranges.ts';
import { endpointNote } from '../shared/header.ts';
import { safeText } from '../shared/safe-text.ts';
import type { ChainBook } from './chain-book.ts';
import type { Rule, Side } from './iptables-plan.ts';
import { commentLength } from './plan-profile.ts';
import { hostPrefix } from './range-matches.ts';
import { buildTree } from './tree.ts';

/** Enough for 4,096 addresses in nodes of 8; with the other chains, iptables-nft takes 15 in a row. */
const treeLevels = 4;

interface AddressEntry {
  readonly address: Address;
  readonly endpoint: Endpoint;
  readonly chain: string;
}

interface AddressNode {
  readonly chain: string;
  readonly first: Address;
  readonly last: Address;
}

/**
 * The chain that sends a packet on to the profile of its sender (egress) or receiver (ingress); it comes back when that is
 * no endpoint restricted in this direction, or when the profile allows it. Null when there is no such endpoint.
 */
export function planEndpoints(
  ir: Ir,
  direction: Direction,
  family: Family,
  { chains, chainByProfile }: { readonly chains: ChainBook; readonly chainByProfile: ReadonlyMap<ProfileId, string> },
): string | null {
  const entries = collectEntries(ir, direction, family, chainByProfile);
  if (entries.length === 0) return null;
  const side = direction === 'egress' ? 'source' : 'destination';
  const kind = direction === 'egress' ? 'E' : 'I';
  const make = (ends: readonly Ends[], rules: readonly Rule[]): AddressNode => {
    const [first, last] = [ends[0]?.first, ends.at(-1)?.last];
    if (first === undefined || last === undefined) throw new Error('a node of nothing');
    return { chain: chains.add(kind, { rules }), first, last };
  };
  return buildTree<AddressEntry, AddressNode>(entries, treeLevels, {
    bottom: (items) =>
      make(
        items.map(({ address }) => ({ first: address, last: address })),
        items.flatMap((item) => endpointRules(item, side, family)),
      ),
    inner: (nodes) =>
      make(
        nodes,
        nodes.map((node) => rangeRule(node, side)),
      ),
  }).chain;
}

type Ends = Pick<AddressNode, 'first' | 'last'>;

function collectEntries(
  ir: Ir,
  direction: Direction,
  family: Family,
  chainByProfile: ReadonlyMap<ProfileId, string>,
): readonly AddressEntry[] {
  const entries = ir.endpoints.flatMap((endpoint) => {
    const chain = chainByProfile.get(endpoint[direction] ?? '');
    return chain === undefined ? [] : addressesOf(endpoint, family).map((address) => ({ address, endpoint, chain }));
  });
  return entries.sort((a, b) => compareWords(a.address.words, 0, b.address.words, 0, wordsOf(family)));
}

/** An endpoint reaches itself by any of its addresses (S-601, S-602); everything else is for its profile. */
function endpointRules({ address, endpoint, chain }: AddressEntry, side: Side, family: Family): readonly Rule[] {
  const prefixOf = (each: Address): string => hostPrefix(formatAddress(each), family);
  const prefix = prefixOf(address);
  const itself = addressesOf(endpoint, family).map((other): Rule => {
    const otherPrefix = other === address ? prefix : prefixOf(other);
    const [source, destination] = side === 'source' ? [prefix, otherPrefix] : [otherPrefix, prefix];
    return {
      matches: [
        { kind: 'prefix', side: 'source', prefix: source },
        { kind: 'prefix', side: 'destination', prefix: destination },
      ],
      verdict: { kind: 'return' },
      comment: null,
    };
  });
  const comment = safeText(endpointNote(endpoint), commentLength);
  return [...itself, { matches: [{ kind: 'prefix', side, prefix }], verdict: { kind: 'goto', chain }, comment }];
}

function rangeRule({ chain, first, last }: AddressNode, side: Side): Rule {
  return {
    matches: [{ kind: 'range', side, first: formatAddress(first), last: formatAddress(last) }],
    verdict: { kind: 'goto', chain },
    comment: null,
  };
}

function addressesOf(endpoint: Endpoint, family: Family): readonly Address[] {
  return endpoint.addresses.filter((address) => address.family === family);
}
