// How a finding can be repaired in the text it was found in.
import type { Span } from '../source/source.ts';

export interface Fix {
  /** What is done, as in `write podSelector: {}`. */
  readonly title: string;
  /** Whether the text means the same afterwards; otherwise it means what its author most likely wanted. */
  readonly keepsMeaning: boolean;
  /** All of them or none, not overlapping. */
  readonly edits: readonly Edit[];
}

/** One piece of text that becomes another; an empty span is a place where something is put in. */
export interface Edit {
  readonly span: Span;
  readonly replacement: string;
}
