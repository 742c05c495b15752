// What the observers saw: nft's JSON listing → tuples.
import { parseAddress, type Address } from '../net/address.ts';
import { isProtocol } from '../net/protocol.ts';
import { tupleKey } from './packet.ts';

/** Keys (see `tupleKey`) of every packet in an `nft -j -n list table` of an observer's table. */
export function parseSeen(json: string): readonly string[] {
  const { nftables = [] } = JSON.parse(json) as { nftables?: readonly { set?: { elem?: readonly unknown[] } }[] };
  return nftables.flatMap(({ set }) => (set?.elem ?? []).map(keyOf));
}

function keyOf(element: unknown): string {
  const { concat } = ((element as { elem?: { val?: unknown } }).elem?.val ?? element) as {
    concat?: readonly unknown[];
  };
  const [source, destination, protocol, sourcePort, destinationPort] = concat ?? [];
  if (concat?.length === 3) return otherKey(addressOf(source), addressOf(destination), otherNumber(protocol));
  const name = protocolNames.get(String(protocol).toLowerCase()) ?? '';
  if (!isProtocol(name)) throw new Error(`an observer saw protocol ${String(protocol)}`);
  return tupleKey({
    source: addressOf(source),
    destination: addressOf(destination),
    protocol: name,
    sourcePort: Number(sourcePort),
    destinationPort: Number(destinationPort),
  });
}

/** nft prints names or numbers, depending on its version. */
const protocolNames = new Map([
  ['tcp', 'TCP'],
  ['6', 'TCP'],
  ['udp', 'UDP'],
  ['17', 'UDP'],
  ['sctp', 'SCTP'],
  ['132', 'SCTP'],
]);

/** How packets of protocols without ports are recognised. */
export function otherKey(source: Address, destination: Address, protocolNumber: number): string {
  return [source.words.join('.'), destination.words.join('.'), protocolNumber].join(' ');
}

function otherNumber(protocol: unknown): number {
  const name = String(protocol).toLowerCase();
  const number = otherProtocols.get(name) ?? Number(name);
  if (!Number.isInteger(number)) throw new Error(`an observer saw protocol ${name}`);
  return number;
}

const otherProtocols = new Map([
  ['icmp', 1],
  ['igmp', 2],
  ['gre', 47],
  ['esp', 50],
  ['ah', 51],
  ['ipv6-icmp', 58],
  ['icmpv6', 58],
]);

function addressOf(text: unknown): Address {
  const address = parseAddress(String(text));
  if (address === null) throw new Error(`an observer saw address ${String(text)}`);
  return address;
}
