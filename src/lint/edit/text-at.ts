// Where nodes stand in the text of a policy, as far as editing needs to know.
import type { MappingNode, SourceNode } from '../../parse/node.ts';

/** Whether a collection is written in flow style, `{…}` or `[…]`, as all of JSON is. */
export function isFlow(node: SourceNode): boolean {
  const first = textOf(node)[node.span.start];
  return node.kind !== 'scalar' && (first === '{' || first === '[');
}

/** The whole text that a node is a part of. */
export function textOf({ span }: SourceNode): string {
  return span.source.text ?? '';
}

/** `\r\n` where the text has it. */
export function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset behind the last character of the line that holds what ends at `offset`, its line end left out. */
export function lineEnd(text: string, offset: number): number {
  // A block scalar ends behind its last line end.
  const inside = offset > 0 && text[offset - 1] === '\n' ? offset - 1 : offset;
  const next = text.indexOf('\n', inside);
  const end = next === -1 ? text.length : next;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** Offset behind the last thing that is written of a node: block collections reach over comments and blanks behind them. */
export function writtenEnd(node: SourceNode): number {
  if (node.kind === 'scalar' || isFlow(node)) return node.span.end;
  if (node.kind === 'sequence') {
    const last = node.items.at(-1);
    return last === undefined ? node.span.end : writtenEnd(last);
  }
  const last = node.entries.at(-1);
  return last === undefined ? node.span.end : Math.max(last.keySpan.end, writtenEnd(last.value));
}

/**
 * Whether the text of an object uses anchors, aliases or tags: what is written once may then stand for several things,
 * and an edit would change all of them.
 */
export function sharesParts(document: MappingNode): boolean {
  return /(?:^|[\s[{,:-])[&*!][^\s,\]}]/.test(textOf(document).slice(document.span.start, document.span.end));
}
