// What an author wrote: the way from a field's path to the node that stands there.
import { entryOf, isNull, type MappingNode, type SourceNode } from '../parse/node.ts';

/** The node at a path such as `spec.ingress[0].from`; null when nothing stands there, not even `null`. */
export function nodeAt(document: MappingNode | null, path: string): SourceNode | null {
  const steps: readonly string[] = path.match(/[^.[\]]+/g) ?? [];
  return steps.reduce<SourceNode | null>(stepInto, document);
}

/** The mapping at a path, or null. */
export function mappingAt(document: MappingNode | null, path: string): MappingNode | null {
  const node = nodeAt(document, path);
  return node?.kind === 'mapping' ? node : null;
}

/** The items of the list at a path; none when there is no list. */
export function itemsAt(document: MappingNode | null, path: string): readonly SourceNode[] {
  const node = nodeAt(document, path);
  return node?.kind === 'sequence' ? node.items : [];
}

/** Whether a field is given: neither absent nor null (S-106). */
export function isGiven(document: MappingNode | null, path: string): boolean {
  const node = nodeAt(document, path);
  return node !== null && !isNull(node);
}

function stepInto(node: SourceNode | null, step: string): SourceNode | null {
  if (node?.kind === 'mapping') return entryOf(node, step)?.value ?? null;
  return node?.kind === 'sequence' ? (node.items[Number(step)] ?? null) : null;
}
