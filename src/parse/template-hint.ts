// A template of Helm given in place of what it renders to is no YAML in many ways, and one thing is to be done about all.
import { lineIndex, lineStarts, type Span } from '../source/source.ts';

/** The hint for a problem on a line that holds `{{`; without it nothing, and the problem keeps its own hint. */
export function templateHint({ source, start }: Span): { readonly hint?: string } {
  const text = source.text ?? '';
  const starts = lineStarts(source, text);
  const index = lineIndex(starts, start);
  const line = text.slice(starts[index], starts[index + 1]);
  return line.includes('{{') ? { hint: 'this is a template: give what it renders to (helm template)' } : {};
}
