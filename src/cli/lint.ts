// `netpolc lint`: what in policies is likely not meant, and repairing it.
import type { Command } from 'commander';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { InputFile } from '../input/world.ts';
import type { LintSettings } from '../lint/lint-settings.ts';
import type { MadeFix } from '../lint/lint-json.ts';
import { andThen } from './and-then.ts';
import { onlyDiagnostics, type CommandResult } from './command-result.ts';
import { fixInput, writeFixed, type FixedInput } from './fix-input.ts';
import { addInputOptions, choice, type InputFlags } from './input-options.ts';
import { lintInput, type LintedInput } from './lint-input.ts';
import { lintSettings } from './lint-settings-flags.ts';
import { findInput } from './load-world.ts';
import { isFailure, lintRemarks, printLint, type FailOn, type LintFormat } from './print-lint.ts';
import type { Finish } from './program.ts';

export interface LintFlags extends InputFlags {
  readonly format: LintFormat;
  readonly failOn: FailOn;
  readonly only?: string;
  readonly off?: string;
  readonly allowAnnotations: boolean;
  readonly fix: boolean;
  readonly unsafeFixes: boolean;
  readonly dryRun: boolean;
}

const examples = `
Examples:
  netpolc lint policies/ -s cluster.json
  netpolc lint policies/ -s cluster.json --fail-on warning --off L-30
  netpolc lint policies/ --fix --dry-run
  netpolc lint policies/ -s cluster.json --format sarif > lint.sarif

With a snapshot much more can be judged; what cannot is said. netpolc explain L-09 says what a lint is about.
--fix changes the files named as POLICIES, never those of -s; what it does keeps the meaning of a policy. --unsafe-fixes
also gives policies the meaning that their authors most likely wanted: look at the difference before you apply it.
With --allow-annotations a policy may accept findings: metadata.annotations "netpolc.dev/ignore": "L-07: reason; L-12: reason".`;

/** Defines the command. */
export function defineLint(command: Command, host: Host, finish: Finish): void {
  addInputOptions(addOwnOptions(command))
    .addHelpText('after', examples)
    .action(async (policies: string[], flags: LintFlags) => {
      const namespace = command.getOptionValueSource('namespace') === 'cli' ? flags.namespace : null;
      await finish(await runLint(policies, flags, { host, namespace }), flags);
    });
}

function addOwnOptions(command: Command): Command {
  return command
    .addOption(choice('--format <format>', 'shape of the result', ['text', 'json', 'sarif', 'github']))
    .addOption(choice('--fail-on <severity>', 'findings that make the exit code 1', ['error', 'warning', 'never']))
    .option('--only <lints>', 'the lints to run: L-01,L-02')
    .option('--off <lints>', 'lints to leave out: L-30')
    .option('--allow-annotations', 'let policies accept findings about themselves, with a reason', false)
    .option('--fix', 'repair the files of POLICIES where that keeps the meaning', false)
    .option('--unsafe-fixes', 'with --fix: also where the meaning becomes what was most likely wanted', false)
    .option('--dry-run', 'with --fix: only say what would be done', false);
}

interface Circumstances {
  readonly host: Host;
  /** The namespace that was asked for, null when it is the default. */
  readonly namespace: string | null;
}

async function runLint(
  policies: readonly string[],
  flags: LintFlags,
  { host, namespace }: Circumstances,
): Promise<CommandResult> {
  const outcome = await andThen(lintSettings(flags, flags.lintSettings), async (settings) =>
    andThen(await findInput(policies, flags, host), async (files) => ({
      value: await lintAndFix(files, settings, flags, { host, namespace }),
      diagnostics: [],
    })),
  );
  const { value } = outcome;
  if (value === null) return onlyDiagnostics(outcome.diagnostics);
  const { linted, made, problems, remarks } = value;
  const printed = { linted, made, flags };
  return {
    diagnostics: [...linted.report.diagnostics, ...problems],
    output: [printLint(printed)],
    remarks: [...lintRemarks(printed), ...remarks],
    findings: isFailure(linted.report, flags.failOn),
  };
}

interface Done {
  readonly linted: LintedInput;
  readonly made: readonly MadeFix[];
  readonly problems: Outcome<never>['diagnostics'];
  readonly remarks: readonly string[];
}

async function lintAndFix(
  files: readonly InputFile[],
  settings: LintSettings,
  flags: LintFlags,
  { host, namespace }: Circumstances,
): Promise<Done> {
  const judge = (input: readonly InputFile[]): Promise<LintedInput> => lintInput(input, settings, { flags, namespace });
  if (!flags.fix) return { linted: await judge(files), made: [], problems: [], remarks: [] };
  const fixed: FixedInput = await fixInput(files, judge, flags.unsafeFixes);
  const { linted, made } = fixed;
  if (flags.dryRun) return { linted, made, problems: [], remarks: [] };
  const { problems, written } = await writeFixed(fixed, host);
  return { linted, made, problems, remarks: written };
}
