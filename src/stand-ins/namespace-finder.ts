// Namespaces for pods that do not exist: one that is there, or a made-up one.
import { getOrMake } from '../collections/get-or-make.ts';
import { matches, type LabelSelector } from '../policy/label-selector.ts';
import { dnsLabelProblems } from '../policy/names.ts';
import { namespaceNameLabel } from '../resolve/select-namespaces.ts';
import type { Namespace, Snapshot } from '../snapshot/snapshot.ts';
import type { Source } from '../source/source.ts';
import { askedLabels } from './asked-labels.ts';
import { madeUpName } from './made-up-name.ts';
import { listedNames, namespaceIsMeant } from './meant-namespaces.ts';

export interface NamespaceFinder {
  /** The name of a namespace that a selector means in every snapshot; null when there can be none. */
  readonly find: (selector: LabelSelector, source: Source) => string | null;
  /** The name of a made-up namespace that a selector means; null when there can be none. */
  readonly makeUp: (selector: LabelSelector, source: Source) => string | null;
  /** Those made up so far. */
  readonly madeUp: () => readonly Namespace[];
}

/**
 * `known` are the names that anything bears witness to. The first of them that a selector means in every snapshot is
 * taken, else one is made up with the labels that the selector asks for. A made-up one bears a real name only when the
 * selector lists names; it is never a known one.
 */
export function createNamespaceFinder(
  snapshots: readonly Snapshot[],
  known: ReadonlySet<string>,
  anyValue: string,
): NamespaceFinder {
  const sorted = [...known].sort();
  const madeUpByName = new Map<string, Namespace>();
  const nameBySelector = new Map<string, string | null>();

  const makeUp = (selector: LabelSelector, source: Source): string | null => {
    for (const made of candidates(selector, anyValue, source)) {
      if (known.has(made.name)) continue;
      const namespace = getOrMake(madeUpByName, made.name, () => made);
      if (matches(selector, namespace.labels)) return namespace.name;
    }
    return null;
  };
  const find = (selector: LabelSelector, source: Source): string | null => {
    const listed = listedNames(selector);
    const names = listed === null ? sorted : [...listed].sort().filter((name) => known.has(name));
    const there = names.find((name) => snapshots.every((each) => namespaceIsMeant(each, selector, name)));
    return there ?? makeUp(selector, source);
  };
  return {
    find: (selector, source) => {
      const key = JSON.stringify(selector.requirements);
      const name = nameBySelector.get(key);
      if (name !== undefined) return name;
      const found = find(selector, source);
      nameBySelector.set(key, found);
      return found;
    },
    makeUp,
    madeUp: () => [...madeUpByName.values()],
  };
}

/** Namespaces that a selector means, one for each name that it lists. */
function candidates({ requirements }: LabelSelector, anyValue: string, source: Source): readonly Namespace[] {
  const others = requirements.filter(({ key }) => key !== namespaceNameLabel);
  const labels = askedLabels({ requirements: others }, anyValue);
  if (labels === null) return [];
  const listed = listedNames({ requirements })?.filter((name) => dnsLabelProblems(name).length === 0);
  const names = listed ?? [madeUpName(labels, anyValue)];
  return names
    .map((name) => ({ name, labels: new Map([...labels, [namespaceNameLabel, name]]), source }))
    .filter((namespace) => matches({ requirements }, namespace.labels));
}
