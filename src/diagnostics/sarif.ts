// Diagnostics as SARIF 2.1.0, the form that code hosts show beside the changed lines.
import { groupBy } from '../collections/get-or-make.ts';
import { positionOf, type Span } from '../source/source.ts';
import { catalogue, type Code } from './catalogue/index.ts';
import type { Diagnostic, Severity } from './diagnostic.ts';
import type { Fix } from './fix.ts';
import { escapeJson } from './safe-text.ts';

/** What may be known of a result beside its diagnostic. */
export interface SarifResult {
  readonly diagnostic: Diagnostic;
  readonly fix?: Fix | null;
  /** Why it does not count (3.27.23); `inSource` when that is written beside what was found. */
  readonly suppression?: { readonly kind: 'inSource' | 'external'; readonly reason: string };
  /** More about it, for programs (3.8). */
  readonly properties?: Readonly<Record<string, string>>;
}

/** One SARIF log with one run, ended by a line end. `version` is netpolc's own. Files are named as the user named them. */
export function printSarif(diagnostics: readonly Diagnostic[], version = '0'): string {
  return printSarifResults(
    diagnostics.map((diagnostic) => ({ diagnostic })),
    version,
  );
}

/** The same with what else is known of each result. */
export function printSarifResults(found: readonly SarifResult[], version: string): string {
  const codes = [...new Set(found.map(({ diagnostic }) => diagnostic.code))].sort();
  const driver = { name: 'netpolc', version, rules: codes.map(describeCode) };
  const indexByCode = new Map(codes.map((code, index) => [code, index]));
  const results = found.map((each) => toResult(each, indexByCode));
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${escapeJson(JSON.stringify(log, null, 2))}\n`;
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

function describeCode(code: Code): unknown {
  const { name, severity, explanation } = catalogue[code];
  return {
    id: code,
    name,
    shortDescription: { text: name.toLowerCase().replaceAll('_', ' ') },
    fullDescription: { text: explanation },
    help: { text: `netpolc explain ${code}` },
    defaultConfiguration: { level: levels[severity] },
  };
}

function toResult(
  { diagnostic, fix = null, suppression, properties }: SarifResult,
  indexByCode: ReadonlyMap<Code, number>,
): unknown {
  const { code, severity, message, span, notes, hint } = diagnostic;
  const related = notes.flatMap((note, id) =>
    note.span === null ? [] : [{ id, message: { text: note.message }, ...location(note.span) }],
  );
  const unplaced = notes.filter((note) => note.span === null).map((note) => note.message);
  const text = [message, ...unplaced, ...(hint === null ? [] : [`hint: ${hint}`])].join('\n');
  return {
    ruleId: code,
    ruleIndex: indexByCode.get(code),
    level: levels[severity],
    message: { text },
    ...(span === null ? {} : { locations: [location(span)] }),
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    ...(fix === null ? {} : { fixes: [toFix(fix)] }),
    ...(suppression === undefined
      ? {}
      : { suppressions: [{ kind: suppression.kind, justification: suppression.reason }] }),
    ...(properties === undefined ? {} : { properties }),
  };
}

/** Source: 3.55 to 3.57. */
function toFix({ title, edits }: Fix): unknown {
  const changes = [...groupBy(edits, ({ span }) => span.source.name)].map(([name, inFile]) => ({
    artifactLocation: { uri: toUri(name) },
    replacements: inFile.map(({ span, replacement }) => ({
      deletedRegion: regionOf(span),
      insertedContent: { text: replacement },
    })),
  }));
  return { description: { text: title }, artifactChanges: changes };
}

function location(span: Span): { readonly physicalLocation: unknown } {
  return { physicalLocation: { artifactLocation: { uri: toUri(span.source.name) }, region: regionOf(span) } };
}

function regionOf(span: Span): unknown {
  const start = positionOf(span);
  const end = positionOf({ ...span, start: span.end });
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** A relative or absolute path as a URI reference; lone surrogates, which no URI can hold, become U+FFFD. */
function toUri(name: string): string {
  const path = name.replaceAll('\\', '/').split('/');
  return path.map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd'))).join('/');
}
