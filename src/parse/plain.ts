// Nodes → plain JSON values, for objects whose places matter only when something is wrong with them.
import type { SourceNode } from './node.ts';

/** The value as JSON.parse would give it; `__proto__` becomes an own property like any other key. */
export function toPlain(node: SourceNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'sequence':
      return node.items.map(toPlain);
    case 'mapping':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, toPlain(value)]));
  }
}
