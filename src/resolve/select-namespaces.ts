// Namespace selectors, with the third truth value for namespaces whose object the snapshot lacks.
import { holds, matches, type LabelSelector } from '../policy/label-selector.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** The label that every namespace carries with its own name (S-301). */
export const namespaceNameLabel = 'kubernetes.io/metadata.name';

/** Names of the namespaces with an object that match. O(namespaces). */
export function selectNamespaces(snapshot: Snapshot, selector: LabelSelector): ReadonlySet<string> {
  const matching = [...snapshot.namespaceByName.values()].filter((namespace) => matches(selector, namespace.labels));
  return new Set(matching.map((namespace) => namespace.name));
}

/**
 * Whether a selector matches a namespace of which only the name is known. Requirements on the name label are decided
 * from the name; one of them failing decides the whole. Source: S-302, S-303.
 */
export function matchesUnknownNamespace(selector: LabelSelector, name: string): boolean | 'unknown' {
  const labels = new Map([[namespaceNameLabel, name]]);
  const decided = selector.requirements.filter((requirement) => requirement.key === namespaceNameLabel);
  if (!decided.every((requirement) => holds(requirement, labels))) return false;
  return decided.length === selector.requirements.length ? true : 'unknown';
}
