// Sets of ports and addresses in words for people.
import { families, type Family } from '../net/address.ts';
import { complement, isEmpty, rangeCount, type AddressSet } from '../net/address-set.ts';
import { everyPort, listPorts, subtractPorts, type PortSet, type TransportPorts } from '../net/port-set.ts';
import { groupBy } from '../collections/get-or-make.ts';
import { allPorts } from '../net/protocol.ts';
import { formatRanges } from '../net/range-text.ts';

/** `TCP 80, 8000-8080; all of UDP`, `everything`, `everything but TCP 22`. */
export function portText(ports: PortSet): string {
  const rest = subtractPorts(everyPort, ports);
  if (rest.length === 0) return 'everything';
  const [stretches, others] = [listPorts(ports), listPorts(rest)];
  const isMost = stretches.some(({ transport }) => transport === 'OTHER');
  return isMost && others.length < stretches.length ? `everything but ${listText(others)}` : listText(stretches);
}

function listText(stretches: readonly TransportPorts[]): string {
  const byTransport = [...groupBy(stretches, ({ transport }) => transport)];
  return byTransport.map(([transport, some]) => transportText(transport, some)).join('; ');
}

function transportText(transport: TransportPorts['transport'], stretches: readonly TransportPorts[]): string {
  if (transport === 'OTHER') return 'other protocols';
  const isWhole = stretches.some(({ first, last }) => first <= 1 && last === allPorts.last);
  if (isWhole) return `all of ${transport}`;
  return `${transport} ${stretches.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(', ')}`;
}

/** How many ranges are named before the rest is counted. */
const mostRanges = 4;

/** `any address`, `10.0.0.0/8`, `any IPv4 address but 10.0.0.0/8`, ranges of both families, the first of them. */
export function addressText(addresses: AddressSet): string {
  const wholly = families.filter((family) => isWhole(addresses, family));
  if (wholly.length === families.length) return 'any address';
  return families.flatMap((family) => familyText(addresses, family) ?? []).join('; ');
}

/** Every range of a set as text, IPv4 first. */
export function rangesOf(addresses: AddressSet): readonly string[] {
  return families.flatMap((family) => formatRanges(addresses[family], family));
}

function familyText(addresses: AddressSet, family: Family): string | null {
  if (addresses[family].length === 0) return null;
  if (isWhole(addresses, family)) return `any ${family} address`;
  const rest = complement(addresses);
  const isMost = rangeCount(rest, family) < rangeCount(addresses, family);
  const named = formatRanges(isMost ? rest[family] : addresses[family], family);
  const more = named.length > mostRanges ? ` and ${named.length - mostRanges} more ranges` : '';
  const text = `${named.slice(0, mostRanges).join(', ')}${more}`;
  return isMost ? `any ${family} address but ${text}` : text;
}

function isWhole(addresses: AddressSet, family: Family): boolean {
  const rest = complement(addresses);
  return rest[family].length === 0 && !isEmpty(addresses);
}
