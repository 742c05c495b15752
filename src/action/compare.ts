// The first step: compares, and leaves the result in files for the steps behind it. Ends with 0 when they have something to
// publish, invalid policies included.
import { exitCodeOf } from '../cli/exit-code.ts';
import { andThen, fine } from '../cli/and-then.ts';
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { printText } from '../diagnostics/text.ts';
import { runnerVariable, type ActionContext } from './action-context.ts';
import { findPaths } from './compared-paths.ts';
import { nothing } from './diff-words.ts';
import { findPull, type Pull } from './find-pull.ts';
import { findRevisions } from './find-revisions.ts';
import { decodeInputs, type ActionInputs } from './inputs.ts';
import { makeDocuments } from './make-documents.ts';
import { files, writeState, type Plan } from './state.ts';
import { readTextFile, tellRunner, writeTextFile } from './text-file.ts';
import { decodeTrigger, type Trigger } from './trigger.ts';
import { annotationCommand, outputText, unheeded } from './workflow-command.ts';

export async function compare(context: ActionContext): Promise<number> {
  const { value: plan, diagnostics } = await makePlan(context);
  if (plan === null) return refuse(diagnostics, context);
  if (plan === 'passed over') return 0;
  const { host, secret } = context;
  const folder = `${runnerVariable('RUNNER_TEMP', context)}/netpolc/${plan.inputs.key}`;
  await host.remove(folder);
  await writeTextFile(`${folder}/${files.nothing}`, nothing, host);
  const made = await makeDocuments(plan, folder, context);
  await writeState(folder, { ...plan, comparison: made.comparison, lintExitCode: null }, host);
  const outputs = { folder, ...made.outputs };
  const text = Object.entries(outputs).map(([name, value]) => outputText(name, value, secret()));
  await tellRunner('GITHUB_OUTPUT', text.join(''), host);
  return 0;
}

async function makePlan(context: ActionContext): Promise<Outcome<Plan | 'passed over'>> {
  const { host } = context;
  return andThen(
    decodeInputs((name) => host.env(`INPUT_${name.toUpperCase().replaceAll('-', '_')}`)),
    async (inputs) =>
      andThen(await readTrigger(context), async (trigger) =>
        andThen(await pullOf(trigger, context), async (pull) =>
          pull === 'passed over' ? fine<Plan | 'passed over'>(pull) : planFor(inputs, trigger, pull.pull, context),
        ),
      ),
  );
}

async function planFor(
  inputs: ActionInputs,
  trigger: Trigger,
  pull: Pull | null,
  { host }: ActionContext,
): Promise<Outcome<Plan | 'passed over'>> {
  const wanted = { base: inputs.base, trigger, baseSha: pull?.baseSha ?? null };
  return andThen(await findRevisions(wanted, host), async (revisions) =>
    andThen(await findPaths(inputs.policies, revisions, host), (paths) =>
      fine({ inputs, pull: pull?.number ?? null, revisions, paths }),
    ),
  );
}

async function readTrigger(context: ActionContext): Promise<Outcome<Trigger>> {
  const name = runnerVariable('GITHUB_EVENT_NAME', context);
  if (name === 'pull_request_target') {
    const problem = 'the event `pull_request_target` has the base checked out and would compare it with itself';
    const hint = 'use `pull_request`, and `workflow_run` to comment on pull requests from forks';
    return { value: null, diagnostics: [diagnose('NP7005', { problem }, null, { hint })] };
  }
  const text = await readTextFile(runnerVariable('GITHUB_EVENT_PATH', context), context.host);
  return fine(decodeTrigger(name, text === null ? null : JSON.parse(text)));
}

async function pullOf(
  trigger: Trigger,
  context: ActionContext,
): Promise<Outcome<{ readonly pull: Pull | null } | 'passed over'>> {
  if (trigger.kind === 'other') return fine({ pull: null });
  if (trigger.kind === 'pull request') return fine({ pull: trigger });
  const found = await findPull(trigger, runnerVariable('GITHUB_REPOSITORY', context), context.api);
  if (found.kind === 'refusal') {
    const reason = `GitHub does not list pull requests: ${found.status} ${found.message}`;
    return {
      value: null,
      diagnostics: [diagnose('NP7030', { reason }, null, { hint: 'the job needs `pull-requests: read`' })],
    };
  }
  if (found.pull !== null) return fine({ pull: found.pull });
  const message = 'No open pull request stands at the commit of that run: nothing to say.';
  await context.host.writeOut(annotationCommand('notice', message));
  return fine('passed over');
}

async function refuse(diagnostics: readonly Diagnostic[], { host, secret }: ActionContext): Promise<number> {
  await host.writeOut(unheeded(printText(diagnostics, { color: false }), secret()));
  for (const { code, message, hint, notes } of diagnostics) {
    const lines = [
      message,
      ...notes.map((note) => `note: ${note.message}`),
      ...(hint === null ? [] : [`hint: ${hint}`]),
    ];
    await host.writeOut(annotationCommand('error', lines.join('\n'), { title: `netpolc (${code})` }));
  }
  return exitCodeOf(diagnostics);
}
