// `netpolc explain`: what a code means, with an example and the example put right.
import { catalogue, type Code } from './catalogue/index.ts';
import { codeOfLint } from './lint-codes.ts';
import type { CatalogueEntry } from './catalogue/entry.ts';

/** A code as documentation lists it. */
export interface CodeSummary {
  readonly code: Code;
  readonly name: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly explanation: string;
  /** Input that brings it up, and the same put right; null where only a bug or the machine can. */
  readonly example: Example;
}

/** Every code, by number. */
export function listCodes(): readonly CodeSummary[] {
  const codes = Object.keys(catalogue).sort() as Code[];
  return codes.map((code) => {
    const { name, severity, explanation, example } = catalogue[code];
    return { code, name, severity, explanation, example };
  });
}

/**
 * The explanation of a code, given as number (`NP2104`, `2104`), name (`DUPLICATE_OBJECT`) or lint (`L-09`), in any
 * case; null when there is no such code. Lines are at most 80 wide, apart from examples.
 */
export function explainCode(code: string): string | null {
  const wanted = codeOfLint(code) ?? code.trim().toUpperCase().replaceAll('-', '_');
  const found = listCodes().find((each) => [each.code, each.code.slice(2), each.name].includes(wanted));
  return found === undefined ? null : printExplanation(found);
}

function printExplanation({ code, name, severity, explanation, example }: CodeSummary): string {
  const parts = [`${code} ${name} (${severity})`, wrapText(explanation, 80)];
  if (example !== null) parts.push(`Wrong:\n\n${indent(example.wrong)}`, `Right:\n\n${indent(example.right)}`);
  return `${parts.join('\n\n')}\n`;
}

type Example = CatalogueEntry<unknown>['example'];

function wrapText(text: string, width: number): string {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}
