// The section `lint:` → LintSettings.
import type { LintSettings, Suppression } from '../lint/lint-settings.ts';
import { fieldOf, itemsOf, stringOf, type Located } from '../policy/fields.ts';
import type { ProblemList } from '../policy/problem-list.ts';
import { decodeSeverities } from './decode-severities.ts';
import { lintIds } from '../diagnostics/lint-codes.ts';
import { booleanAt, checked } from './read-settings.ts';

/** Decodes the section; absent, every lint is as it comes. */
export function decodeLintSettings(section: Located | null, problems: ProblemList): LintSettings {
  return {
    severityById: decodeSeverities(fieldOf(section, 'severity'), problems),
    suppressions: (itemsOf(fieldOf(section, 'suppress')) ?? []).flatMap((item) => decodeSuppression(item, problems)),
    annotations: booleanAt(section, 'annotations') ?? false,
  };
}

/** Nothing when a part is missing or wrong. */
function decodeSuppression(item: Located, problems: ProblemList): readonly Suppression[] {
  const lint = stringOf(fieldOf(item, 'lint'));
  const reason = stringOf(fieldOf(item, 'reason'));
  requireField(item, 'lint', problems);
  requireField(item, 'reason', problems);
  checkId(fieldOf(item, 'lint'), problems);
  const policy = checked(fieldOf(item, 'policy'), isPolicyPattern, [patternWords], problems);
  if (lint === null || !lintIds.includes(lint) || reason === null || reason.trim() === '') return [];
  return [{ lint, policy, reason, span: item.node.span }];
}

/** Says that a field is missing or blank, at the suppression that lacks it. */
function requireField(item: Located, field: 'lint' | 'reason', problems: ProblemList): void {
  const given = fieldOf(item, field);
  const parameters = { path: item.path, field };
  if (given === null) problems.missingIn(item.node.span).add('NP1063', parameters, item.node.span);
  else if (stringOf(given)?.trim() === '') problems.add('NP1063', parameters, given.node.span);
}

function checkId(field: Located | null, problems: ProblemList): void {
  const id = stringOf(field);
  if (field === null || id === null || id.trim() === '' || lintIds.includes(id)) return;
  problems.add('NP1064', { id, known: lintIds }, field.node.span);
}

const patternWords = '`namespace/name`, of which either part may be `*`';

/** Cluster policies are named by their kind: `ClusterNetworkPolicy/guard-rails`. */
function isPolicyPattern(text: string): boolean {
  return /^(?:\*|[A-Za-z0-9.-]+)\/(?:\*|[A-Za-z0-9.-]+)$/.test(text);
}
