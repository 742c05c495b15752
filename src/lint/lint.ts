// The lints over a world: what they find, what of it is accepted, and what could not be judged.
import { unlessTooLarge } from '../compile.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { World } from '../input/world.ts';
import { positionOf } from '../source/source.ts';
import type { Finding, Found, Lint } from './finding.ts';
import { createLintContext, type LintContext } from './lint-context.ts';
import type { LintSettings, LintSeverity } from './lint-settings.ts';
import { lints } from './lints.ts';
import { missingNeeds, unjudgedLints, type Unjudged } from './needs.ts';
import { isReportedLint, ownDiagnostics } from './reported-lints.ts';
import { suppressFindings, type SuppressedFinding } from './suppress.ts';

export interface LintOptions {
  /** What reading reported, with the codes of `toleratedCodes` as warnings. */
  readonly reported: readonly Diagnostic[];
  /** The namespace that the user gave for policies without one; null when it is only the default. */
  readonly givenNamespace: string | null;
  readonly allowIncomplete: boolean;
}

export interface LintReport {
  /** By file, place and lint. */
  readonly findings: readonly Finding[];
  /** In the same order. */
  readonly suppressed: readonly SuppressedFinding[];
  readonly unjudged: readonly Unjudged[];
  /** What was reported and is no lint: errors here mean that something could not be read or told apart. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs every lint that is on. About as dear as compiling the world once. Source: section 9 of the semantics. */
export function lint(world: World, settings: LintSettings, options: LintOptions): LintReport {
  const context = createLintContext(world, options);
  const missing = missingNeeds(context);
  const on = lints.filter(({ id }) => settings.severityById.get(id) !== 'off');
  const judged = on.filter(({ needs }) => needs.every((need) => !missing.has(need)));
  const runs = judged.map((each) => run(each, context, settings));
  const found = runs.flatMap(({ findings }) => findings);
  const { kept, suppressed } = suppressFindings(found, context, settings, new Set(judged.map(({ id }) => id)));
  return {
    findings: inOrder(kept),
    suppressed: inOrder(suppressed),
    unjudged: unjudgedLints(on, missing),
    diagnostics: [...ownDiagnostics(context), ...new Set(runs.flatMap(({ limits }) => limits))],
  };
}

interface Run {
  readonly findings: readonly Finding[];
  readonly limits: readonly Diagnostic[];
}

function run({ id, check }: Lint, context: LintContext, { severityById }: LintSettings): Run {
  const chosen = severityById.get(id) ?? null;
  const { value, diagnostics } = unlessTooLarge(() => check(context));
  const findings = (value ?? []).map((found): Finding => ({ ...graded(found, chosen), lint: id }));
  return { findings: findings.filter((finding) => !restsOnGuess(finding, context)), limits: diagnostics };
}

/** What the operator chose counts; else what the lint itself says of this finding. */
function graded(found: Found, chosen: LintSeverity | null): Found {
  if (chosen === null || chosen === 'off') return found;
  const severity = chosen === 'information' ? 'info' : chosen;
  return { ...found, diagnostic: { ...found.diagnostic, severity } };
}

/** What a finding marks was guessed where reading tolerated an error inside of it: the error is the finding then. */
function restsOnGuess({ lint, diagnostic }: Finding, { guesses }: LintContext): boolean {
  const { span } = diagnostic;
  if (span === null || isReportedLint(lint)) return false;
  return (guesses.get(span.source) ?? []).some((each) => span.start <= each.start && each.end <= span.end);
}

function inOrder<F extends Finding>(findings: readonly F[]): readonly F[] {
  const placed = findings.map((finding) => {
    const { span } = finding.diagnostic;
    return { finding, file: span?.source.name ?? '', ...(span === null ? { line: 0, column: 0 } : positionOf(span)) };
  });
  placed.sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compare(a.finding.lint ?? '', b.finding.lint ?? ''),
  );
  return placed.map(({ finding }) => finding);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
