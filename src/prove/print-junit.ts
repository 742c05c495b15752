// A proof as JUnit XML, which CI systems show as test results.
import { escapeText } from '../diagnostics/safe-text.ts';
import type { ClaimDocument, ProofDocument } from './proof-document.ts';
import { brokenText } from './proof-words.ts';

/** One suite, one test case a claim. No times: the same claims give the same bytes. */
export function printJunit({ file, summary, claims }: ProofDocument): string {
  const failures = claims.filter(({ passes }) => !passes).length;
  const counts = attributes({ tests: summary.claims, failures, errors: 0 });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'netpolc prove' })}${counts}>`,
    `  <testsuite${attributes({ name: file })}${counts}${attributes({ skipped: 0 })}>`,
    ...claims.map((claim) => printCase(claim, file)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function printCase(claim: ClaimDocument, file: string): string {
  const start = `    <testcase${attributes({ name: claim.claim, classname: file, file, line: claim.line })}`;
  if (claim.problem === null) return `${start}/>`;
  const { code, message } = claim.problem;
  const body = detailLines(claim).map(escapeXml).join('\n');
  return [
    `${start}>`,
    `      <failure${attributes({ message, type: code })}>${body}</failure>`,
    '    </testcase>',
  ].join('\n');
}

/** How many pairs, the connection, and each side's reason. */
function detailLines({ kind, reason, pairs, counterexample }: ClaimDocument): readonly string[] {
  if (counterexample === null) return [reason ?? ''];
  const { verdict, text, because } = counterexample;
  return [`${brokenText(kind, pairs)}; the first:`, `${verdict}  ${text}`, ...because.map((each) => each.text)];
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

/** XML has no way at all to write most control characters, so they are written out before. */
function escapeXml(text: string): string {
  return escapeText(text).replace(/[&<>"']/g, (character) => entities.get(character) ?? character);
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);
