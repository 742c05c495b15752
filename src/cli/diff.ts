// `netpolc diff`: what a change of policies does to connections, and to what is compiled.
import { InvalidArgumentError, type Command, type Option } from 'commander';
import { targets } from '../../targets/index.ts';
import { hasErrors, type Outcome } from '../diagnostics/diagnostic.ts';
import { escapeJson } from '../diagnostics/safe-text.ts';
import { printSarif } from '../diagnostics/sarif.ts';
import { diffWorlds, type WorldDiff } from '../diff/diff-worlds.ts';
import type { Host } from '../host/host.ts';
import { diffDiagnostics } from '../report/diff-diagnostics.ts';
import { diffDocument, type DiffNames } from '../report/diff-document.ts';
import type { DiffDocument } from '../report/document.ts';
import { printDiffMarkdown } from '../report/print-diff-markdown.ts';
import { printDiffText } from '../report/print-diff-text.ts';
import type { Target } from '../target.ts';
import { version } from '../version.ts';
import { andThen, fine } from './and-then.ts';
import { onlyDiagnostics, type CommandResult } from './command-result.ts';
import { compareOutputs, type OutputOptions } from './compare-outputs.ts';
import { findTarget } from './find-target.ts';
import { addWorldOptions, choice, collect, optionalChoice, suggestion } from './input-options.ts';
import { loadCompared, type ComparedWorlds } from './load-compared.ts';
import { addPlannedOptions, type PlannedFlags } from './planned-worlds.ts';
import type { Finish } from './program.ts';
import { worldRemarks } from './world-remarks.ts';
import { writeResult } from './write-result.ts';

interface DiffFlags extends PlannedFlags {
  readonly format: 'text' | 'json' | 'markdown' | 'html' | 'sarif';
  readonly exitCode?: true;
  readonly failOn?: 'gained' | 'lost' | 'any';
  readonly unchanged?: true;
  readonly output?: string;
  readonly baseUrl?: string;
  readonly headUrl?: string;
  readonly limit?: number;
  readonly target: readonly string[];
  readonly outputDiff?: true;
  readonly eachNode?: true;
  readonly base: readonly string[];
  readonly head: readonly string[];
}

const examples = `
BASE and HEAD are files, folders or git revisions (git:main:policies/), with policies and, if you like, cluster objects.

Examples:
  netpolc diff git:main:policies/ policies/ -s cluster.json
  netpolc diff old/ new/ --format markdown
  netpolc diff git:origin/main:deploy/ deploy/ --fail-on gained`;

/** Defines the command. */
export function defineDiff(command: Command, host: Host, finish: Finish): void {
  addWorldOptions(addPlannedOptions(addOwnOptions(command)))
    .addHelpText('after', examples)
    .action(async (base: string, head: string, flags: DiffFlags) =>
      finish(await writeResult(await diff(base, head, flags, host), flags.output, host), flags),
    );
}

function addOwnOptions(command: Command): Command {
  return command
    .argument('<BASE>', 'what there was: a file, a folder, or git:REVISION:PATH')
    .argument('<HEAD>', 'what there will be, likewise')
    .option('--base <path>', 'more of BASE; may be repeated', collect, [])
    .option('--head <path>', 'more of HEAD; may be repeated', collect, [])
    .addOption(choice('--format <format>', 'shape of the result', ['text', 'json', 'markdown', 'html', 'sarif']))
    .option('-o, --output <file>', 'write the result into a file')
    .option('--exit-code', 'exit 1 on any difference')
    .addOption(optionalChoice('--fail-on <change>', 'exit 1 on this kind of difference', ['gained', 'lost', 'any']))
    .addOption(targetOption())
    .option('--output-diff', 'show the compiled output as a text diff, too')
    .option('--each-node', 'compare the output of every node that differs, however many')
    .option('--unchanged', 'list the connections that stay as they are as well')
    .option('--limit <characters>', 'for markdown: leave out whole groups until the text is no longer', parseLimit)
    .option('--base-url <url>', "for markdown: where the base's files are seen, for links to lines")
    .option('--head-url <url>', "for markdown: where the head's files are seen, for links to lines");
}

