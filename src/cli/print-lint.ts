// What `netpolc lint` prints: the findings in one of four shapes, and remarks for people.
import { printGithub } from '../diagnostics/github.ts';
import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import { printSarifResults } from '../diagnostics/sarif.ts';
import { countBySeverity, printText } from '../diagnostics/text.ts';
import { printSkipped } from '../input/skipped.ts';
import type { Need } from '../lint/finding.ts';
import type { LintReport } from '../lint/lint.ts';
import { printLintJson, type MadeFix } from '../lint/lint-json.ts';
import { shortPlace } from '../source/source.ts';
import { version } from '../version.ts';
import type { LintedInput } from './lint-input.ts';
import type { ReportFlags } from './report.ts';

export type LintFormat = 'text' | 'json' | 'sarif' | 'github';
export type FailOn = 'error' | 'warning' | 'never';

export interface PrintedLint {
  readonly linted: LintedInput;
  readonly made: readonly MadeFix[];
  readonly flags: {
    readonly format: LintFormat;
    readonly color: ReportFlags['color'];
    readonly fix: boolean;
    readonly dryRun: boolean;
  };
}

/** How many problems reading keeps of each sort. */
const mostReported = 100;

/** The result. Shapes for programs also hold what could not be read; for people that goes to standard error. */
export function printLint({ linted: { report }, made, flags }: PrintedLint): string {
  const lintByDiagnostic = new Map(report.findings.map(({ diagnostic, lint }) => [diagnostic, lint]));
  const labelOf = (diagnostic: Diagnostic): string | null => lintByDiagnostic.get(diagnostic) ?? null;
  const found = report.findings.map(({ diagnostic }) => diagnostic);
  switch (flags.format) {
    case 'text':
      return printText(found, { color: flags.color === 'always', labelOf, most: Infinity });
    case 'json':
      return printLintJson(report, made);
    case 'sarif':
      return printSarif(report);
    case 'github':
      return printGithub([...found, ...report.diagnostics], (each) =>
        [each.code, labelOf(each) ?? ''].join(' ').trim(),
      );
  }
}

/** Whether findings are of a severity that makes the command fail. */
export function isFailure({ findings }: LintReport, failOn: FailOn): boolean {
  const failing: Readonly<Record<FailOn, readonly Severity[]>> = {
    error: ['error'],
    warning: ['error', 'warning'],
    never: [],
  };
  return findings.some(({ diagnostic }) => failing[failOn].includes(diagnostic.severity));
}

/** What was done, how much was found, and what could not be judged, a line each. */
export function lintRemarks({ linted, made, flags }: PrintedLint): readonly string[] {
  const { world, report, reported } = linted;
  const skipped = world === null ? null : printSkipped(world.skippedByKind);
  const isEmpty = world !== null && world.policies.length + world.clusterPolicies.length === 0;
  return [
    ...(skipped === null ? [] : [skipped]),
    ...made.map(
      ({ lint, fix, span }) =>
        `${flags.dryRun ? 'would fix' : 'fixed'} ${span === null ? '' : `${shortPlace(span)} `}${lint}: ${fix.title}`,
    ),
    ...(isEmpty
      ? ['the input has no policy that could be read (those of a snapshot count only without POLICIES)']
      : []),
    ...(reported >= mostReported ? [`reading tells of the first ${mostReported} problems only`] : []),
    ...report.unjudged.map(({ want, lints }) => `not judged for want of ${wants[want]}: ${lints.join(', ')}`),
    summary(report, flags.fix),
  ];
}

const wants: Readonly<Record<Need, string>> = {
  documents: 'the text of policies',
  pods: 'live pods (a snapshot is given with -s)',
  namespaces: 'Namespace objects',
  nodes: 'Node objects',
  services: 'Service objects',
  dns: 'pods of the DNS of the cluster',
};

/** `3 findings: 1 error, 2 warnings; 1 accepted; 2 can be fixed (--fix)`. */
function summary({ findings, suppressed }: LintReport, fixing: boolean): string {
  const counts = countBySeverity(findings.map(({ diagnostic }) => diagnostic));
  const fixes = findings.flatMap(({ fix }) => fix ?? []);
  const safe = fixing ? 0 : fixes.filter(({ keepsMeaning }) => keepsMeaning).length;
  const unsafe = fixes.filter(({ keepsMeaning }) => !keepsMeaning).length;
  return [
    findings.length === 0
      ? 'no findings'
      : `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}: ${counts}`,
    ...(suppressed.length === 0 ? [] : [`${suppressed.length} accepted`]),
    ...(safe === 0 ? [] : [`${safe} can be fixed (--fix)`]),
    ...(unsafe === 0 ? [] : [`${unsafe} can be fixed with a change of meaning (--fix --unsafe-fixes)`]),
  ].join('; ');
}

function printSarif({ findings, suppressed, diagnostics }: LintReport): string {
  const propertiesOf = (lint: string | null): { readonly properties?: Readonly<Record<string, string>> } =>
    lint === null ? {} : { properties: { lint } };
  const results = [
    ...findings.map(({ diagnostic, fix, lint }) => ({ diagnostic, fix, ...propertiesOf(lint) })),
    ...suppressed.map(({ diagnostic, lint, reason, by }) => ({
      diagnostic,
      suppression: { kind: by === 'annotation' ? ('inSource' as const) : ('external' as const), reason },
      ...propertiesOf(lint),
    })),
    ...diagnostics.map((diagnostic) => ({ diagnostic })),
  ];
  return printSarifResults(results, version);
}
