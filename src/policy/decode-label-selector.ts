// A LabelSelector object → requirements. Source: S-401 to S-406, S-714 to S-719.
import { entriesOf, fieldOf, itemsOf, stringOf, type Located } from './fields.ts';
import { everything, type LabelSelector, type Requirement } from './label-selector.ts';
import { labelKeyProblems, labelValueProblems } from './label-syntax.ts';
import type { ProblemList } from './problem-list.ts';

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** Null decodes like `{}`: what absence means is the caller's (S-407). */
export function decodeLabelSelector(selector: Located | null, problems: ProblemList): LabelSelector {
  if (selector === null) return everything;
  const labels = entriesOf(fieldOf(selector, 'matchLabels')).flatMap(([key, value]) =>
    decodeLabel(key, value, problems),
  );
  const expressions = itemsOf(fieldOf(selector, 'matchExpressions')) ?? [];
  return { requirements: [...labels, ...expressions.flatMap((each) => decodeExpression(each, problems))] };
}

function decodeLabel(key: string, value: Located, problems: ProblemList): readonly Requirement[] {
  const text = stringOf(value);
  const path = value.path.slice(0, value.path.length - key.length - 1);
  for (const problem of labelKeyProblems(key)) problems.add('NP2301', { path, key, problem }, value.node.span);
  if (text === null) return [];
  for (const problem of labelValueProblems(text)) {
    problems.add('NP2302', { path, value: text, problem }, value.node.span);
  }
  return [{ key, operator: 'In', values: [text] }];
}

function decodeExpression(expression: Located, problems: ProblemList): readonly Requirement[] {
  const key = decodeKey(expression, problems);
  const values = decodeValues(expression, problems);
  const operatorField = fieldOf(expression, 'operator');
  const operator = operators.find((each) => each === stringOf(operatorField));
  const at = operatorField ?? expression;
  if (operator === undefined) {
    problems.add(
      'NP2306',
      { path: `${expression.path}.operator`, operator: stringOf(operatorField) ?? '' },
      at.node.span,
    );
    return [];
  }
  const wantsValues = operator === 'In' || operator === 'NotIn';
  if (wantsValues && values.length === 0) problems.add('NP2304', { path: `${expression.path}.values` }, at.node.span);
  if (!wantsValues && values.length > 0) problems.add('NP2305', { path: `${expression.path}.values` }, at.node.span);
  return [{ key, operator, values }];
}

function decodeKey(expression: Located, problems: ProblemList): string {
  const field = fieldOf(expression, 'key');
  const key = stringOf(field) ?? '';
  const span = (field ?? expression).node.span;
  for (const problem of labelKeyProblems(key))
    problems.add('NP2301', { path: `${expression.path}.key`, key, problem }, span);
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
