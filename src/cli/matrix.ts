// `netpolc matrix`: who can reach whom, workload by workload, with the exact ports.
import type { Command } from 'commander';
import type { Subject } from '../connectivity/endpoints.ts';
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { escapeJson } from '../diagnostics/safe-text.ts';
import { diffWorlds } from '../diff/diff-worlds.ts';
import type { Host } from '../host/host.ts';
import type { MatrixDocument } from '../report/document.ts';
import { matrixDocument } from '../report/matrix-document.ts';
import { printMatrixCsv, printMatrixDot, printMatrixMarkdown, printMatrixText } from '../report/print-matrix.ts';
import { andThen, fine } from './and-then.ts';
import { onlyDiagnostics, type CommandResult } from './command-result.ts';
import { addInputOptions, choice, collect, type InputFlags } from './input-options.ts';
import { loadWorld } from './load-world.ts';
import { addPlannedOptions, planWorlds, type PlannedFlags, type PlannedWorlds } from './planned-worlds.ts';
import type { Finish } from './program.ts';
import { worldRemarks } from './world-remarks.ts';
import { writeResult } from './write-result.ts';

interface MatrixFlags extends InputFlags, PlannedFlags {
  readonly format: 'text' | 'json' | 'csv' | 'markdown' | 'dot' | 'svg' | 'html';
  readonly only: readonly string[];
  readonly output?: string;
}

const examples = `
Examples:
  netpolc matrix policies/ -s cluster.json
  netpolc matrix policies/ -s cluster.json --only shop --format html -o matrix.html
  netpolc matrix -s cluster.json --only shop/db --format csv`;

/** Defines the command. */
export function defineMatrix(command: Command, host: Host, finish: Finish): void {
  addInputOptions(addPlannedOptions(addOwnOptions(command)))
    .addHelpText('after', examples)
    .action(async (policies: string[], flags: MatrixFlags) =>
      finish(await writeResult(await matrix(policies, flags, host), flags.output, host), flags),
    );
}

function addOwnOptions(command: Command): Command {
  return command
    .addOption(
      choice('--format <format>', 'shape of the result', ['text', 'json', 'csv', 'markdown', 'dot', 'svg', 'html']),
    )
    .option('--only <namespace[/workload]>', 'only connections with such an end; may be repeated', collect, [])
    .option('-o, --output <file>', 'write the result into a file');
}

async function matrix(policies: readonly string[], flags: MatrixFlags, host: Host): Promise<CommandResult> {
  const outcome = await andThen(await loadWorld(policies, flags, host, { planned: true }), (world) =>
    andThen(planWorlds([world], flags), async (planned) =>
      andThen(await ask(planned, flags.only), (document) =>
        fine({ document, remarks: worldRemarks(world, { standIns: true }) }),
      ),
    ),
  );
  if (outcome.value === null) return onlyDiagnostics(outcome.diagnostics);
  const { document, remarks } = outcome.value;
  return { diagnostics: outcome.diagnostics, output: [await print(document, flags.format)], remarks, findings: false };
}

async function ask({ worlds, kindOf }: PlannedWorlds, only: readonly string[]): Promise<Outcome<MatrixDocument>> {
  const [judged] = worlds;
  if (judged === undefined) throw new Error('a world was asked for');
  const isOfInterest = ({ workload }: Subject): boolean =>
    only.length === 0 || only.some((each) => each === workload.namespace || each === workload.id);
  return andThen(
    diffWorlds(judged, judged, { wanted: 'all', kindOf, isOfInterest }),
    (found): Outcome<MatrixDocument> => {
      const document = matrixDocument(found, 'input', isOfInterest);
      const unknown = unknownNames(only, found.subjects);
      return { value: unknown.length > 0 ? null : document, diagnostics: unknown };
    },
  );
}

function unknownNames(only: readonly string[], subjects: readonly Subject[]): Outcome<never>['diagnostics'] {
  const known = new Set(subjects.flatMap(({ workload }) => [workload.namespace, workload.id]));
  return only
    .filter((name) => !known.has(name))
    .map((name) => {
      const guess = nearest(name, [...known]);
      const problem = `no pod belongs to \`${name}\``;
      return diagnose('NP7005', { problem }, null, guess === null ? {} : { hint: `did you mean \`${guess}\`?` });
    });
}

async function print(document: MatrixDocument, format: MatrixFlags['format']): Promise<string> {
  switch (format) {
    case 'text':
      return printMatrixText(document);
    case 'json':
      return `${escapeJson(JSON.stringify(document, null, 2))}\n`;
    case 'csv':
      return printMatrixCsv(document);
    case 'markdown':
      return printMatrixMarkdown(document);
    case 'dot':
      return printMatrixDot(document);
    case 'svg':
      return (await import('../report/html/matrix-svg.ts')).printSvg(document);
    case 'html':
      return (await import('../report/html/print-html.ts')).printHtml(document);
  }
}
