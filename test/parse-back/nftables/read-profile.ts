// The chains of a profile → the table of what they let through.
import { getOrMake } from '../../../src/collections/get-or-make.ts';
import type { Direction } from '../../../src/ir/ir.ts';
import type { Family } from '../../../src/net/address.ts';
import { wholeFamily, type AddressSet } from '../../../src/net/address-set.ts';
import { allPorts } from '../../../src/net/protocol.ts';
import { must } from '../../kit/must.ts';
import { createTableReader, type ChainRule, type ChainVerdict, type PortSpan } from '../chain-table.ts';
import { parseKernelRanges } from '../kernel-addresses.ts';
import type { PeerTable } from '../peer-table.ts';
import { unexpected } from '../strict-json.ts';
import { plainText, type NftListing, type NftMapElement, type NftRule, type NftStatement } from './listing.ts';
import { familyOfHeader, transportOf, typeOfFamily } from './words.ts';

/** Reads profiles of one direction; one that many endpoints share is read once, and always the same object. */
export function createProfileReader(
  { chains, sets }: NftListing,
  direction: Direction,
): (chain: string, family: Family) => PeerTable {
  const rulesByChain = new Map(chains.map(({ name, hook, rules }) => [name, hook === null ? rules : null]));
  const setByName = new Map(sets.map((set) => [set.name, set]));
  const contents = new Map<string, AddressSet>();
  const setOf = (name: string, family: Family): AddressSet => {
    const { type, elements } = must(setByName.get(name), name);
    if (type !== typeOfFamily(family)) throw unexpected(typeOfFamily(family), type);
    return getOrMake(contents, name, () => parseKernelRanges(elements));
  };
  const peerSets: PeerSets = { side: direction === 'egress' ? 'daddr' : 'saddr', setOf };
  const readTable = createTableReader((name) =>
    must(rulesByChain.get(name), name).flatMap((rule) => chainRules(rule, peerSets)),
  );
  const everyone = { IPv4: wholeFamily('IPv4'), IPv6: wholeFamily('IPv6') };
  const tables = new Map<string, PeerTable>();
  return (chain, family) => getOrMake(tables, `${family} ${chain}`, () => readTable(chain, everyone[family]));
}

/** The side of a packet that peers are on, and the sets that they are in. */
interface PeerSets {
  readonly side: 'saddr' | 'daddr';
  readonly setOf: (name: string, family: Family) => AddressSet;
}

/** A rule for every element of its map, or the rule itself. */
function chainRules({ statements }: NftRule, sets: PeerSets): readonly ChainRule[] {
  const [first = '', second, ...rest] = statements;
  if (rest.length > 0) throw unexpected('a rule of a profile', statements);
  if (typeof first === 'object') {
    if (second !== undefined || typeof first.elements === 'string') throw unexpected('a map of ports', statements);
    return first.elements.map((element) => portRule(first.vmap, element));
  }
  if (second === undefined) return [{ peers: null, ports: null, verdict: readVerdict(first) }];
  const peers = readPeers(first, sets);
  const ports = peers === null ? readProtocols(first) : null;
  return [{ peers, ports, verdict: readVerdict(second) }];
}

/** `meta nfproto ipv4`, `ip saddr @…`; null for a match of something else. */
function readPeers(match: string, { side, setOf }: PeerSets): AddressSet | null {
  if (match === 'meta nfproto ipv4') return wholeFamily('IPv4');
  if (match === 'meta nfproto ipv6') return wholeFamily('IPv6');
  const [, header, found, set = ''] = /^(ip6?) ([sd]addr) @(\S+)$/.exec(match) ?? [];
  if (header === undefined) return null;
  if (found !== side) throw unexpected(side, match);
  return setOf(set, familyOfHeader(header));
}

/** `meta l4proto tcp`, or everything that has no ports. */
function readProtocols(match: string): readonly PortSpan[] {
  if (match === 'meta l4proto != { sctp, tcp, udp }') return [{ transport: 'OTHER', ...allPorts }];
  return [{ transport: transportOf(/^meta l4proto (\w+)$/.exec(match)?.[1]), ...allPorts }];
}

/** `meta l4proto . th dport` with `tcp . 80`, or `tcp dport` with `1000-2000`. */
function portRule(selector: string, { key, verdict }: NftMapElement): ChainRule {
  const isPair = selector === 'meta l4proto . th dport';
  const [protocol, ports = ''] = isPair ? key.split(' . ') : [/^(\w+) dport$/.exec(selector)?.[1], key];
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(ports) ?? [];
  if (first === undefined || (isPair && last !== first)) throw unexpected('ports', [selector, key]);
  const span = { transport: transportOf(protocol), first: Number(first), last: Number(last) };
  return { peers: null, ports: [span], verdict: readVerdict(verdict) };
}

function readVerdict(statement: NftStatement): ChainVerdict {
  if (statement === 'return') return { kind: 'return' };
  const chain = /^goto (\S+)$/.exec(plainText(statement))?.[1];
  if (chain === undefined) throw unexpected('return or goto', statement);
  return chain === 'refuse' ? { kind: 'refuse' } : { kind: 'goto', chain };
}
