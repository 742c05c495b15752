// Diagnostics as SARIF 2.1.0, the form that code hosts show beside the changed lines.
import { positionOf, type Span } from '../source/source.ts';
import { catalogue, type Code } from './catalogue/index.ts';
import type { Diagnostic, Severity } from './diagnostic.ts';
import { escapeJson } from './safe-text.ts';

/** One SARIF log with one run, ended by a line end. `version` is netpolc's own. Files are named as the user named them. */
export function printSarif(diagnostics: readonly Diagnostic[], version = '0'): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const driver = { name: 'netpolc', version, rules: codes.map(describeCode) };
  const results = diagnostics.map((diagnostic) => toResult(diagnostic, codes));
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

function toResult(diagnostic: Diagnostic, codes: readonly Code[]): unknown {
  const { code, severity, message, span, notes, hint } = diagnostic;
  const related = notes.flatMap((note, id) =>
    note.span === null ? [] : [{ id, message: { text: note.message }, ...location(note.span) }],
  );
  const unplaced = notes.filter((note) => note.span === null).map((note) => note.message);
  const text = [message, ...unplaced, ...(hint === null ? [] : [`hint: ${hint}`])].join('\n');
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text },
    ...(span === null ? {} : { locations: [location(span)] }),
    ...(related.length === 0 ? {} : { relatedLocations: related }),
  };
}

function location(span: Span): { readonly physicalLocation: unknown } {
  const start = positionOf(span);
  const end = positionOf({ ...span, start: span.end });
  return {
    physicalLocation: {
      artifactLocation: { uri: toUri(span.source.name) },
      region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
    },
  };
}

/** A relative or absolute path as a URI reference; lone surrogates, which no URI can hold, become U+FFFD. */
function toUri(name: string): string {
  const path = name.replaceAll('\\', '/').split('/');
  return path.map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd'))).join('/');
}
