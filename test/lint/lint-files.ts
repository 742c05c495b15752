// Linting what is written in a test.
import { readWorld } from '../../src/input/read-world.ts';
import { defaultReadOptions, type InputFile, type ReadOptions } from '../../src/input/world.ts';
import { lint, type LintOptions, type LintReport } from '../../src/lint/lint.ts';
import { defaultLintSettings, type LintSettings } from '../../src/lint/lint-settings.ts';
import { toleratedCodes } from '../../src/lint/reported-lints.ts';
import { inputFile } from '../kit/files.ts';
import { must } from '../kit/must.ts';

export interface LintWish extends Partial<LintOptions> {
  readonly settings?: Partial<LintSettings>;
  readonly read?: Partial<ReadOptions>;
}

/** Reads and lints as the command line does. */
export async function lintFiles(files: readonly InputFile[], wish: LintWish = {}): Promise<LintReport> {
  const { settings = {}, read = {}, ...options } = wish;
  const namespace = options.givenNamespace ?? 'default';
  const reading = { ...defaultReadOptions, namespace, keepDocuments: true, tolerated: toleratedCodes, ...read };
  const { value, diagnostics } = await readWorld(files, reading);
  const given = { reported: diagnostics, givenNamespace: null, allowIncomplete: false, ...options };
  return lint(must(value), { ...defaultLintSettings, ...settings }, given);
}

/** Lints the text of one file of policies, without a snapshot unless one is given. */
export function lintText(policies: string, wish: LintWish & { readonly snapshot?: string } = {}): Promise<LintReport> {
  const { snapshot, ...rest } = wish;
  const cluster = snapshot === undefined ? [] : [inputFile('cluster.yaml', snapshot)];
  return lintFiles([inputFile('policies.yaml', policies, 'policies'), ...cluster], rest);
}

/** The ids of what was found, in order. */
export function idsOf({ findings }: LintReport): readonly (string | null)[] {
  return findings.map(({ lint: id }) => id);
}
