// The list of connections as people read it: by source, and what is alike in one entry.
import { groupBy } from '../../../collections/get-or-make.ts';
import { endsOf } from './cells.ts';
import { isChange } from './filter.ts';
import type { ChangeName, PageData } from './page-data.ts';

export interface EntryGroup {
  /** The source. */
  readonly entity: number;
  readonly entries: readonly Entry[];
}

/** Same change, pods of the source, ports and reasons. */
export interface Entry {
  readonly change: ChangeName;
  /** Parties. */
  readonly source: number;
  readonly destinations: readonly number[];
  readonly ports: number;
  readonly causes: number;
  /** Places of the connections that it tells. */
  readonly connections: readonly number[];
}

/** More connections of a matrix than this are told without their reasons: more of them are alike then. */
const mostWithCauses = 5000;

/** Whether entries tell reasons; what changed always does. */
export function tellsCauses({ kind, connections }: PageData): boolean {
  return kind === 'diff' || connections.length <= mostWithCauses;
}

/** In a comparison the changes only. In the order of the data. O(connections). */
export function entryGroups(data: PageData): readonly EntryGroup[] {
  const all = data.connections.map((_, index) => index);
  const told = data.kind === 'diff' ? all.filter((index) => isChange(data, index)) : all;
  const bySource = groupBy(told, (index) => endsOf(data, index)[0]);
  return [...bySource].map(([entity, indices]) => ({ entity, entries: entriesOf(data, indices) }));
}

function entriesOf(data: PageData, indices: readonly number[]): readonly Entry[] {
  const found = indices.flatMap((index) => {
    const connection = data.connections[index];
    return connection === undefined ? [] : [{ index, connection }];
  });
  const withCauses = tellsCauses(data);
  const alike = groupBy(found, ({ connection: [change, source, , ports, causes] }) =>
    [change, source, ports, withCauses ? causes : ''].join(' '),
  );
  return [...alike.values()].flatMap((group) =>
    group.slice(0, 1).map(({ connection: [change, source, , ports, causes] }): Entry => {
      const destinations = group.map(({ connection }) => connection[2]);
      return { change, source, destinations, ports, causes, connections: group.map(({ index }) => index) };
    }),
  );
}
