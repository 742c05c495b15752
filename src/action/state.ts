// What one step of the action tells the next: a file in a folder of the job.
import type { Host } from '../host/host.ts';
import type { ComparedPaths } from './compared-paths.ts';
import type { Revisions } from './find-revisions.ts';
import type { ActionInputs } from './inputs.ts';
import { readTextFile, writeTextFile } from './text-file.ts';

export type Comparison =
  | { readonly kind: 'compared'; readonly exitCode: 0 | 1 }
  /** Somebody must mend the policies: those of the base only, or those that are proposed. */
  | { readonly kind: 'invalid'; readonly side: 'base' | 'head' }
  | { readonly kind: 'failed'; readonly exitCode: number };

export interface State {
  readonly inputs: ActionInputs;
  /** The number of the pull request; null where there is none. */
  readonly pull: number | null;
  readonly revisions: Revisions;
  readonly paths: ComparedPaths;
  readonly comparison: Comparison;
  /** What `netpolc lint` ended with; null when it did not run. */
  readonly lintExitCode: number | null;
}

/** What is compared. */
export type Plan = Pick<State, 'inputs' | 'pull' | 'revisions' | 'paths'>;

/** Names of the files in the folder. */
export const files = {
  state: 'state.json',
  nothing: 'nothing.yaml',
  document: 'diff.json',
  report: 'report.html',
  /** What netpolc found, or why it could not compare. */
  diffSarif: 'diff.sarif',
  lintSarif: 'lint.sarif',
  /** Both, for code scanning. */
  uploadSarif: 'netpolc.sarif',
} as const;

export async function readState(folder: string, host: Host): Promise<State> {
  const text = await readTextFile(`${folder}/${files.state}`, host);
  if (text === null) throw new Error('the step that compares has not run');
  return JSON.parse(text) as State;
}

export async function writeState(folder: string, state: State, host: Host): Promise<void> {
  await writeTextFile(`${folder}/${files.state}`, `${JSON.stringify(state, null, 2)}\n`, host);
}
