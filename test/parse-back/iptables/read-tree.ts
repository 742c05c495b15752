// Chains that send a packet on by the address of a local endpoint, in ranges and then in single addresses.
import { formatAddress, type Address } from '../../../src/net/address.ts';
import {
  addressesOf,
  contains,
  intersect,
  isEmpty,
  isSubset,
  noAddresses,
  subtract,
  union,
  type AddressSet,
} from '../../../src/net/address-set.ts';
import { parseKernelAddress, parseKernelRange } from '../kernel-addresses.ts';
import { unexpected } from '../strict-json.ts';
import type { AddressMatch, SavedRule } from './rule.ts';

/** Where packets of a local address end up, and the peers that pass before. */
export interface TreeLeaf {
  readonly chain: string;
  readonly self: AddressSet;
}

export interface TreeOptions {
  readonly rulesOf: (chain: string) => readonly SavedRule[];
  /** The side of a packet that the local endpoint is on. */
  readonly side: 'source' | 'destination';
}

/** Leaves by address. Every other address goes back to where it came from. Throws at a rule that nothing can reach. */
export function readTree(root: string, everyone: AddressSet, options: TreeOptions): ReadonlyMap<string, TreeLeaf> {
  return new Map(leavesOf(root, everyone, options, 0));
}

function leavesOf(
  chain: string,
  reaching: AddressSet,
  options: TreeOptions,
  depth: number,
): readonly (readonly [string, TreeLeaf])[] {
  if (depth > 16) throw new Error(`chain ${chain} is too deep`);
  const leaves: (readonly [string, TreeLeaf])[] = [];
  const self = new Map<string, AddressSet>();
  let left = reaching;
  for (const rule of options.rulesOf(chain)) {
    const { local, peer } = sidesOf(rule, options.side);
    if (local.kind === 'range') {
      const range = parseKernelRange(local.text);
      const taken = intersect(left, range);
      if (peer !== null || rule.verdict.kind !== 'goto' || isEmpty(taken)) throw unexpected('a range to go to', rule);
      leaves.push(...leavesOf(rule.verdict.chain, taken, options, depth + 1));
      left = subtract(left, range);
      continue;
    }
    const address = singleAddress(local);
    const text = formatAddress(address);
    if (!contains(left, address)) throw unexpected('an address that is still to be judged', rule);
    if (peer !== null && rule.verdict.kind === 'return') {
      self.set(text, union([self.get(text) ?? noAddresses, addressesOf([singleAddress(peer)])]));
    } else if (peer === null && rule.verdict.kind === 'goto') {
      leaves.push([text, { chain: rule.verdict.chain, self: self.get(text) ?? noAddresses }]);
      self.delete(text);
      left = subtract(left, addressesOf([address]));
    } else throw unexpected('an endpoint', rule);
  }
  if (self.size > 0) throw new Error(`${[...self.keys()].join(', ')} reaches itself and has no profile`);
  if (!isSubset(left, reaching)) throw new Error('more came out than went in');
  return leaves;
}

interface Sides {
  readonly local: AddressMatch;
  readonly peer: AddressMatch | null;
}

function sidesOf(rule: SavedRule, side: TreeOptions['side']): Sides {
  const { source, destination, protocol, ports, icmpType, state } = rule;
  const [local, peer] = side === 'source' ? [source, destination] : [destination, source];
  const isPlain = protocol === null && ports === null && icmpType === null && state === null;
  if (local === null || local.kind === 'set' || !isPlain) throw unexpected('addresses of endpoints', rule);
  return { local, peer };
}

function singleAddress({ kind, text }: AddressMatch): Address {
  const [, address] = /^(.*)\/(?:32|128)$/.exec(text) ?? [];
  if (kind !== 'prefix' || address === undefined) throw unexpected('a single address', text);
  return parseKernelAddress(address);
}
