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

/** Groups by destination or by source, whichever leaves fewer groups; gained before lost, else in the order given. */
export function groupConnections(connections: readonly ConnectionDocument[]): readonly GroupedConnection[] {
  const byDestination = grouped(connections, 'destination');
  const bySource = grouped(connections, 'source');
  const fewer = bySource.length < byDestination.length ? bySource : byDestination;
  const order: readonly Change[] = ['gained', 'lost', 'kept'];
  return [...fewer].sort((a, b) => order.indexOf(a.change) - order.indexOf(b.change));
}

function grouped(
  connections: readonly ConnectionDocument[],
  fixed: 'source' | 'destination',
): readonly GroupedConnection[] {
  const keyOf = (each: ConnectionDocument): string =>
    JSON.stringify([each.change, each[fixed], each.text, each.causes, each.source.kind, each.destination.kind]);
  return [...groupBy(connections, keyOf).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { change, text, causes } = first;
    const sources = fixed === 'source' ? [first.source] : group.map(({ source }) => source);
    const destinations = fixed === 'destination' ? [first.destination] : group.map(({ destination }) => destination);
    return [{ change, sources, destinations, text, causes }];
  });
}
