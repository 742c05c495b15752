// The annotation by which a policy accepts findings about itself: `netpolc.dev/ignore: "L-07: reason; L-12: reason"`.
import { codeOfLint, lintOfCode } from '../diagnostics/lint-codes.ts';
import type { MappingNode } from '../parse/node.ts';
import type { Span } from '../source/source.ts';
import { mappingAt } from './written.ts';

export const ignoreKey = 'netpolc.dev/ignore';

export interface IgnoreAnnotation {
  readonly span: Span;
  readonly accepted: readonly Accepted[];
  /** Lint ids without a reason. */
  readonly unexplained: readonly string[];
  /** What stands where a lint id should. */
  readonly unknown: readonly string[];
}

interface Accepted {
  readonly lint: string;
  readonly reason: string;
}

/** Reads the annotation of a policy; null when it has none. A `;` in a reason is fine. */
export function readIgnoreAnnotation(document: MappingNode | null): IgnoreAnnotation | null {
  const annotations = mappingAt(document, 'metadata.annotations');
  const value = annotations?.entries.find(({ key }) => key === ignoreKey)?.value;
  if (value?.kind !== 'scalar' || value.value === null) return null;
  const accepted: Accepted[] = [];
  const unexplained: string[] = [];
  const unknown: string[] = [];
  for (const part of partsOf(String(value.value))) {
    const [, written = '', reason = ''] = /^\s*([^:\s]+)\s*:?([^]*)$/.exec(part) ?? [];
    const code = codeOfLint(written);
    const lint = code === null ? null : lintOfCode(code);
    if (lint === null) unknown.push(written === '' ? part.trim() : written);
    else if (reason.trim() === '') unexplained.push(lint);
    else accepted.push({ lint, reason: reason.trim() });
  }
  return { span: value.span, accepted, unexplained, unknown };
}

/** Cut before what looks like a lint id, so that reasons may hold any text. */
function partsOf(text: string): readonly string[] {
  return text.split(/[;,\n](?=\s*L-?[0-9]+\s*(?:[:;,\n]|$))/i).filter((part) => part.trim() !== '');
}
