// Nodes → plain JSON values, for objects whose places matter only when something is wrong with them.
import type { MappingEntry, SourceNode } from './node.ts';

/** Stands where a scalar, or the value of a key, is not the same for every reader: no type check lets it pass. Source: S-107. */
export const ambiguous: unique symbol = Symbol('ambiguous');

/**
 * The value as JSON.parse would give it, `ambiguous` apart; `__proto__` becomes an own property like any other key.
 */
export function toPlain(node: SourceNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.ambiguity === null ? node.value : ambiguous;
    case 'sequence':
      return node.items.map(toPlain);
    case 'mapping':
      return Object.fromEntries(node.entries.map(plainEntry));
  }
}

function plainEntry({ key, keyProblem, value }: MappingEntry): readonly [string, unknown] {
  return [key, keyProblem === null ? toPlain(value) : ambiguous];
}
