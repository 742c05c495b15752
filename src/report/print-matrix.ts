// Who can reach whom, as text, Markdown, CSV and Graphviz.
import { groupBy } from '../collections/get-or-make.ts';
import { escapeText } from '../diagnostics/safe-text.ts';
import type { ConnectionDocument, MatrixDocument, PartyDocument, WorkloadDocument } from './document.ts';
import { groupConnections } from './grouped.ts';
import { codeSpan } from './markdown-text.ts';
import { partiesText } from './words.ts';

/** A line for each group of connections alike; workloads that reach nobody and that nobody reaches are named at the end. */
export function printMatrixText(document: MatrixDocument): string {
  const groups = groupConnections(document.connections);
  const lines = groups.map(
    ({ sources, destinations, text }) => `${partiesText(sources)} -> ${partiesText(destinations)}: ${text}`,
  );
  const alone = silentWorkloads(document).map(({ id }) => id);
  const rest = alone.length === 0 ? [] : ['', `no connections: ${alone.join(', ')}`];
  return [...lines, ...rest].map((line) => `${escapeText(line)}\n`).join('');
}

export function printMatrixMarkdown(document: MatrixDocument): string {
  const rows = groupConnections(document.connections).map(
    ({ sources, destinations, text }) =>
      `| ${codeSpan(partiesText(sources))} | ${codeSpan(partiesText(destinations))} | ${codeSpan(text)} |\n`,
  );
  const alone = silentWorkloads(document).map(({ id }) => codeSpan(id));
  const rest = alone.length === 0 ? '' : `\nNo connections: ${alone.join(', ')}\n`;
  return `| From | To | Ports |\n| --- | --- | --- |\n${rows.join('')}${rest}`;
}

const csvHeader = [
  'source',
  'source_pods',
  'destination',
  'destination_pods',
  'families',
  'protocol',
  'first_port',
  'last_port',
];

/** A row for each stretch of ports (RFC 4180). Ends outside are written as their ranges; pods are empty for all of them. */
export function printMatrixCsv({ connections }: MatrixDocument): string {
  const rows = connections.flatMap(({ source, destination, families, ports }) =>
    ports.map(({ transport, first, last }) => [
      ...csvParty(source),
      ...csvParty(destination),
      families.join(' '),
      transport,
      `${first}`,
      `${last}`,
    ]),
  );
  return [csvHeader, ...rows].map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}

function csvParty(party: PartyDocument): readonly string[] {
  return party.kind === 'outside'
    ? [`outside ${party.ranges.join(' ')}`, '']
    : [party.workload, party.pods?.join(' ') ?? ''];
}

/** Spreadsheets take a field that begins with one of these for a formula. */
function csvField(text: string): string {
  const shown = escapeText(text);
  const harmless = /^[=+\-@]/.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A graph with a cluster for each namespace; addresses outside are nodes of their own. */
export function printMatrixDot(document: MatrixDocument): string {
  const namespaces = groupBy(document.workloads, ({ namespace }) => namespace);
  const clusters = [...namespaces].map(([namespace, workloads], index) => dotCluster(namespace, workloads, index));
  const pairs = groupBy(document.connections, ({ source, destination }) =>
    [dotEnd(source), dotEnd(destination)].join(' -> '),
  );
  const edges = [...pairs].map(([pair, alike]) => `  ${pair} [label=${dotString(edgeLabel(alike))}];\n`);
  const outside = document.connections
    .flatMap(({ source, destination }) => [source, destination])
    .filter(({ kind }) => kind === 'outside')
    .map((party) => `  ${dotEnd(party)} [shape=ellipse];\n`);
  return `digraph netpolc {\n  rankdir=LR;\n  node [shape=box];\n${clusters.join('')}${[...new Set(outside)].join('')}${edges.join('')}}\n`;
}

function dotCluster(namespace: string, workloads: readonly WorkloadDocument[], index: number): string {
  const nodes = workloads.map(({ id, name }) => `    ${dotString(id)} [label=${dotString(name)}];\n`);
  return `  subgraph cluster_${index} {\n    label=${dotString(namespace)};\n${nodes.join('')}  }\n`;
}

function edgeLabel(alike: readonly ConnectionDocument[]): string {
  return [...new Set(alike.map(({ text }) => text))].join('\n');
}

function dotEnd(party: PartyDocument): string {
  return dotString(party.kind === 'outside' ? party.text : party.workload);
}

/** A quoted string of the DOT language. A line end is its `\n`. */
function dotString(text: string): string {
  const escape = (line: string): string => escapeText(line).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return `"${text.split('\n').map(escape).join('\\n')}"`;
}

function silentWorkloads({ workloads, connections }: MatrixDocument): readonly WorkloadDocument[] {
  const ends = connections.flatMap(({ source, destination }) => [source, destination]);
  const speaking = new Set(ends.flatMap((party) => (party.kind === 'workload' ? [party.workload] : [])));
  return workloads.filter(({ id }) => !speaking.has(id));
}
