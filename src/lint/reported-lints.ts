// Lints that reading and compiling find anyway: what was reported becomes the finding of a lint.
import { formatAddress } from '../net/address.ts';
import { parseCidr } from '../net/cidr.ts';
import type { Code } from '../diagnostics/catalogue/index.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Fix } from '../diagnostics/fix.ts';
import { clusterPolicyKey } from '../policy/cluster-policy.ts';
import { policyKey } from '../policy/network-policy.ts';
import type { Span } from '../source/source.ts';
import { found, type Found, type Lint } from './finding.ts';
import type { LintContext } from './lint-context.ts';

/** Codes by the lint that they are the findings of. */
const codesByLint: ReadonlyMap<string, readonly Code[]> = new Map<string, readonly Code[]>([
  ['L-05', ['NP2001']],
  ['L-27', ['NP1016']],
  ['L-28', ['NP2106', 'NP2107', 'NP2108']],
  ['L-37', ['NP3023']],
  ['L-38', ['NP2419']],
  ['L-39', ['NP2418']],
]);

/** What reading is to tolerate, so that one wrong field does not hide everything else. */
export const toleratedCodes: ReadonlySet<Code> = new Set(
  ['L-05', 'L-27', 'L-28'].flatMap((id) => codesByLint.get(id) ?? []),
);

const lintCodes: ReadonlySet<Code> = new Set([...codesByLint.values()].flat());

export function isReportedLint(id: string | null): boolean {
  return id !== null && codesByLint.has(id);
}

/** Whether what was reported leaves the policy around it to guesses. */
export function isGuess({ code, severity }: Diagnostic): boolean {
  return severity !== 'error' && toleratedCodes.has(code);
}

/** What was reported and is the finding of no lint. Errors stay what they are. */
export function ownDiagnostics({ reported }: LintContext): readonly Diagnostic[] {
  return reported.filter((each) => !isLintFinding(each));
}

/** A lint that has its own code for what reading found; `fixOf` may know how to repair it. */
export function readingLint(
  id: string,
  code: 'NP6005' | 'NP6027' | 'NP6028',
  fixOf: (diagnostic: Diagnostic) => Fix | null = () => null,
): Lint {
  const check = (context: LintContext): readonly Found[] =>
    reportedAs(id, context).map((diagnostic) => {
      const { message, span, notes, hint } = diagnostic;
      const policy = ownerOf(context, span);
      return found(code, { problem: message }, span, { notes, hint, policy, fix: fixOf(diagnostic) });
    });
  return { id, code, severity: 'error', needs: [], check };
}

/** A lint whose findings keep the code that compiling gives them. */
export function compilingLint(id: string, code: Code, severity: 'error' | 'warning'): Lint {
  const check = (context: LintContext): readonly Found[] =>
    reportedAs(id, context).map((diagnostic) => {
      const policy = ownerOf(context, diagnostic.span);
      return { diagnostic: { ...diagnostic, severity }, policy, fix: null };
    });
  return { id, code, severity, needs: [], check };
}

/** `10.0.0.5/24` → `10.0.0.0/24`: what servers make of it that do not check. The author may have meant one address. */
export function maskFix({ code, span }: Diagnostic): Fix | null {
  const text = span?.source.text ?? null;
  if (code !== 'NP2108' || span === null || text === null) return null;
  const written = text.slice(span.start, span.end);
  const quote = /^['"]/.exec(written)?.[0] ?? '';
  const { cidr } = parseCidr(written.slice(quote.length, written.length - quote.length));
  if (cidr === null) return null;
  const masked = `${formatAddress(cidr.base)}/${cidr.prefixLength}`;
  return {
    title: `write ${masked}`,
    keepsMeaning: false,
    edits: [{ span, replacement: `${quote}${masked}${quote}` }],
  };
}

function reportedAs(id: string, { reported }: LintContext): readonly Diagnostic[] {
  return reported.filter((each) => isLintFinding(each) && codesByLint.get(id)?.includes(each.code) === true);
}

function isLintFinding({ code, severity }: Diagnostic): boolean {
  return severity !== 'error' && lintCodes.has(code);
}

/** The policy in whose text a place is. */
function ownerOf({ world }: LintContext, span: Span | null): string | null {
  if (span === null) return null;
  for (const [policy, { span: whole }] of world.documentByPolicy) {
    if (whole.source !== span.source || span.start < whole.start || whole.end < span.end) continue;
    return policy.kind === 'NetworkPolicy' ? policyKey(policy) : clusterPolicyKey(policy);
  }
  return null;
}
