// What lint found, for programs: schema/lint.schema.json.
import type { Edit, Fix } from '../diagnostics/fix.ts';
import { diagnosticRecord, placeRecord } from '../diagnostics/json.ts';
import { escapeJson } from '../diagnostics/safe-text.ts';
import type { Span } from '../source/source.ts';
import type { Finding } from './finding.ts';
import type { LintReport } from './lint.ts';

/** The version of the document; it grows when a reader of the last one could be misled. */
export const lintSchemaVersion = 1;

/** A fix that was made, or would be. */
export interface MadeFix {
  readonly lint: string;
  readonly fix: Fix;
  /** Where the finding was, in the text that was repaired. */
  readonly span: Span | null;
}

/** One JSON document, ended by a line end. */
export function printLintJson(report: LintReport, made: readonly MadeFix[]): string {
  const document = {
    schemaVersion: lintSchemaVersion,
    findings: report.findings.map(findingRecord),
    suppressed: report.suppressed.map((each) => ({ ...findingRecord(each), reason: each.reason, by: each.by })),
    fixed: made.map(({ lint, fix, span }) => ({ lint, place: placeRecord(span), ...fixRecord(fix) })),
    unjudged: report.unjudged,
    diagnostics: report.diagnostics.map(diagnosticRecord),
  };
  return `${escapeJson(JSON.stringify(document, null, 2))}\n`;
}

function findingRecord({ lint, policy, diagnostic, fix }: Finding): Readonly<Record<string, unknown>> {
  return { lint, ...diagnosticRecord(diagnostic), policy, fix: fix === null ? null : fixRecord(fix) };
}

function fixRecord({ title, keepsMeaning, edits }: Fix): Readonly<Record<string, unknown>> {
  return { title, keepsMeaning, edits: edits.map(editRecord) };
}

function editRecord({ span, replacement }: Edit): Readonly<Record<string, unknown>> {
  return { place: placeRecord(span), replacement };
}
