// A comparison as Markdown, for a comment on a pull request: one line that says it all, then what fits.
import { groupBy } from '../collections/get-or-make.ts';
import type { CauseDocument, DiffDocument, IsolationDocument, OutputDocument, PlaceDocument } from './document.ts';
import { groupConnections, type GroupedConnection } from './grouped.ts';
import { codeSpan, linkTo, plainText } from './markdown-text.ts';
import { causeText, isolationText, outputText, partiesText, placeText, policyText } from './words.ts';

export interface MarkdownOptions {
  /** Most UTF-16 units of the text; whole groups are left out from the end until it fits, and counted. Null: no limit. */
  readonly limit: number | null;
  /** URLs of the two sides' files, to which `/PATH#LLINE` is added; null: no links. */
  readonly urls: { readonly base: string | null; readonly head: string | null };
}

export const plainMarkdown: MarkdownOptions = { limit: null, urls: { base: null, head: null } };

/** Ends with a line end. Text from the input is never read as Markdown. */
export function printDiffMarkdown(document: DiffDocument, options: MarkdownOptions = plainMarkdown): string {
  const groups = groupConnections(document.connections.filter(({ change }) => change !== 'kept'));
  const heading = `**${plainText(document.summary.text)}**\n`;
  const rows = groups.map((group) => connectionRow(group, options));
  const isolation = document.isolation.map((each) => isolationItem(each, options));
  const outputs = outputItems(document.outputs);
  const whole = layOut({ heading, rows, isolation, outputs, left: 0 });
  const { limit } = options;
  if (limit === null || whole.length <= limit) return whole;
  return cut({ heading, rows, isolation, outputs, left: 0 }, limit);
}

interface Pieces {
  readonly heading: string;
  readonly rows: readonly string[];
  readonly isolation: readonly string[];
  readonly outputs: readonly string[];
  /** Rows that were left out. */
  readonly left: number;
}

function layOut({ heading, rows, isolation, outputs, left }: Pieces): string {
  const header = '| | From | To | Ports | Because |\n| :-: | --- | --- | --- | --- |\n';
  const more = left === 0 ? '' : `\n… and ${left} more ${left === 1 ? 'change' : 'changes'}: see the full report.\n`;
  const sections = [
    heading,
    ...(rows.length === 0 ? [] : [`${header}${rows.join('')}`]),
    ...(more === '' ? [] : [more.trimStart()]),
    ...(isolation.length === 0 ? [] : [isolation.join('')]),
    ...(outputs.length === 0
      ? []
      : [`<details><summary>Compiled output</summary>\n\n${outputs.join('')}\n</details>\n`]),
  ];
  return sections.join('\n');
}

/** The longest beginning that fits: outputs go first, then isolation, then rows from the end. */
function cut(pieces: Pieces, limit: number): string {
  const without = [
    { ...pieces, outputs: [] },
    { ...pieces, outputs: [], isolation: [] },
  ].find((each) => layOut(each).length <= limit);
  if (without !== undefined) return layOut(without);
  let [low, high] = [0, pieces.rows.length];
  const withRows = (count: number): string =>
    layOut({
      ...pieces,
      outputs: [],
      isolation: [],
      rows: pieces.rows.slice(0, count),
      left: pieces.rows.length - count,
    });
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (withRows(middle).length <= limit) low = middle;
    else high = middle - 1;
  }
  return withRows(low);
}

function connectionRow(
  { change, sources, destinations, text, causes }: GroupedConnection,
  options: MarkdownOptions,
): string {
  const sign = change === 'gained' ? '➕ gained' : '➖ lost';
  const because = causes.map((cause) => causeItem(cause, change, options)).join('<br>');
  return `| ${sign} | ${codeSpan(partiesText(sources))} | ${codeSpan(partiesText(destinations))} | ${codeSpan(text)} | ${because} |\n`;
}

function causeItem(cause: CauseDocument, change: GroupedConnection['change'], { urls }: MarkdownOptions): string {
  const place = placeLink(cause, urls[cause.world]);
  return `${place} (${cause.world}) ${codeSpan(policyText(cause))} ${causeText(cause, change)}`;
}

function placeLink(place: PlaceDocument, url: string | null): string {
  const text = codeSpan(placeText(place));
  if (url === null) return text;
  const path = fileInRepository(place.file).split('/').map(encodeURIComponent).join('/');
  return linkTo(text, `${url}/${path}#L${place.line}`);
}

/** `git:main:policies/db.yaml` is `policies/db.yaml` there. */
export function fileInRepository(file: string): string {
  return (/^git:[^:]*:(.*)$/s.exec(file)?.[1] ?? file).replace(/^(?:\.\/)+/, '');
}

function isolationItem(isolation: IsolationDocument, { urls }: MarkdownOptions): string {
  const url = isolation.change === 'isolated' ? urls.head : urls.base;
  const places = isolation.policies.map((place) => `${placeLink(place, url)} ${codeSpan(policyText(place))}`);
  return `- ${codeSpan(isolationText(isolation))}, by ${places.join(', ')}\n`;
}

function outputItems(outputs: readonly OutputDocument[]): readonly string[] {
  return [...groupBy(outputs, (each) => `${each.target} ${outputText(each)}`).values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const nodes = alike.length === 1 ? codeSpan(first.node) : `${alike.length} nodes, ${codeSpan(first.node)} first`;
    return [`- ${first.target}, ${nodes}: ${outputText(first)}\n`];
  });
}
