// Input files → what the lints say about them.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { readWorld } from '../input/read-world.ts';
import type { InputFile, World } from '../input/world.ts';
import { lint, type LintReport } from '../lint/lint.ts';
import type { LintSettings } from '../lint/lint-settings.ts';
import { toleratedCodes } from '../lint/reported-lints.ts';
import type { InputFlags } from './input-options.ts';
import { readOptions } from './load-world.ts';

export interface LintedInput {
  readonly world: World | null;
  readonly report: LintReport;
  /** How many problems reading found, which keeps a certain number of them. */
  readonly reported: number;
}

export interface LintInputOptions {
  readonly flags: InputFlags;
  /** The namespace that was asked for, null when it is the default. */
  readonly namespace: string | null;
}

/** Reads everything and lints what could be read; what could not be is among the report's diagnostics. */
export async function lintInput(
  files: readonly InputFile[],
  settings: LintSettings,
  { flags, namespace }: LintInputOptions,
): Promise<LintedInput> {
  const options = { ...readOptions(flags), planned: true, keepDocuments: true, tolerated: toleratedCodes };
  const { value: world, diagnostics } = await readWorld(files, options);
  const reported = diagnostics.length;
  if (world === null) return { world, report: nothing(diagnostics), reported };
  const { allowIncomplete } = flags;
  const report = lint(world, settings, { reported: diagnostics, givenNamespace: namespace, allowIncomplete });
  return { world, report, reported };
}

function nothing(diagnostics: readonly Diagnostic[]): LintReport {
  return { findings: [], suppressed: [], unjudged: [], diagnostics };
}
