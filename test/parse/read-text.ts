// Parses texts for tests, and states what came out as plain values and places.
import type { Diagnostic, Outcome } from '../../src/diagnostics/diagnostic.ts';
import { parseJson } from '../../src/parse/json.ts';
import type { SourceNode } from '../../src/parse/node.ts';
import { parseYaml } from '../../src/parse/yaml.ts';
import { positionOf, wholeSource } from '../../src/source/source.ts';

export function readYaml(text: string): Outcome<readonly SourceNode[]> {
  return parseYaml(wholeSource('test.yaml', text));
}

export function readJson(text: string): Outcome<SourceNode> {
  return parseJson(wholeSource('test.json', text));
}

/** The documents of a YAML text as plain values. Throws when anything was reported. */
export function yamlValues(text: string): readonly unknown[] {
  const { value, diagnostics } = readYaml(text);
  if (diagnostics.length > 0) throw new Error(told(diagnostics).join('\n'));
  return (value ?? []).map(plainValue);
}

/** `line:column code message` of each diagnostic. */
export function told(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, message, span }) => {
    const place = span === null ? '?' : positionOf(span);
    return typeof place === 'string' ? `${place} ${code}` : `${place.line}:${place.column} ${code} ${message}`;
  });
}

/** The value as JavaScript tools see it: YAML 1.2, whatever YAML 1.1 would make of it. */
export function plainValue(node: SourceNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(plainValue);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainValue(value)]));
}

/** Whether some key is no string as written; then JavaScript tools and Kubernetes give it different names. */
export function hasOddKey(node: SourceNode): boolean {
  if (node.kind === 'scalar') return false;
  if (node.kind === 'sequence') return node.items.some(hasOddKey);
  return node.entries.some(({ keyProblem, value }) => keyProblem === 'not-a-string' || hasOddKey(value));
}
