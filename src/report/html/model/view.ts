// Data and what the reader chose → what the matrix shows. Pure; asked again after every choice.
import { layAxis, type Axis } from './axis.ts';
import { cellsOf, type Cell } from './cells.ts';
import { passingConnections, shownEntities } from './filter.ts';
import type { PageData } from './page-data.ts';
import type { ViewState } from './view-state.ts';

export interface View {
  readonly rows: Axis;
  readonly columns: Axis;
  /** For each row its cells by column. */
  readonly cells: readonly ReadonlyMap<number, Cell>[];
  /** Places of the connections that pass the filter. */
  readonly passing: readonly number[];
}

/** O(workloads + connections). */
export function viewOf(data: PageData, state: ViewState): View {
  const passing = passingConnections(data, state);
  const shown = shownEntities(data, state, passing);
  const rows = layAxis(data, shown.rows, state.folded.rows);
  const columns = layAxis(data, shown.columns, state.folded.columns);
  return { rows, columns, cells: cellsOf(data, passing, rows, columns), passing };
}
