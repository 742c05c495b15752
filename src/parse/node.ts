// A parsed YAML or JSON document with a place for every value. What strict decoding reads.
import type { Span } from '../source/source.ts';

export type SourceNode = ScalarNode | SequenceNode | MappingNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  /** The value a Kubernetes client would send: YAML 1.2 core schema, which here equals YAML 1.1 unless `ambiguity` is set. */
  readonly value: string | number | boolean | null;
  readonly span: Span;
  /** Set when YAML 1.1 reads other than YAML 1.2 does; an error once somebody reads the scalar. Source: S-107. */
  readonly ambiguity: Ambiguity | null;
}

/** The two readings of one plain scalar, as text for people. */
export interface Ambiguity {
  readonly yaml11: string;
  readonly yaml12: string;
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly items: readonly SourceNode[];
  readonly span: Span;
}

export interface MappingNode {
  readonly kind: 'mapping';
  /** In source order, merge keys already applied, keys distinct. */
  readonly entries: readonly MappingEntry[];
  readonly span: Span;
}

export interface MappingEntry {
  readonly key: string;
  readonly keySpan: Span;
  /** Set when the key, as written, is no string for everybody; an error once somebody reads the mapping (S-107, S-108). */
  readonly keyProblem: KeyProblem | null;
  readonly value: SourceNode;
}

/** Unquoted `on` is a boolean for YAML 1.1 clients; unquoted `1` is a number for all. */
export type KeyProblem = 'ambiguous' | 'not-a-string';

/** Whether a value is `null`, which for a field means the same as its absence (S-106). */
export function isNull(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** The value of a key, or null when the mapping has no such key. */
export function entryOf(node: MappingNode, key: string): MappingEntry | null {
  return node.entries.find((entry) => entry.key === key) ?? null;
}
