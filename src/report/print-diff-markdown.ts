// A comparison as Markdown, for a comment on a pull request: one line that says it all, then what fits.
import { groupBy } from '../collections/get-or-make.ts';
import type { CauseDocument, DiffDocument, IsolationDocument, OutputDocument, PlaceDocument } from './document.ts';
import { fitPieces, type Pieces } from './fit-pieces.ts';
import { groupConnections, type GroupedConnection } from './grouped.ts';
import { codeSpan, linkTo, plainText } from './markdown-text.ts';
import { causeText, isolatedText, outputText, partiesText, placeText, policyText, stateText } from './words.ts';

export interface MarkdownOptions {
  /** Most UTF-16 units of the text; whole groups are left out from the end until it fits, and counted. Null: no limit. */
  readonly limit: number | null;
  /** URLs of the two sides' files, to which `/PATH#LLINE` is added; null: no links. */
  readonly urls: { readonly base: string | null; readonly head: string | null };
  /** Where everything is seen that the limit leaves out; null: nowhere. */
  readonly reportUrl: string | null;
}

export const plainMarkdown: MarkdownOptions = { limit: null, urls: { base: null, head: null }, reportUrl: null };

/** Ends with a line end. Text from the input is never read as Markdown. */
export function printDiffMarkdown(document: DiffDocument, options: MarkdownOptions = plainMarkdown): string {
  const groups = groupConnections(document.connections.filter(({ change }) => change !== 'kept'));
  const pieces: Pieces = {
    rows: groups.map((group) => connectionRow(group, options)),
    isolation: document.isolation.map((each) => isolationItem(each, options)),
    outputs: outputItems(document.outputs),
    left: 0,
  };
  const print = (some: Pieces): string => layOut(document, some, options.reportUrl);
  return print(fitPieces(pieces, (some) => options.limit === null || print(some).length <= options.limit));
}

/** How many rows and items a comment shows at once: more would bury the conversation around it. */
const mostOpen = 12;

function layOut(
  { summary }: DiffDocument,
  { rows, isolation, outputs, left }: Pieces,
  reportUrl: string | null,
): string {
  const header = '| | From | To | Ports | Because |\n| --- | --- | --- | --- | --- |\n';
  const sections = [
    ...(rows.length === 0 ? [] : [`${header}${rows.join('')}`]),
    ...(left === 0 ? [] : [leftOut(left, reportUrl)]),
    ...(isolation.length === 0 ? [] : [isolation.join('')]),
  ];
  const isLong = rows.length + isolation.length > mostOpen;
  const body = isLong ? [fold('All connections and workloads', sections.join('\n'))] : sections;
  const compiled = outputs.length === 0 ? [] : [fold('Compiled output', outputs.join(''))];
  return [`**${plainText(summary.text.replaceAll(' -> ', ' → '))}**\n`, ...body, ...compiled].join('\n');
}

function leftOut(count: number, reportUrl: string | null): string {
  const place = reportUrl === null ? 'the full report' : linkTo('the full report', reportUrl);
  return `… and ${count} more ${count === 1 ? 'change' : 'changes'}: see ${place}.\n`;
}

function fold(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n</details>\n`;
}

function connectionRow(
  { change, sources, destinations, text, causes }: GroupedConnection,
  options: MarkdownOptions,
): string {
  const sign = change === 'gained' ? '➕&nbsp;gained' : '➖&nbsp;lost';
  const ends = [partiesText(sources), partiesText(destinations), text].map(codeSpan).join(' | ');
  return `| ${sign} | ${ends} | ${causeItems(causes, change, options).join('<br>')} |\n`;
}

/** Pieces of policies that have the same to do with a change are told together. */
function causeItems(
  causes: readonly CauseDocument[],
  change: GroupedConnection['change'],
  { urls }: MarkdownOptions,
): readonly string[] {
  const byEffect = groupBy(causes, (cause) => causeText(cause, change));
  return [...byEffect].map(([text, alike]) => {
    const links = alike.map((cause) => policyLink(cause, urls[cause.world])).join(', ');
    return `${links} ${alike.length === 1 ? text : text.replace(/^(allow|isolate)s /, '$1 ')}`;
  });
}

/** The piece of a policy, with a link to its line, or the line in words. */
function policyLink(place: PlaceDocument, url: string | null): string {
  const text = codeSpan(policyText(place));
  const file = fileInRepository(place.file);
  if (url === null || file.startsWith('/')) return `${text} (${codeSpan(placeText(place))})`;
  return linkTo(text, `${url}/${file.split('/').map(encodeStep).join('/')}#L${place.line}`);
}

/** `git:main:policies/db.yaml` is `policies/db.yaml` there. */
function fileInRepository(file: string): string {
  return (/^git:[^:]*:(.*)$/s.exec(file)?.[1] ?? file).replace(/^(?:\.\/)+/, '');
}

/** Lone surrogates, which no URL can hold, become U+FFFD. */
function encodeStep(step: string): string {
  return encodeURIComponent(step.replace(/\p{Cs}/gu, '\ufffd'));
}

function isolationItem(isolation: IsolationDocument, { urls }: MarkdownOptions): string {
  const url = isolation.change === 'isolated' ? urls.head : urls.base;
  const places = isolation.policies.map((place) => policyLink(place, url));
  const because = isolation.change === 'isolated' ? 'selected by' : 'selected before by';
  return `- ${codeSpan(isolatedText(isolation))} ${stateText(isolation)}${places.length === 0 ? '' : `, ${because} ${places.join(', ')}`}\n`;
}

function outputItems(outputs: readonly OutputDocument[]): readonly string[] {
  return [...groupBy(outputs, (each) => `${each.target} ${outputText(each)}`).values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const nodes = alike.length === 1 ? codeSpan(first.node) : `${alike.length} nodes, ${codeSpan(first.node)} first`;
    return [`- ${first.target}, ${nodes}: ${outputText(first)}\n`];
  });
}
