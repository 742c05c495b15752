// What stands where a row and a column of the matrix meet.
import { getOrMake } from '../../../collections/get-or-make.ts';
import type { Axis, Line } from './axis.ts';
import type { PageData } from './page-data.ts';

/** `every`: all pods of both on every port. `some`: less. Those two are of a matrix, the others of a comparison. */
export type CellState = 'gained' | 'lost' | 'both' | 'kept' | 'every' | 'some';

export interface Cell {
  readonly state: CellState;
  /** Places in the data's connections. */
  readonly connections: readonly number[];
}

/** For each row its cells by column, where there are any. O(connections). */
export function cellsOf(
  data: PageData,
  connections: readonly number[],
  rows: Axis,
  columns: Axis,
): readonly ReadonlyMap<number, Cell>[] {
  const found: readonly Map<number, number[]>[] = rows.lines.map(() => new Map<number, number[]>());
  for (const index of connections) {
    const [source, destination] = endsOf(data, index);
    const [row, column] = [rows.lineOf.get(source), columns.lineOf.get(destination)];
    if (row === undefined || column === undefined) continue;
    const cells = found[row];
    if (cells !== undefined) getOrMake(cells, column, () => []).push(index);
  }
  return found.map((cells, row) => {
    const stateOf = (column: number, inside: readonly number[]): CellState =>
      cellState(data, inside, [rows.lines[row], columns.lines[column]]);
    return new Map(
      [...cells].map(([column, inside]) => [column, { state: stateOf(column, inside), connections: inside }]),
    );
  });
}

/** Source and destination of a connection: places among the workloads, their number for what is outside. */
export function endsOf({ connections, parties }: PageData, index: number): readonly [source: number, to: number] {
  const connection = connections[index];
  const entityOf = (party: number | undefined): number => parties[party ?? -1]?.entity ?? -1;
  return [entityOf(connection?.[1]), entityOf(connection?.[2])];
}

function cellState(
  data: PageData,
  inside: readonly number[],
  lines: readonly [row: Line | undefined, column: Line | undefined],
): CellState {
  if (data.kind === 'matrix') return isEvery(data, inside, lines) ? 'every' : 'some';
  const changes = new Set(inside.map((index) => data.connections[index]?.[0]));
  if (changes.has('gained')) return changes.has('lost') ? 'both' : 'gained';
  return changes.has('lost') ? 'lost' : 'kept';
}

function isEvery(
  data: PageData,
  inside: readonly number[],
  [row, column]: readonly [Line | undefined, Line | undefined],
): boolean {
  const columns = new Set(column?.entities);
  const selves = (row?.entities ?? []).filter((entity) => columns.has(entity) && data.workloads[entity]?.pods === 1);
  const pairs = (row?.entities.length ?? 0) * columns.size - selves.length;
  return inside.length === pairs && inside.every((index) => isWhole(data, index));
}

function isWhole({ connections, parties, ports }: PageData, index: number): boolean {
  const [, source, destination, port] = connections[index] ?? [];
  const isWholeParty = (party: number | undefined): boolean => parties[party ?? -1]?.whole ?? false;
  return isWholeParty(source) && isWholeParty(destination) && (ports[port ?? -1]?.everything ?? false);
}
