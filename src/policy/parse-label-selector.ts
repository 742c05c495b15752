// The string form of label selectors (`-l`) → requirements. Importing this file loads chevrotain.
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import type { Word } from '../parse/grammar-problem.ts';
import { parseSelectorSyntax, type RequirementSyntax } from '../parse/label-selector-grammar.ts';
import type { Source } from '../source/source.ts';
import { parseInt64, type LabelSelector, type Operator, type Requirement } from './label-selector.ts';
import { labelKeyProblems, labelValueProblems } from './label-syntax.ts';
import { sortValues } from './print-label-selector.ts';
import { createProblemList, type ProblemList } from './problem-list.ts';

// Printing alone does not need chevrotain, so it lives in a file of its own.
export { printLabelSelector } from './print-label-selector.ts';

/**
 * Parses a selector as kubectl does; blank text selects everything. Values come out sorted and distinct.
 *
 * Null beside an error: NP1040 for the first thing that does not follow the grammar, NP1041 and NP1042 for every key and
 * value that no label can have. NP1043 warns of comparisons that never hold. Source: S-408, S-411 to S-417.
 */
export function parseLabelSelector(source: Source): Outcome<LabelSelector> {
  const { value: syntax, diagnostics } = parseSelectorSyntax(source);
  if (syntax === null) return { value: null, diagnostics };
  const problems = createProblemList();
  const requirements = syntax.map((each) => readRequirement(each, problems));
  return { value: problems.found.some(isError) ? null : { requirements }, diagnostics: problems.found };
}

function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === 'error';
}

function readRequirement({ key, operator, values }: RequirementSyntax, problems: ProblemList): Requirement {
  for (const problem of labelKeyProblems(key.text)) problems.add('NP1041', { key: key.text, problem }, key.span);
  const words = values.filter((value) => value !== null);
  for (const word of words) checkValue(word, problems);
  const texts = values.map((value) => value?.text ?? '');
  const [operand] = words;
  if ((operator === '>' || operator === '<') && operand !== undefined) checkOperand(operator, operand, problems);
  return { key: key.text, operator: operators[operator], values: sortValues(texts) };
}

/** Source: S-404, S-416, S-417. */
const operators: Readonly<Record<RequirementSyntax['operator'], Operator>> = {
  exists: 'Exists',
  '!': 'DoesNotExist',
  in: 'In',
  '=': 'In',
  '==': 'In',
  notin: 'NotIn',
  '!=': 'NotIn',
  '>': 'GreaterThan',
  '<': 'LessThan',
};

function checkValue(word: Word, problems: ProblemList): void {
  for (const problem of labelValueProblems(word.text)) {
    problems.add('NP1042', { value: word.text, problem }, word.span);
  }
}

function checkOperand(operator: '>' | '<', operand: Word, problems: ProblemList): void {
  if (labelValueProblems(operand.text).length > 0 || parseInt64(operand.text) !== null) return;
  problems.add('NP1043', { operator, operand: operand.text }, operand.span);
}
