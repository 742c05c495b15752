// Objects in a fixed order, each name once.
import type { DiagnosticList } from '../diagnostics/diagnostic-list.ts';
import { positionOf, type Span } from '../source/source.ts';

interface Named {
  readonly name: string;
  /** Absent where names are the cluster's. */
  readonly namespace?: string;
}

/**
 * Sorts by namespace, then name, in code-unit order, and reports every object that is there twice, with a note at the
 * first of the input. Objects without a name have been reported before. O(n log n); O(n) when sorted already.
 * Source: S-110.
 */
export function sortDistinct<T extends Named>(
  kind: string,
  objects: readonly T[],
  placeOf: (object: T) => Span,
  problems: DiagnosticList,
): readonly T[] {
  const sorted = [...objects].sort(compareObjects);
  let first: T | undefined;
  for (const object of sorted) {
    if (first !== undefined && object.name !== '' && compareObjects(first, object) === 0) {
      const { name, namespace } = object;
      const [before, here] = [placeOf(first), placeOf(object)];
      const extras = samePlace(before, here)
        ? { hint: `\`${here.source.name}\` is read twice: name it, or the folder that holds it, once` }
        : { notes: [{ message: 'the first one is here', span: before }] };
      const parameters = { kind, name: namespace === undefined ? name : `${namespace}/${name}` };
      problems.add('NP1017', parameters, () => here, extras);
    } else first = object;
  }
  return sorted;
}

function samePlace(a: Span, b: Span): boolean {
  const [one, other] = [positionOf(a), positionOf(b)];
  return a.source.name === b.source.name && one.line === other.line && one.column === other.column;
}

/** By namespace, then name, in code-unit order. */
export function compareObjects(a: Named, b: Named): number {
  const namespaceA = a.namespace ?? '';
  const namespaceB = b.namespace ?? '';
  if (namespaceA !== namespaceB) return namespaceA < namespaceB ? -1 : 1;
  return a.name === b.name ? 0 : a.name < b.name ? -1 : 1;
}