async function diff(base: string, head: string, flags: DiffFlags, host: Host): Promise<CommandResult> {
  const outcome = await andThen(wantedTargets(flags.target), async (targets) =>
    andThen(await loadCompared([base, ...flags.base], [head, ...flags.head], flags, host), (worlds) =>
      andThen(compare(worlds, flags), (found) =>
        andThen(compareOutputs(worlds, found, outputOptions(targets, flags)), (outputs) =>
          fine({ worlds, found, document: diffDocument(found, outputs, namesOf(base, head, flags)) }),
        ),
      ),
    ),
  );
  if (outcome.value === null) return onlyDiagnostics(outcome.diagnostics);
  const { worlds, found, document } = outcome.value;
  return {
    diagnostics: outcome.diagnostics,
    output: [await print(document, found, worlds, flags)],
    remarks: [...comparedRemarks(worlds), ...worlds.remarks],
    findings: isFinding(document, flags),
  };
}

function namesOf(base: string, head: string, more: Pick<DiffFlags, 'base' | 'head'>): DiffNames {
  return { base: [base, ...more.base].join(', '), head: [head, ...more.head].join(', ') };
}

function targetOption(): Option {
  const names = [...targets.map(({ name }) => name), 'none'];
  return suggestion('--target <name>', 'compiled output to compare, may be repeated (default: all)', names)
    .argParser<readonly string[]>((name, before) => [...before, name])
    .default([]);
}

function outputOptions(targets: readonly Target[], flags: DiffFlags): OutputOptions {
  const [text, eachNode] = [flags.outputDiff === true, flags.eachNode === true];
  return { targets, text, eachNode, asked: text || eachNode || flags.target.length > 0 };
}

/** Every target when none is named. */
function wantedTargets(names: readonly string[]): Outcome<readonly Target[]> {
  if (names.length === 0) return fine(targets);
  const outcomes = names.filter((name) => name !== 'none').map(findTarget);
  const diagnostics = outcomes.flatMap((outcome) => outcome.diagnostics);
  return { value: hasErrors(diagnostics) ? null : outcomes.flatMap(({ value }) => value ?? []), diagnostics };
}

/** What both sides are told about is said once. */
function comparedRemarks({ base, head }: ComparedWorlds): readonly string[] {
  const sides = [base, head].map(({ world }) => worldRemarks(world, { standIns: true }));
  const [before = [], after = []] = sides;
  const both = before.filter((remark) => after.includes(remark));
  const only = (side: string, remarks: readonly string[]): readonly string[] =>
    remarks.filter((remark) => !both.includes(remark)).map((remark) => `${side}: ${remark}`);
  return [...both, ...only('base', before), ...only('head', after)];
}

function compare({ base, head, kindOf }: ComparedWorlds, flags: DiffFlags): ReturnType<typeof diffWorlds> {
  const isSmall = [base, head].every(({ world }) => world.snapshot.pods.length <= mostPodsInFull);
  const all = flags.unchanged === true || (flags.format === 'html' && isSmall);
  return diffWorlds(base, head, { wanted: all ? 'all' : 'changed', kindOf });
}

/** Up to so many pods a page shows what stays the same as well, so that the picture is whole. */
const mostPodsInFull = 1000;

async function print(
  document: DiffDocument,
  found: WorldDiff,
  { head }: ComparedWorlds,
  flags: DiffFlags,
): Promise<string> {
  switch (flags.format) {
    case 'text':
      return printDiffText(document);
    case 'json':
      return `${escapeJson(JSON.stringify(document, null, 2))}\n`;
    case 'markdown': {
      const urls = { base: flags.baseUrl ?? null, head: flags.headUrl ?? null };
      return printDiffMarkdown(document, { limit: flags.limit ?? null, urls, reportUrl: null });
    }
    case 'html':
      return (await import('../report/html/print-html.ts')).printHtml(document);
    case 'sarif':
      return printSarif(diffDiagnostics(found, head.world), version);
  }
}

/** Without `--exit-code` and `--fail-on` a difference is an answer like any other. */
function isFinding({ summary }: DiffDocument, { exitCode, failOn }: DiffFlags): boolean {
  const { gained, lost, isolated, opened, nodes } = summary;
  const any = gained + lost + isolated + opened + nodes > 0;
  const wanted = { gained: gained > 0, lost: lost > 0, any };
  return (exitCode === true && any) || (failOn !== undefined && wanted[failOn]);
}

/** Room for a heading and the note that something was left out. */
const leastLimit = 1000;

function parseLimit(text: string): number {
  const limit = /^[0-9]{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < leastLimit) throw new InvalidArgumentError(`At least ${leastLimit} characters are needed.`);
  return limit;
}
