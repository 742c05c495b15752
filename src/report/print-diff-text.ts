// A comparison as text, for terminals and logs.
import { groupBy } from '../collections/get-or-make.ts';
import { escapeText } from '../diagnostics/safe-text.ts';
import type { CauseDocument, DiffDocument, OutputDocument } from './document.ts';
import { groupConnections, type GroupedConnection } from './grouped.ts';
import { causeText, isolationText, outputText, outputTitle, partiesText, placeText, policyText } from './words.ts';

/** The summary, then everything in detail, the most important first. Ends with a line end. */
export function printDiffText(document: DiffDocument): string {
  const changed = document.connections.filter(({ change }) => change !== 'kept');
  const groups = groupConnections(changed);
  const sections = [
    [document.summary.text],
    section('gained', groups.filter(({ change }) => change === 'gained').flatMap(connectionLines)),
    section('lost', groups.filter(({ change }) => change === 'lost').flatMap(connectionLines)),
    section(
      'isolation',
      document.isolation.flatMap((each) => [
        `  ${isolationText(each)}`,
        ...each.policies.map((place) => `      ${placeText(place)}  ${policyText(place)}`),
      ]),
    ),
    section(outputTitle(document.summary).toLowerCase(), [
      ...outputLines(document.outputs),
      ...unseenLines(document.summary),
    ]),
    ...document.outputs.map(({ diff }) => (diff === null ? [] : diff.replace(/\n$/, '').split('\n'))),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(escapeText).join('\n'))
    .join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines];
}

function connectionLines({ change, sources, destinations, text, causes }: GroupedConnection): readonly string[] {
  const sign = change === 'gained' ? '+' : '-';
  const heading = `${sign} ${partiesText(sources)} -> ${partiesText(destinations)}: ${text}`;
  return [`  ${heading}`, ...causes.map((cause) => `      ${causeLine(cause, change)}`)];
}

function causeLine(cause: CauseDocument, change: GroupedConnection['change']): string {
  return `${cause.world}  ${placeText(cause)}  ${policyText(cause)}  ${causeText(cause, change)}`;
}

function outputLines(outputs: readonly OutputDocument[]): readonly string[] {
  return [...groupBy(outputs, ({ target }) => target)].flatMap(([target, ofTarget]) =>
    [...groupBy(ofTarget, outputText)].map(([text, alike]) => `  ${target}  ${nodesText(alike)}: ${text}`),
  );
}

/** Nodes whose output differs and was not compared. */
function unseenLines({ nodes, compared }: DiffDocument['summary']): readonly string[] {
  const rest = nodes - compared;
  return rest === 0 ? [] : [`  ${rest} ${rest === 1 ? 'node' : 'nodes'} not compared (--each-node compares all)`];
}

/** How many nodes are named before the rest is counted. */
const mostNodes = 6;

function nodesText(outputs: readonly OutputDocument[]): string {
  const nodes = outputs.map(({ node }) => node);
  const more = nodes.length - mostNodes;
  return more <= 0 ? nodes.join(', ') : `${nodes.slice(0, mostNodes).join(', ')} and ${more} more`;
}
