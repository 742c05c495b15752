// What the reader chose, and the part of the page's address that says so: `#text=5432&namespace=shop&cell=shop/web&cell=shop/db`.
import { keyOfEntity, layAxis } from './axis.ts';
import type { Filter } from './filter.ts';
import type { PageData } from './page-data.ts';

export interface ViewState extends Filter {
  /** Names of namespaces that are one line. */
  readonly folded: Readonly<Record<'rows' | 'columns', ReadonlySet<string>>>;
  /** Side of a cell in pixels. */
  readonly zoom: number;
  /** Keys of the row and the column that are explained; an empty one means all of them. */
  readonly explained: readonly [row: string, column: string] | null;
}

export const zoomRange = { least: 12, most: 36, step: 2 } as const;

/** More lines than this begin folded. */
const mostOpenLines = 120;

/** What a page shows when its address says nothing. */
export function defaultState(data: PageData): ViewState {
  const namespaces = new Set(data.workloads.map(({ namespace }) => namespace));
  const used = new Set(data.parties.map(({ entity }) => entity));
  const lines = layAxis(data, (entity) => data.kind === 'matrix' || used.has(entity), new Set()).lines.length;
  const folded: ReadonlySet<string> = lines > mostOpenLines ? namespaces : new Set();
  return {
    text: '',
    namespaces: new Set(),
    onlyUsed: data.kind === 'diff',
    folded: { rows: folded, columns: folded },
    zoom: lines > 40 ? 20 : 26,
    explained: null,
  };
}

/** Says what differs from the default; empty when nothing does. */
export function printHash(state: ViewState, standard: ViewState): string {
  const said = new URLSearchParams();
  if (state.text !== '') said.append('text', state.text);
  for (const namespace of [...state.namespaces].sort()) said.append('namespace', namespace);
  if (state.onlyUsed !== standard.onlyUsed) said.append('only', state.onlyUsed ? 'used' : 'no');
  for (const side of ['rows', 'columns'] as const) {
    if (equalSets(state.folded[side], standard.folded[side])) continue;
    for (const name of ['', ...[...state.folded[side]].sort()]) said.append(side, name);
  }
  if (state.zoom !== standard.zoom) said.append('zoom', String(state.zoom));
  for (const key of state.explained ?? []) said.append('cell', key);
  return said.toString();
}

/** Whatever a hash says that the data do not know is left out. */
export function parseHash(hash: string, data: PageData, standard: ViewState): ViewState {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const namespaces = new Set([...data.workloads.map(({ namespace }) => namespace), '*']);
  const known = (name: string): readonly string[] => said.getAll(name).filter((each) => namespaces.has(each));
  const foldedOf = (side: 'rows' | 'columns'): ReadonlySet<string> =>
    said.has(side) ? new Set(known(side)) : standard.folded[side];
  return {
    text: said.get('text') ?? '',
    namespaces: new Set(known('namespace')),
    onlyUsed: said.has('only') ? said.get('only') === 'used' : standard.onlyUsed,
    folded: { rows: foldedOf('rows'), columns: foldedOf('columns') },
    zoom: zoomWithin(Number(said.get('zoom') ?? standard.zoom), standard.zoom),
    explained: explainedOf(said.getAll('cell'), data, namespaces),
  };
}

function zoomWithin(zoom: number, standard: number): number {
  return Number.isInteger(zoom) && zoom >= zoomRange.least && zoom <= zoomRange.most ? zoom : standard;
}

function explainedOf(
  [row, column]: readonly string[],
  data: PageData,
  namespaces: ReadonlySet<string>,
): ViewState['explained'] {
  const keys = new Set([
    '',
    ...Array.from({ length: data.workloads.length + 1 }, (_, entity) => keyOfEntity(data, entity)),
    ...[...namespaces].map((namespace) => `${namespace}/`),
  ]);
  const isKnown = row !== undefined && column !== undefined && keys.has(row) && keys.has(column);
  return isKnown && `${row}${column}` !== '' ? [row, column] : null;
}

function equalSets(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each));
}
