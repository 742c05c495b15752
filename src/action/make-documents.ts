// Runs `netpolc diff` once for each form of its result.
import { hasPlaceInHead } from './blame.ts';
import type { ActionContext } from './action-context.ts';
import { diffWords } from './diff-words.ts';
import { parseSarif, type SarifLog } from './sarif-log.ts';
import { files, type Comparison, type Plan } from './state.ts';
import { readTextFile, writeTextFile } from './text-file.ts';
import { uploadLog } from './upload-log.ts';
import { writeAnnotations } from './write-annotations.ts';
import { annotationCommand, unheeded } from './workflow-command.ts';

export interface MadeDocuments {
  readonly comparison: Comparison;
  /** Outputs of the step, by name. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Writes them into the folder, and says in the log what netpolc says. */
export async function makeDocuments(plan: Plan, folder: string, context: ActionContext): Promise<MadeDocuments> {
  const { netpolc, host, secret } = context;
  const path = (name: keyof typeof files): string => `${folder}/${files[name]}`;
  const words = (...own: readonly string[]): readonly string[] =>
    diffWords({ ...plan, nothingPath: path('nothing') }, own);
  const { exitCode, err } = await netpolc(words('--format=json', `--output=${path('document')}`));
  await host.writeOut(unheeded(err, secret()));
  if (exitCode !== 0 && exitCode !== 1 && exitCode !== 3)
    return { comparison: { kind: 'failed', exitCode }, outputs: {} };
  const sarif =
    exitCode === 3
      ? await netpolc(words('--diagnostics=sarif'))
      : await netpolc(words('--format=sarif', '--target=none'));
  const log = parseSarif(exitCode === 3 ? sarif.err : sarif.out);
  const found = log === null ? {} : await keepFindings(log, plan, folder, context);
  if (exitCode === 3) {
    const side = log !== null && !hasPlaceInHead(log, plan.revisions.base) ? 'base' : 'head';
    return { comparison: { kind: 'invalid', side }, outputs: found };
  }
  const report = plan.inputs.report
    ? await makeReport(words('--format=html', `--output=${path('report')}`), path('report'), context)
    : {};
  return {
    comparison: { kind: 'compared', exitCode },
    outputs: { 'json-path': path('document'), ...found, ...report },
  };
}

async function keepFindings(
  log: SarifLog,
  plan: Plan,
  folder: string,
  { host }: ActionContext,
): Promise<MadeDocuments['outputs']> {
  const { revisions, inputs } = plan;
  await writeTextFile(`${folder}/${files.diffSarif}`, JSON.stringify(log), host);
  // Annotations of a run that another one has started would stand beside lines of the default branch.
  if (revisions.isCheckedOut) await writeAnnotations(log, revisions, host);
  if (!inputs.sarif) return {};
  const path = `${folder}/${files.uploadSarif}`;
  await writeTextFile(path, uploadLog({ diff: log }, inputs.key, revisions), host);
  return { 'sarif-path': path };
}

async function makeReport(
  words: readonly string[],
  path: string,
  { netpolc, host, secret }: ActionContext,
): Promise<MadeDocuments['outputs']> {
  const { exitCode, err } = await netpolc(words);
  if (exitCode <= 1 && (await readTextFile(path, host)) !== null) return { 'report-path': path };
  await host.writeOut(unheeded(err, secret()));
  await host.writeOut(annotationCommand('warning', 'The HTML report could not be made.'));
  return {};
}
