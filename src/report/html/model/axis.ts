// Rows or columns of the matrix: workloads under their namespaces, and one line for everything outside.
import { groupBy } from '../../../collections/get-or-make.ts';
import type { PageData } from './page-data.ts';

export type Line =
  /** A heading, or, when it is folded, one line that stands for its workloads. */
  | {
      readonly kind: 'namespace';
      readonly key: string;
      readonly name: string;
      readonly folded: boolean;
      readonly entities: readonly number[];
    }
  | { readonly kind: 'workload'; readonly key: string; readonly name: string; readonly entities: readonly number[] }
  | { readonly kind: 'outside'; readonly key: string; readonly name: string; readonly entities: readonly number[] };

export interface Axis {
  readonly lines: readonly Line[];
  /** Which line a workload, or what is outside, is on; absent for what is not shown. */
  readonly lineOf: ReadonlyMap<number, number>;
}

/** No workload and no namespace has this key. */
export const outsideKey = '*';
export const outsideName = 'outside';

/** Shows the given ones, in the order of the data. O(workloads). */
export function layAxis(
  data: Pick<PageData, 'workloads'>,
  isShown: (entity: number) => boolean,
  folded: ReadonlySet<string>,
): Axis {
  const inside = data.workloads.map((_, entity) => entity).filter(isShown);
  const byNamespace = groupBy(inside, (entity) => data.workloads[entity]?.namespace ?? '');
  const lines = [...byNamespace].flatMap(([namespace, entities]): readonly Line[] => {
    const isFolded = folded.has(namespace);
    const heading: Line = { kind: 'namespace', key: `${namespace}/`, name: namespace, folded: isFolded, entities };
    return isFolded ? [heading] : [heading, ...entities.map((entity) => workloadLine(data, entity))];
  });
  const outside = data.workloads.length;
  const all = isShown(outside) ? [...lines, outsideLine(outside)] : lines;
  return { lines: all, lineOf: new Map(all.flatMap(placesOf)) };
}

/** `shop/web`, `shop/` for a namespace, `*` for outside: what lines are called in the address of the page. */
export function keyOfEntity({ workloads }: Pick<PageData, 'workloads'>, entity: number): string {
  const workload = workloads[entity];
  return workload === undefined ? outsideKey : `${workload.namespace}/${workload.name}`;
}

function workloadLine(data: Pick<PageData, 'workloads'>, entity: number): Line {
  const name = data.workloads[entity]?.name ?? '';
  return { kind: 'workload', key: keyOfEntity(data, entity), name, entities: [entity] };
}

function outsideLine(entity: number): Line {
  return { kind: 'outside', key: outsideKey, name: outsideName, entities: [entity] };
}

function placesOf(line: Line, index: number): readonly (readonly [number, number])[] {
  return line.kind === 'namespace' && !line.folded ? [] : line.entities.map((entity) => [entity, index]);
}
