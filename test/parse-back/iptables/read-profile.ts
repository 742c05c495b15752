// The chains of a profile in one family → the table of what they let through.
import { getOrMake } from '../../../src/collections/get-or-make.ts';
import type { AddressSet } from '../../../src/net/address-set.ts';
import { transports } from '../../../src/net/allow-table.ts';
import { allPorts, type TransportClass } from '../../../src/net/protocol.ts';
import { must } from '../../kit/must.ts';
import { createTableReader, type ChainRule, type ChainVerdict, type PortSpan } from '../chain-table.ts';
import { parseKernelRange, parseKernelRanges } from '../kernel-addresses.ts';
import type { PeerTable } from '../peer-table.ts';
import { unexpected } from '../strict-json.ts';
import type { SavedSet } from './ipset.ts';
import type { AddressMatch, SavedRule, SavedVerdict } from './rule.ts';

export interface ProfileOptions {
  readonly rulesOf: (chain: string) => readonly SavedRule[];
  readonly sets: ReadonlyMap<string, SavedSet>;
  /** The side of a packet that peers are on. */
  readonly side: 'source' | 'destination';
  readonly everyone: AddressSet;
}

/** Reads profiles of one direction and family; one that many endpoints share is always the same object. */
export function createProfileReader({ rulesOf, sets, side, everyone }: ProfileOptions): (chain: string) => PeerTable {
  const contents = new Map<string, AddressSet>();
  const peersOf = (match: AddressMatch): AddressSet => {
    if (match.kind !== 'set') return parseKernelRange(match.text);
    return getOrMake(contents, match.text, () => parseKernelRanges(must(sets.get(match.text), match.text).elements));
  };
  const readTable = createTableReader((chain) => rulesOf(chain).map((rule) => chainRule(rule, side, peersOf)));
  const tables = new Map<string, PeerTable>();
  return (chain) => getOrMake(tables, chain, () => readTable(chain, everyone));
}

function chainRule(
  rule: SavedRule,
  side: ProfileOptions['side'],
  peersOf: (match: AddressMatch) => AddressSet,
): ChainRule {
  const [peer, local] = side === 'source' ? [rule.source, rule.destination] : [rule.destination, rule.source];
  if (local !== null || rule.icmpType !== null || rule.state !== null) throw unexpected('a rule of a profile', rule);
  return { peers: peer === null ? null : peersOf(peer), ports: portsOf(rule), verdict: readVerdict(rule.verdict) };
}

function portsOf({ protocol, ports }: SavedRule): readonly PortSpan[] | null {
  if (protocol === null) {
    if (ports !== null) throw unexpected('ports of a protocol', ports);
    return null;
  }
  const transport = protocol.toUpperCase() as TransportClass;
  if (transport === 'OTHER' || !transports.includes(transport)) throw unexpected('a protocol with ports', protocol);
  return (ports ?? [allPorts]).map((range) => ({ transport, ...range }));
}

function readVerdict(verdict: SavedVerdict): ChainVerdict {
  switch (verdict.kind) {
    case 'return':
      return { kind: 'return' };
    case 'drop':
      return { kind: 'refuse' };
    case 'goto':
      return { kind: 'goto', chain: verdict.chain };
    case 'jump':
      throw unexpected('return, drop or goto', verdict);
  }
}
