// What a comment and a summary say: the result in one line, then all of it, then where more is.
import type { DiffDocument } from '../report/document.ts';
import { linkTo, plainText, codeSpan } from '../report/markdown-text.ts';
import { printDiffMarkdown } from '../report/print-diff-markdown.ts';
import { problemItems } from './problem-items.ts';
import type { SarifLog } from './sarif-log.ts';
import type { State } from './state.ts';

export interface Told {
  readonly state: Pick<State, 'comparison' | 'revisions'>;
  /** Null when nothing was compared. */
  readonly document: DiffDocument | null;
  /** Why nothing was compared. */
  readonly problems: SarifLog | null;
  /** Null when nothing was linted. */
  readonly lint: SarifLog | null;
  readonly links: Links;
}

export interface Links {
  /** Of the repository: `https://github.com/owner/name`. */
  readonly repository: string;
  /** Of this run. */
  readonly run: string;
  /** Of the report among the run's artifacts; null when there is none. */
  readonly report: string | null;
}

/** Most UTF-16 units of a comment. Source: GitHub refuses a body of more than 65,536 characters. */
export const commentLimit = 65_536;

/** By this a comment is found again. Nothing that is not ours stands in it. */
export function markerOf(key: string): string {
  return `<!-- netpolc:diff:${key} -->`;
}

export function printComment(key: string, told: Told): string {
  const [top, end] = [`${markerOf(key)}\n`, footer(told)];
  const lint = told.lint === null ? '' : `\n${lintLine(told.lint)}\n`;
  const room = commentLimit - top.length - lint.length - end.length;
  return `${top}${result(told, room)}${lint}${end}`.trimEnd();
}

/** Most UTF-16 units of a summary: at most three bytes each, and GitHub takes 1 MiB for a step. */
const summaryLimit = 330_000;

/** Everything, for the summary of the run: also every finding of lint. */
export function printSummary(title: string, told: Told): string {
  const top = `## ${plainText(title)}\n\n`;
  const end = footer(told);
  const lint = told.lint === null ? '' : lintSection(told.lint, told, summaryLimit / 3);
  return `${top}${result(told, summaryLimit - top.length - end.length - lint.length)}${lint}${end}`;
}

/** A limit that cuts below the smallest is no limit that anything fits. */
function result({ state, document, problems, links }: Told, limit: number): string {
  const { comparison, revisions } = state;
  const root = (commit: string): string => `${links.repository}/blob/${commit}`;
  const folder = revisions.prefix.split('/').filter(Boolean).map(encodeURIComponent);
  const at = (commit: string): string => [root(commit), ...folder].join('/');
  if (document !== null) {
    const urls = { base: at(revisions.base), head: at(revisions.head) };
    return printDiffMarkdown(document, { limit, urls, reportUrl: links.report ?? links.run });
  }
  const heading = `**${headings[comparison.kind === 'invalid' ? comparison.side : 'failed']}**\n`;
  return `${heading}${problems === null ? '' : `\n${problemItems(problems, { place: revisions, url: root, limit: limit - heading.length - 1 })}`}`;
}

const headings = {
  head: 'The policies are not valid: what changes could not be told',
  base: 'The policies of the base are not valid, so what changes could not be told; those proposed here are',
  failed: 'netpolc failed, and what changes could not be told: the log says why',
} as const;

function lintLine(log: SarifLog): string {
  const counts = countsOf(log);
  return counts === '' ? 'Lint found nothing.' : `Lint found ${counts}.`;
}

function lintSection(log: SarifLog, { state, links }: Told, limit: number): string {
  const url = (commit: string): string => `${links.repository}/blob/${commit}`;
  const items = problemItems(log, { place: state.revisions, url, limit: limit - 200 });
  return `\n### Lint\n\n${lintLine(log)}\n\n${items}`;
}

/** `2 errors, 1 warning`; empty for none. */
function countsOf({ runs }: SarifLog): string {
  const results = runs.flatMap((run) => run.results);
  const counts = (['error', 'warning', 'note'] as const).map(
    (level) => [level, results.filter((each) => each.level === level).length] as const,
  );
  return counts
    .flatMap(([level, count]) => (count === 0 ? [] : [`${count} ${level}${count === 1 ? '' : 's'}`]))
    .join(', ');
}

function footer({ state, links }: Told): string {
  const { base, head } = state.revisions;
  const commit = (sha: string): string => linkTo(codeSpan(sha.slice(0, 7)), `${links.repository}/commit/${sha}`);
  const report = links.report === null ? [] : [linkTo('full report', links.report)];
  const parts = [`${commit(base)} → ${commit(head)}`, ...report, linkTo('run', links.run)];
  return `\n<sub>${parts.join(' · ')}</sub>\n`;
}
