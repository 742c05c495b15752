// Findings as a list in Markdown, each with a link to its line.
import { codeSpan, linkTo, plainText } from '../report/markdown-text.ts';
import type { PlacedIn } from './annotations.ts';
import { repositoryPath } from './repository-path.ts';
import { fileOf, type SarifLog, type SarifResult } from './sarif-log.ts';

export interface ListOptions {
  readonly place: PlacedIn & { readonly head: string };
  /** The URL of the root of the repository at a commit. */
  readonly url: (commit: string) => string;
  /** Most UTF-16 units; what does not fit is counted. */
  readonly limit: number;
}

const levels = ['error', 'warning', 'note'] as const;

/** Errors first. Ends with a line end, unless there is nothing. */
export function problemItems({ runs }: SarifLog, options: ListOptions): string {
  const results = runs.flatMap((run) => run.results);
  const sorted = levels.flatMap((level) => results.filter((each) => each.level === level));
  const items: string[] = [];
  let room = options.limit - leftOut(sorted.length).length;
  for (const each of sorted) {
    const item = problemItem(each, options);
    room -= item.length;
    if (room < 0) return `${items.join('')}${leftOut(sorted.length - items.length)}`;
    items.push(item);
  }
  return items.join('');
}

function problemItem({ level, ruleId, message, locations = [] }: SarifResult, options: ListOptions): string {
  const [first = ''] = message.text.split('\n');
  const [location] = locations;
  const place = location === undefined ? '' : `${placeLink(location, options)} `;
  return `- ${level} ${place}${plainText(first)} (${ruleId})\n`;
}

function placeLink(location: NonNullable<SarifResult['locations']>[number], { place, url }: ListOptions): string {
  const name = fileOf(location);
  const line = location.physicalLocation.region.startLine;
  const isBase = name.startsWith(`git:${place.base}:`);
  const path = repositoryPath(isBase ? name.replace(/^git:[^:]*:/, '') : name, place.prefix, place.base);
  if (path === null) return codeSpan(`${name}:${line}`);
  const steps = path.split('/').map(encodeURIComponent).join('/');
  return linkTo(codeSpan(`${path}:${line}`), `${url(isBase ? place.base : place.head)}/${steps}#L${line}`);
}

function leftOut(count: number): string {
  return `- … and ${count} more\n`;
}
