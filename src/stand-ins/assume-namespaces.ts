// Namespaces of a repository that holds no objects of them: what a policy asks of their labels could not be decided.
import { getOrMake } from '../collections/get-or-make.ts';
import type { World } from '../input/world.ts';
import type { Namespace, Snapshot } from '../snapshot/snapshot.ts';

export interface AssumedNamespaces {
  readonly worlds: readonly World[];
  /** Those that were added, sorted. */
  readonly names: readonly string[];
}

/**
 * Adds to every world the namespaces that policies, pods or workloads of any of them live in and that none has an object of, with
 * no labels but their name. Worlds that share a snapshot share one again.
 */
export function assumeNamespaces(worlds: readonly World[]): AssumedNamespaces {
  const known = new Set(worlds.flatMap(({ snapshot }) => [...snapshot.namespaceByName.keys()]));
  const lived = worlds.flatMap(({ policies, snapshot }) =>
    [...policies, ...snapshot.pods, ...snapshot.podTemplates].map(({ namespace }) => namespace),
  );
  const names = [...new Set(lived)].filter((name) => !known.has(name)).sort();
  if (names.length === 0) return { worlds, names };
  const added = names.map((name) => [name, assumed(name)] as const);
  const extended = new Map<Snapshot, Snapshot>();
  const extend = (snapshot: Snapshot): Snapshot =>
    getOrMake(extended, snapshot, () => ({
      ...snapshot,
      namespaceByName: new Map([...snapshot.namespaceByName, ...added]),
    }));
  return { worlds: worlds.map((world) => ({ ...world, snapshot: extend(world.snapshot) })), names };
}

function assumed(name: string): Namespace {
  const source = { name: '(assumed)', text: null, line: 1, column: 1 };
  return { name, labels: new Map([['kubernetes.io/metadata.name', name]]), source };
}
