// One profile → its chain: a lookup of the peer, a lookup of the port, a lookup of the port's peers.
import { groupBy } from '../../src/collections/get-or-make.ts';
import type { Direction, Origin, PortRow, Profile } from '../../src/ir/ir.ts';
import { allPorts } from '../../src/net/protocol.ts';
import { noteLength } from '../shared/header.ts';
import { originComment, originNotes } from '../shared/origin-notes.ts';
import { safeText } from '../shared/safe-text.ts';
import type { AddressSets } from './address-sets.ts';
import type { PeerReturn, PortElement, ProfileChain, RowChain } from './nftables-plan.ts';

/** nft 1.0.6 cuts or refuses longer rule comments (128 bytes). */
const commentLength = 120;

const because = 'isolated by ';

/** Port intervals up to this size become elements of the hash: that keeps most profiles at one port lookup. */
const smallRange = 8;

/** `isolating` are the policies because of which endpoints come here. */
export function planProfile(
  profile: Profile,
  { name: chain, owner }: Pick<ProfileChain, 'name' | 'owner'>,
  isolating: readonly Origin[],
  sets: AddressSets,
): ProfileChain {
  const groups = groupRows(profile, chain);
  const elements = groups.flatMap(({ name, rows }) => rows.map((row) => ({ row, chain: name })));
  const withPorts = elements.filter(({ row }) => !isWholeProtocol(row));
  return {
    name: chain,
    owner,
    notes: originNotes(isolating).map((note) => safeText(`${because}${note}`, noteLength)),
    isolation: safeText(`${because}${originComment(isolating, commentLength - because.length)}`, commentLength),
    every: peerReturns(profile.direction, profile.every, profile.origins, sets),
    ports: withPorts.flatMap(({ row, chain: to }) => (isSmall(row) ? portElements(row, to) : [])),
    portRanges: (['sctp', 'tcp', 'udp'] as const)
      .map((protocol) => ({ protocol, elements: rangeElements(protocol, withPorts) }))
      .filter((each) => each.elements.length > 0),
    protocols: elements.filter(({ row }) => isWholeProtocol(row)).map(({ row, chain: to }) => wholeProtocol(row, to)),
    rows: groups.map(({ name, rows }) => rowChain(profile.direction, name, rows, sets)),
  };
}

/** Rows of equal peers share a chain, named after the first of them. */
function groupRows(
  profile: Profile,
  chain: string,
): readonly { readonly name: string; readonly rows: readonly PortRow[] }[] {
  const rowsByPeers = groupBy(profile.rows, (row) => row.peers);
  return [...rowsByPeers.values()].map((rows) => {
    const { transport = 'OTHER', first = 0, last = 0 } = rows[0] ?? {};
    const ports = first === 0 && last === allPorts.last ? '' : `_${first}`;
    return { name: `${chain}_${transport.toLowerCase()}${ports}`, rows };
  });
}

function rowChain(direction: Direction, name: string, rows: readonly PortRow[], sets: AddressSets): RowChain {
  const origins = rows.flatMap((row) => row.origins);
  const what = rows.map(({ transport, first, last }) => `${transport} ${first === last ? first : `${first}-${last}`}`);
  return {
    name,
    notes: [what.join(', '), ...originNotes(origins)].map((line) => safeText(line, noteLength)),
    peers: peerReturns(direction, rows[0]?.peers ?? '', origins, sets),
  };
}

function peerReturns(
  direction: Direction,
  peers: string,
  origins: readonly Origin[],
  sets: AddressSets,
): readonly PeerReturn[] {
  const side = direction === 'ingress' ? 'saddr' : 'daddr';
  const comment = originComment(origins, commentLength);
  return sets
    .matches(peers)
    .map(({ family, match }) => ({ field: `${family === 'IPv4' ? 'ip' : 'ip6'} ${side}`, match, comment }));
}

function isWholeProtocol(row: PortRow): boolean {
  return row.transport === 'OTHER' || (row.first === allPorts.first && row.last === allPorts.last);
}

function isSmall(row: PortRow): boolean {
  return row.last - row.first < smallRange;
}

function portElements(row: PortRow, chain: string): readonly PortElement[] {
  const protocol = row.transport.toLowerCase();
  const count = row.last - row.first + 1;
  return Array.from({ length: count }, (_, index) => ({ key: `${protocol} . ${row.first + index}`, chain }));
}

function rangeElements(
  protocol: string,
  elements: readonly { readonly row: PortRow; readonly chain: string }[],
): readonly PortElement[] {
  const own = elements.filter(({ row }) => row.transport.toLowerCase() === protocol && !isSmall(row));
  return own.map(({ row, chain }) => ({ key: `${row.first}-${row.last}`, chain }));
}

function wholeProtocol(row: PortRow, chain: string): ProfileChain['protocols'][number] {
  return { protocol: row.transport === 'OTHER' ? null : row.transport.toLowerCase(), chain };
}
