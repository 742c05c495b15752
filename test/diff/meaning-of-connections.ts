// What a list of connections says about one flow, by the words of their documentation: no code of the comparison is used.
import type { Connection, Party } from '../../src/connectivity/connections.ts';
import type { Subject } from '../../src/connectivity/endpoints.ts';
import { formatAddress, type Address } from '../../src/net/address.ts';
import { contains } from '../../src/net/address-set.ts';
import type { Flow } from '../../src/net/flow.ts';
import { listPorts } from '../../src/net/port-set.ts';

export type Said = 'gained' | 'lost' | 'kept' | 'nothing' | 'contradiction';

/** Prepares the answers for one comparison; `subjects` are all of its endpoints. */
export function readConnections(
  connections: readonly Connection[],
  subjects: readonly Subject[],
): (flow: Flow) => Said {
  const inside = new Set(subjects.flatMap((subject) => [...textsOf(subject)]));
  return (flow) => {
    const saying = connections.filter((each) => speaksOf(each, flow, inside));
    if (saying.length > 1) return 'contradiction';
    return saying[0]?.change ?? 'nothing';
  };
}

function speaksOf({ source, destination, ports }: Connection, flow: Flow, inside: ReadonlySet<string>): boolean {
  return (
    isAmong(source, flow.source, inside) &&
    isAmong(destination, flow.destination, inside) &&
    listPorts(ports).some(
      ({ transport, first, last }) => transport === flow.protocol && first <= flow.port && flow.port <= last,
    )
  );
}

function isAmong(party: Party, address: Address, inside: ReadonlySet<string>): boolean {
  const text = formatAddress(address);
  if (party.kind === 'outside') return !inside.has(text) && contains(party.addresses, address);
  return party.families.includes(address.family) && party.subjects.some((subject) => textsOf(subject).has(text));
}

function textsOf({ base, head }: Subject): ReadonlySet<string> {
  return new Set([...(base?.addresses ?? []), ...(head?.addresses ?? [])].map(formatAddress));
}
