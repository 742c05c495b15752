// Findings as annotations: lines of the log that GitHub shows beside the changed lines.
import type { SarifLog, SarifResult, SarifRun } from './sarif-log.ts';
import { fileOf } from './sarif-log.ts';
import { repositoryPath } from './repository-path.ts';
import { annotationCommand, type AnnotationLevel } from './workflow-command.ts';

/** Where the compared tree lies in the repository. */
export interface PlacedIn {
  /** The working folder, with a `/` at its end unless it is empty. */
  readonly prefix: string;
  /** The commit of the base, whose lines are not shown. */
  readonly base: string;
}

/** How many of a level GitHub shows for each step; the rest it drops. Source: its documentation of usage limits. */
const mostOfLevel = 10;

const levelOrder: readonly AnnotationLevel[] = ['error', 'warning', 'notice'];

/** The commands, the most important first; how many findings have none because there are too many. */
export function printAnnotations(log: SarifLog, place: PlacedIn): { readonly text: string; readonly left: number } {
  const all = log.runs.flatMap((run) => run.results.map((result) => ({ level: levelOf(result), run, result })));
  const shown = levelOrder.flatMap((level) => all.filter((each) => each.level === level).slice(0, mostOfLevel));
  const text = shown.map(({ level, run, result }) => printOne(level, run, result, place)).join('');
  return { text, left: all.length - shown.length };
}

/** A connection gained or lost is news, and weighs more here than in a list of everything that netpolc has to say. */
function levelOf({ ruleId, level }: SarifResult): AnnotationLevel {
  if (ruleId === 'NP6201' || ruleId === 'NP6202') return 'warning';
  return level === 'note' ? 'notice' : level;
}

function printOne(level: AnnotationLevel, run: SarifRun, result: SarifResult, place: PlacedIn): string {
  const { ruleId, message, locations = [], relatedLocations = [] } = result;
  const rule = run.tool.driver.rules.find(({ id }) => id === ruleId);
  const title = `${rule?.shortDescription.text ?? 'finding'} (${ruleId})`;
  const notes = relatedLocations.map(
    (related) =>
      `${shownPlace(fileOf(related), place)}:${related.physicalLocation.region.startLine}: ${related.message.text}`,
  );
  return annotationCommand(level, [message.text, ...notes].join('\n'), { ...placeOf(locations[0], place), title });
}

/** Columns count only where one line is meant. An end at the beginning of a line is the end of the line before. */
function placeOf(
  location: NonNullable<SarifResult['locations']>[number] | undefined,
  { prefix, base }: PlacedIn,
): Readonly<Record<string, string | number | null>> {
  const file = location === undefined ? null : repositoryPath(fileOf(location), prefix, base);
  if (location === undefined || file === null) return {};
  const { startLine, endLine, startColumn, endColumn } = location.physicalLocation.region;
  if (startLine === endLine) return { file, line: startLine, endLine, col: startColumn, endColumn };
  return { file, line: startLine, endLine: endColumn === 1 ? endLine - 1 : endLine };
}

/** Files of the base are told by the first letters of its commit. */
function shownPlace(name: string, { prefix, base }: PlacedIn): string {
  return (
    repositoryPath(name, prefix, base) ??
    name.replace(`git:${base}:`, `${base.slice(0, 7)}:`).replace(/:(?:\.\/)+/, ':')
  );
}
