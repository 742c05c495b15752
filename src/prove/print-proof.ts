// A proof as text, for terminals and logs.
import { escapeText } from '../diagnostics/safe-text.ts';
import type { ClaimDocument, ProofDocument } from './proof-document.ts';
import { brokenText } from './proof-words.ts';

/**
 * A line for each claim; behind one that fails, how often, and a connection that shows it. `explain` gives the whole reason
 * of the connection at an index, escaped, and null where there is none to give.
 */
export function printProof(document: ProofDocument, explain: (index: number) => string | null): string {
  return document.claims.map((claim, index) => printClaim(claim, document.file, explain(index))).join('');
}

function printClaim(claim: ClaimDocument, file: string, explanation: string | null): string {
  const { counterexample, reason } = claim;
  const heading = `${labelOf(claim).padEnd(6)}  ${escapeText(claim.claim)}  (${escapeText(file)}:${claim.line})\n`;
  if (reason !== null) return `${heading}        ${escapeText(reason)}\n`;
  if (counterexample === null) return heading;
  const short = [counterexample.text, ...counterexample.because.map(({ text }) => text)].map(escapeText);
  const lines = (explanation ?? `${counterexample.verdict}  ${short.join('\n')}\n`).trimEnd().split('\n');
  const indented = lines.map((line) => (line === '' ? '\n' : `        ${line}\n`)).join('');
  return `${heading}        ${brokenText(claim.kind, claim.pairs)}; the first:\n\n${indented}\n`;
}

function labelOf({ verdict, passes }: ClaimDocument): string {
  return passes ? verdict : verdict.toUpperCase();
}
