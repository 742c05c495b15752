// The last step: the summary of the run, the comment, the outputs; then the exit code.
import { exitCodes } from '../cli/exit-code.ts';
import type { DiffDocument } from '../report/document.ts';
import { runnerVariable, type ActionContext } from './action-context.ts';
import { markerOf, printComment, printSummary, type Told } from './comment-body.ts';
import { parseSarif } from './sarif-log.ts';
import { files, readState, type State } from './state.ts';
import { putComment, type Put } from './sticky-comment.ts';
import { readTextFile, tellRunner } from './text-file.ts';
import { annotationCommand, outputText } from './workflow-command.ts';

export async function publish(folder: string, context: ActionContext): Promise<number> {
  const { host, secret } = context;
  const state = await readState(folder, host);
  const told = await readTold(folder, state, context);
  await tellRunner('GITHUB_STEP_SUMMARY', printSummary(titleOf(state), told), host);
  const url = await comment(state, told, context);
  const outputs = { ...changesOf(told.document), 'comment-url': url ?? '' };
  const text = Object.entries(outputs).map(([name, value]) => outputText(name, value, secret()));
  await tellRunner('GITHUB_OUTPUT', text.join(''), host);
  if (runnerVariable('NETPOLC_SARIF_OUTCOME', context) === 'failure') {
    await host.writeOut(
      annotationCommand('warning', 'Code scanning did not take the findings: the job needs `security-events: write`.'),
    );
  }
  return conclude(state, context);
}

function titleOf({ inputs }: State): string {
  return inputs.key === 'default' ? 'Network policies' : `Network policies: ${inputs.key}`;
}

async function readTold(folder: string, state: State, context: ActionContext): Promise<Told> {
  const { host } = context;
  const read = (name: keyof typeof files): Promise<string | null> => readTextFile(`${folder}/${files[name]}`, host);
  const isCompared = state.comparison.kind === 'compared';
  const document = isCompared ? await read('document') : null;
  return {
    state,
    document: document === null ? null : (JSON.parse(document) as DiffDocument),
    problems: isCompared ? null : parseSarif((await read('diffSarif')) ?? ''),
    lint: parseSarif((await read('lintSarif')) ?? ''),
    links: linksOf(context),
  };
}

function linksOf(context: ActionContext): Told['links'] {
  const repository = `${runnerVariable('GITHUB_SERVER_URL', context)}/${runnerVariable('GITHUB_REPOSITORY', context)}`;
  const report = runnerVariable('NETPOLC_REPORT_URL', context);
  return {
    repository,
    run: `${repository}/actions/runs/${runnerVariable('GITHUB_RUN_ID', context)}`,
    report: report || null,
  };
}

function changesOf(document: DiffDocument | null): Readonly<Record<string, string>> {
  if (document === null) return { gained: '', lost: '', summary: '' };
  const { gained, lost, text } = document.summary;
  return { gained: `${gained}`, lost: `${lost}`, summary: text };
}

/** The URL of the comment; null when there is none. A token that may not comment is no failure: the summary has it all. */
async function comment(
  { inputs, pull, comparison }: State,
  told: Told,
  { api, host, sleep }: ActionContext,
): Promise<string | null> {
  if (!inputs.comment || pull === null) return null;
  const put = await putComment(
    {
      repository: runnerVariable('GITHUB_REPOSITORY', { host }),
      pull,
      marker: markerOf(inputs.key),
      body: printComment(inputs.key, told),
      isNews: comparison.kind === 'invalid' || (told.document !== null && hasNews(told.document)),
    },
    api,
    sleep,
  );
  if (put.kind === 'refusal') await host.writeOut(explainRefusal(put));
  return 'url' in put ? put.url : null;
}

function hasNews({ summary, outputs }: DiffDocument): boolean {
  return summary.gained + summary.lost + summary.isolated + summary.opened + outputs.length > 0;
}

function explainRefusal({ status, message }: Extract<Put, { readonly kind: 'refusal' }>): string {
  const why = `GitHub says: ${status === 0 ? '' : `${status} `}${message}`;
  if (status === 403) {
    const text =
      'No comment: the token may not write any, as in pull requests from forks. The summary of this run has everything.';
    return annotationCommand('notice', `${text}\n${why}`);
  }
  return annotationCommand(
    'warning',
    `The comment could not be written. The summary of this run has everything.\n${why}`,
  );
}

async function conclude({ comparison, lintExitCode }: State, { host }: ActionContext): Promise<number> {
  const linted = lintExitCode ?? exitCodes.fine;
  switch (comparison.kind) {
    case 'compared':
      return Math.max(comparison.exitCode, linted);
    case 'failed':
      return comparison.exitCode;
    case 'invalid':
      if (comparison.side === 'head') return exitCodes.input;
      await host.writeOut(
        annotationCommand('warning', 'The policies of the base are not valid: nothing was compared.'),
      );
      return linted;
  }
}
