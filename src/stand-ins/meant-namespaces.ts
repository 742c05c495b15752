// Whether a namespace selector certainly means a namespace, with or without an object.
import { matches, type LabelSelector } from '../policy/label-selector.ts';
import { matchesUnknownNamespace, namespaceNameLabel } from '../resolve/select-namespaces.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** Of a namespace without an object the name is known; what else a selector asks for is not certain. Source: S-302, S-303. */
export function namespaceIsMeant({ namespaceByName }: Snapshot, selector: LabelSelector, name: string): boolean {
  const known = namespaceByName.get(name);
  return known === undefined ? matchesUnknownNamespace(selector, name) === true : matches(selector, known.labels);
}

/** The names that a selector lists, one of which a namespace must have; null when it lists none. */
export function listedNames({ requirements }: LabelSelector): readonly string[] | null {
  return requirements.find(({ key, operator }) => key === namespaceNameLabel && operator === 'In')?.values ?? null;
}
