// Connections of many workloads that do the same, told together.
import { groupBy } from '../collections/get-or-make.ts';
import type { Change } from '../connectivity/change.ts';
import type { CauseDocument, ConnectionDocument, PartyDocument } from './document.ts';

/** Every source with every destination. */
export interface GroupedConnection {
  readonly change: Change;
  readonly sources: readonly PartyDocument[];
  readonly destinations: readonly PartyDocument[];
  readonly text: string;
  readonly causes: readonly CauseDocument[];
}

/**
 * Groups with one destination or with one source, the largest first, until every connection is in one; then gained before
 * lost, else in the order given. O(n log n).
 */
export function groupConnections(connections: readonly ConnectionDocument[]): readonly GroupedConnection[] {
  const candidates = [...groupsBy(connections, 'destination'), ...groupsBy(connections, 'source')];
  const taken = new Set<ConnectionDocument>();
  const groups = candidates
    .sort((a, b) => b.members.length - a.members.length)
    .flatMap(({ fixed, members }) => {
      const rest = members.filter((each) => !taken.has(each));
      for (const each of rest) taken.add(each);
      return rest.length === 0 ? [] : [{ fixed, members: rest }];
    });
  const placeByConnection = new Map(connections.map((each, index) => [each, index]));
  const placeOf = ({ members: [first] }: Group): number =>
    first === undefined ? 0 : (placeByConnection.get(first) ?? 0);
  return groups
    .sort((a, b) => placeOf(a) - placeOf(b))
    .flatMap(joined)
    .sort((a, b) => order.indexOf(a.change) - order.indexOf(b.change));
}

const order: readonly Change[] = ['gained', 'lost', 'kept'];

/** Connections that agree in all but their sources, or in all but their destinations. */
interface Group {
  readonly fixed: 'source' | 'destination';
  readonly members: readonly ConnectionDocument[];
}

function groupsBy(connections: readonly ConnectionDocument[], fixed: Group['fixed']): readonly Group[] {
  const keyOf = (each: ConnectionDocument): string =>
    JSON.stringify([each.change, each[fixed], each.text, each.causes, each.source.kind, each.destination.kind]);
  return [...groupBy(connections, keyOf).values()].map((members) => ({ fixed, members }));
}

function joined({ fixed, members }: Group): readonly GroupedConnection[] {
  const [first] = members;
  if (first === undefined) return [];
  const { change, text, causes } = first;
  const sources = fixed === 'source' ? [first.source] : members.map(({ source }) => source);
  const destinations = fixed === 'destination' ? [first.destination] : members.map(({ destination }) => destination);
  return [{ change, sources, destinations, text, causes }];
}
