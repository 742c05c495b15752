// A LabelSelector object → requirements. Source: S-401 to S-406, S-714 to S-719.
import type { MappingEntry } from '../parse/node.ts';
import { entriesOf, fieldOf, itemsOf, stringOf, type Located } from './fields.ts';
import { everything, type LabelSelector, type Requirement } from './label-selector.ts';
import { labelKeyProblems, labelValueProblems } from './label-syntax.ts';
import type { ProblemList } from './problem-list.ts';

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** Null decodes like `{}`: what absence means is the caller's (S-407). */
export function decodeLabelSelector(selector: Located | null, problems: ProblemList): LabelSelector {
  if (selector === null) return everything;
  const matchLabels = fieldOf(selector, 'matchLabels');
  const labels = entriesOf(matchLabels).flatMap((entry) => decodeLabel(matchLabels?.path ?? '', entry, problems));
  const expressions = itemsOf(fieldOf(selector, 'matchExpressions')) ?? [];
  return { requirements: [...labels, ...expressions.flatMap((each) => decodeExpression(each, problems))] };
}

/** Problems are reported for the map as a whole, as the API server does. Source: S-714, S-715. */
function decodeLabel(
  path: string,
  { key, keySpan, value }: MappingEntry,
  problems: ProblemList,
): readonly Requirement[] {
  for (const problem of labelKeyProblems(key)) problems.add('NP2301', { path, key, problem }, keySpan);
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return [];
  for (const problem of labelValueProblems(value.value)) {
    problems.add('NP2302', { path, value: value.value, problem }, value.span);
  }
  return [{ key, operator: 'In', values: [value.value] }];
}

function decodeExpression(expression: Located, problems: ProblemList): readonly Requirement[] {
  const key = decodeKey(expression, problems);
  const values = decodeValues(expression, problems);
  const operatorField = fieldOf(expression, 'operator');
  const operator = operators.find((each) => each === stringOf(operatorField));
  const span = (operatorField ?? expression).node.span;
  const missing = problems.missingIn(expression.node.span);
  if (operator === undefined) {
    const parameters = { path: `${expression.path}.operator`, operator: stringOf(operatorField) ?? '' };
    (operatorField === null ? missing : problems).add('NP2306', parameters, span);
    return [];
  }
  const wantsValues = operator === 'In' || operator === 'NotIn';
  if (wantsValues && values.length === 0) missing.add('NP2304', { path: `${expression.path}.values` }, span);
  if (!wantsValues && values.length > 0) problems.add('NP2305', { path: `${expression.path}.values` }, span);
  return [{ key, operator, values }];
}

function decodeKey(expression: Located, problems: ProblemList): string {
  const field = fieldOf(expression, 'key');
  const key = stringOf(field) ?? '';
  const reports = field === null ? problems.missingIn(expression.node.span) : problems;
  for (const problem of labelKeyProblems(key)) {
    reports.add('NP2301', { path: `${expression.path}.key`, key, problem }, (field ?? expression).node.span);
  }
  return key;
}

function decodeValues(expression: Located, problems: ProblemList): readonly string[] {
  return (itemsOf(fieldOf(expression, 'values')) ?? []).map((item) => {
    const value = stringOf(item) ?? '';
    for (const problem of labelValueProblems(value)) {
      problems.add('NP2303', { path: item.path, value, problem }, item.node.span);
    }
    return value;
  });
}
