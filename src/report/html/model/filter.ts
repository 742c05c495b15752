// Which connections, rows and columns the reader wants to see.
import { keyOfEntity, outsideKey, outsideName } from './axis.ts';
import { endsOf } from './cells.ts';
import type { CauseData, PageData } from './page-data.ts';

export interface Filter {
  /** Words, each of which must be in an end, the ports, the change, a policy or a file. */
  readonly text: string;
  /** One end must be in one of these; `*` is outside. Empty for all. */
  readonly namespaces: ReadonlySet<string>;
  /** Rows and columns without a change (in a matrix: without a connection) are left out. */
  readonly onlyUsed: boolean;
}

/** Places of the connections that pass. O(connections) with the number of distinct texts before it. */
export function passingConnections(data: PageData, { text, namespaces }: Filter): readonly number[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const tests = words.map((word) => wordTest(data, word));
  const inNamespaces = namespaceTest(data, namespaces);
  return data.connections
    .map((_, index) => index)
    .filter((index) => inNamespaces(index) && tests.every((test) => test(index)));
}

/** Whether a workload, or what is outside, is shown as a row (a source) and as a column (a destination). */
export function shownEntities(
  data: PageData,
  filter: Filter,
  passing: readonly number[],
): Readonly<Record<'rows' | 'columns', (entity: number) => boolean>> {
  const counted = filter.onlyUsed && data.kind === 'diff' ? passing.filter((index) => isChange(data, index)) : passing;
  const used = counted.map((index) => endsOf(data, index));
  const [sources, destinations] = [new Set(used.map(([from]) => from)), new Set(used.map(([, to]) => to))];
  const isWanted = (entity: number): boolean =>
    !filter.onlyUsed && filter.text.trim() === '' && isIn(data, filter.namespaces, entity);
  return {
    rows: (entity) => sources.has(entity) || isWanted(entity),
    columns: (entity) => destinations.has(entity) || isWanted(entity),
  };
}

/** Whether a connection was gained or lost. */
export function isChange({ connections }: PageData, index: number): boolean {
  return connections[index]?.[0] !== 'kept';
}

/** Looks into each distinct text once. */
function wordTest(data: PageData, word: string): (index: number) => boolean {
  const has = (text: string): boolean => text.toLowerCase().includes(word);
  const parties = data.parties.map(({ entity, pods, text, ranges }) =>
    [nameOfEntity(data, entity), text, ...(pods ?? []), ...ranges].some(has),
  );
  const ports = data.ports.map(({ text }) => has(text));
  const causes = data.causes.map((some) => some.some((cause) => textsOf(cause).some(has)));
  return (index) => {
    const [change = 'kept', source = -1, destination = -1, port = -1, cause = -1] = data.connections[index] ?? [];
    const found = parties[source] === true || parties[destination] === true || ports[port] === true;
    return found || causes[cause] === true || (data.kind === 'diff' && has(change));
  };
}

function namespaceTest(data: PageData, namespaces: ReadonlySet<string>): (index: number) => boolean {
  return (index) => endsOf(data, index).some((entity) => isIn(data, namespaces, entity));
}

function isIn({ workloads }: PageData, namespaces: ReadonlySet<string>, entity: number): boolean {
  return namespaces.size === 0 || namespaces.has(workloads[entity]?.namespace ?? outsideKey);
}

function nameOfEntity(data: PageData, entity: number): string {
  return entity === data.workloads.length ? outsideName : keyOfEntity(data, entity);
}

function textsOf({ policy, path, place }: CauseData): readonly string[] {
  return [policy, path, place];
}
