// The second step, for whoever wants it: lints the head. It has a step of its own, and so ten more annotations of each kind.
import type { ActionContext } from './action-context.ts';
import { lintWords } from './diff-words.ts';
import { parseSarif } from './sarif-log.ts';
import { files, readState, writeState } from './state.ts';
import { readTextFile, writeTextFile } from './text-file.ts';
import { uploadLog } from './upload-log.ts';
import { unheeded } from './workflow-command.ts';
import { writeAnnotations } from './write-annotations.ts';

/** Ends with 0: what was found counts when everything is published. */
export async function lint(folder: string, context: ActionContext): Promise<number> {
  const { host, netpolc, secret } = context;
  const state = await readState(folder, host);
  if (state.paths.head.length === 0) return 0;
  const { exitCode, out, err } = await netpolc(lintWords(state));
  await host.writeOut(unheeded(err, secret()));
  await writeState(folder, { ...state, lintExitCode: exitCode }, host);
  const log = parseSarif(out);
  if (log === null) return 0;
  await writeTextFile(`${folder}/${files.lintSarif}`, JSON.stringify(log), host);
  if (state.revisions.isCheckedOut) await writeAnnotations(log, state.revisions, host);
  if (!state.inputs.sarif) return 0;
  const diff = parseSarif((await readTextFile(`${folder}/${files.diffSarif}`, host)) ?? '');
  const logs = { ...(diff === null ? {} : { diff }), lint: log };
  await writeTextFile(`${folder}/${files.uploadSarif}`, uploadLog(logs, state.inputs.key, state.revisions), host);
  return 0;
}
