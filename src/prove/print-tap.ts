// A proof in the Test Anything Protocol, version 14.
import { escapeJson, escapeText } from '../diagnostics/safe-text.ts';
import type { ClaimDocument, ProofDocument } from './proof-document.ts';

/** One test point a claim; behind one that fails, a YAML block with the reason. */
export function printTap({ file, claims }: ProofDocument): string {
  const points = claims.flatMap((claim, index) => pointLines(claim, index + 1, file));
  return ['TAP version 14', `1..${claims.length}`, ...points].map((line) => `${line}\n`).join('');
}

function pointLines(claim: ClaimDocument, number: number, file: string): readonly string[] {
  const { passes, problem, reason } = claim;
  const point = `${passes ? 'ok' : 'not ok'} ${number} - ${escapeDescription(claim.claim)}`;
  if (problem === null) return reason === null ? [point] : [point, `# about nothing: ${escapeText(reason)}`];
  return [point, '  ---', ...blockLines(claim, problem, file).map((line) => `  ${line}`), '  ...'];
}

/** Strings of JSON are strings of YAML. */
function blockLines(
  { line, pairs, counterexample }: ClaimDocument,
  { code, message }: NonNullable<ClaimDocument['problem']>,
  file: string,
): readonly string[] {
  const because = counterexample?.because.map(({ text }) => `  - ${quoted(text)}`) ?? [];
  return [
    `message: ${quoted(message)}`,
    'severity: fail',
    `code: ${code}`,
    'at:',
    `  file: ${quoted(file)}`,
    `  line: ${line}`,
    ...(counterexample === null ? [] : [`pairs: ${pairs}`, 'because:', ...because]),
  ];
}

function quoted(text: string): string {
  return escapeJson(JSON.stringify(text));
}

/** A `#` could begin a directive. */
function escapeDescription(text: string): string {
  return escapeText(text).replace(/[\\#]/g, (character) => `\\${character}`);
}
