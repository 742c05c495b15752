// Cells, lines and connections in words.
import type { Cell, CellState } from './cells.ts';
import { outsideName, type Line } from './axis.ts';
import type { CauseData, PageData, PartyData, WorkloadData } from './page-data.ts';

/** How many connections of a cell are told in its label. */
const mostTold = 4;

/** `shop/web to shop/db: gained TCP 5432; lost TCP 80`. */
export function cellLabel(data: PageData, row: Line, column: Line, cell: Cell | null): string {
  const pair = `${lineName(row)} to ${lineName(column)}`;
  if (cell === null) return `${pair}: ${data.kind === 'diff' ? 'no change' : 'nothing allowed'}`;
  if (row.kind === 'namespace' || column.kind === 'namespace') return `${pair}: ${countText(data, cell)}`;
  const told = cell.connections.slice(0, mostTold).map((index) => connectionText(data, index));
  const rest = cell.connections.length - told.length;
  return `${pair}: ${told.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

/** `shop/web`, `namespace shop`, `outside`. */
export function lineName({ kind, key, name }: Line): string {
  if (kind === 'namespace') return `namespace ${name}`;
  return kind === 'outside' ? outsideName : key;
}

/** `planned, new`; empty for a line without anything of that kind. */
export function lineMarks({ workloads }: Pick<PageData, 'workloads'>, { kind, entities }: Line): string {
  const workload = kind === 'workload' ? workloads[entities[0] ?? -1] : undefined;
  return workload === undefined ? '' : workloadMarks(workload).join(', ');
}

/** `gained TCP 5432`, `allowed TCP 80 for some pods`. */
export function connectionText(data: PageData, index: number): string {
  const [change = 'kept', source = -1, destination = -1, ports = -1] = data.connections[index] ?? [];
  const verb = changeWord(data.kind, change);
  const some = [source, destination].some((party) => (data.parties[party]?.pods ?? null) !== null);
  return `${verb} ${data.ports[ports]?.text ?? ''}${some ? ' for some pods' : ''}`;
}

/** `3 gained, 1 lost`. */
export function countText(data: PageData, { connections }: Pick<Cell, 'connections'>): string {
  const counts = (['gained', 'lost', 'kept'] as const).map((change) => {
    const count = connections.filter((index) => data.connections[index]?.[0] === change).length;
    return count === 0 ? [] : [`${count} ${changeWord(data.kind, change)}`];
  });
  return counts.flat().join(', ');
}

export function changeWord(kind: PageData['kind'], change: 'gained' | 'lost' | 'kept'): string {
  if (change !== 'kept') return change;
  return kind === 'diff' ? 'unchanged' : 'allowed';
}

/** What a shape means, for the legend. */
export const stateWords: Readonly<Record<CellState, string>> = {
  gained: 'gained',
  lost: 'lost',
  both: 'gained and lost',
  kept: 'unchanged',
  every: 'everything allowed',
  some: 'some ports, pods or addresses',
};

/** `planned`, `removed`: what is not plain about a workload; empty for one that lives on both sides. */
export function workloadMarks({ kind, presence }: Pick<WorkloadData, 'kind' | 'presence'>): readonly string[] {
  const came = presence === 'head' ? ['new'] : presence === 'base' ? ['removed'] : [];
  return kind === 'live' ? came : [kind, ...came];
}

/** `only web-0, web-1 (2 of 5 pods)`; null when all of a workload is meant. */
export function podsText({ pods, entity }: PartyData, workloads: readonly WorkloadData[]): string | null {
  const workload = workloads[entity];
  if (pods === null || workload === undefined) return null;
  const short = pods.map((pod) =>
    pod.startsWith(`${workload.namespace}/`) ? pod.slice(workload.namespace.length + 1) : pod,
  );
  return `only ${short.join(', ')} (${pods.length} of ${workload.pods} pods)`;
}

/** `allows, on the destination’s side of head`. */
export function causeText({ effect, side, world }: CauseData, kind: PageData['kind']): string {
  const where = kind === 'diff' ? `${side}’s side, ${world}` : `${side}’s side`;
  return `${effect} (${where})`;
}
