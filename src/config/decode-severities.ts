// `lint.severity`: a mapping from lint ids to how loud each is.
import type { LintSeverity } from '../lint/lint-settings.ts';
import { isNull, type MappingEntry, type SourceNode } from '../parse/node.ts';
import { entriesOf, type Located } from '../policy/fields.ts';
import type { ProblemList } from '../policy/problem-list.ts';
import { lintIds } from '../diagnostics/lint-codes.ts';

const severities: readonly LintSeverity[] = ['off', 'information', 'warning', 'error'];

/**
 * Decodes the mapping. `off` needs no quotes although YAML 1.1 reads it as `false`: nobody but netpolc reads this file,
 * and `false` itself is refused, so nothing is guessed.
 */
export function decodeSeverities(field: Located | null, problems: ProblemList): ReadonlyMap<string, LintSeverity> {
  if (field !== null && field.node.kind !== 'mapping') {
    const parameters = {
      path: field.path,
      expected: 'a mapping of lint ids to severities',
      found: wordsFor(field.node),
    };
    problems.add('NP2002', parameters, field.node.span);
  }
  const decoded = entriesOf(field).map((entry) => decodeEntry(entry, field?.path ?? '', problems));
  return new Map(decoded.flatMap((pair) => (pair === null ? [] : [pair])));
}

function decodeEntry(
  { key, keySpan, value }: MappingEntry,
  path: string,
  problems: ProblemList,
): readonly [id: string, severity: LintSeverity] | null {
  if (!lintIds.includes(key)) problems.add('NP1064', { id: key, known: lintIds }, keySpan);
  const severity = severities.find((each) => value.kind === 'scalar' && value.value === each);
  if (severity !== undefined) return [key, severity];
  const hint = value.kind === 'scalar' && value.value === false ? { hint: 'did you mean `off`?' } : {};
  problems.add('NP1062', { path: `${path}.${key}`, found: wordsFor(value), allowed: severities }, value.span, hint);
  return null;
}

function wordsFor(node: SourceNode): string {
  if (isNull(node)) return 'null';
  if (node.kind === 'scalar') return JSON.stringify(node.value);
  return node.kind === 'mapping' ? 'an object' : 'a list';
}
