// Configuration → the options that the command line leaves open. Commands see options and need not know where from.
import type { Command } from 'commander';
import type { Config } from '../config/config.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { LintSettings } from '../lint/lint-settings.ts';
import { andThen, fine } from './and-then.ts';
import type { ConfigFile, ConfigFlags } from './find-config.ts';

/** Options that only a configuration file can set. */
export interface ConfiguredFlags {
  /** Absent when no file is in force. */
  readonly lintSettings?: LintSettings;
}

/**
 * Applies the configuration in force to a command that is about to run. Its defaults, in help, stay what they are.
 * Commands without `--config` (explain, completion) are left alone: they must work beside a broken file.
 */
export async function applyConfig(command: Command, host: Host): Promise<Outcome<true>> {
  if (!command.options.some(({ long }) => long === '--config')) return fine(true);
  const { findConfig } = await import('./find-config.ts');
  return andThen(await findConfig(command.opts<ConfigFlags>(), host), async ({ file }) => {
    if (file === null) return fine(true);
    const { parseConfig } = await import('../config/parse-config.ts');
    return andThen(parseConfig(file.source), (config) => {
      for (const [name, value] of settingsOf(config, file, command)) setOption(command, name, value);
      return fine(true);
    });
  });
}

/** Names as commander stores options, and what the file says about each. */
function settingsOf(
  config: Config,
  { folder }: ConfigFile,
  { args }: Command,
): readonly (readonly [string, unknown])[] {
  const { policies, snapshots, lint, ...options } = config;
  const placed = (paths: readonly string[]): readonly string[] | null =>
    paths.length === 0 ? null : paths.map((path) => (path.startsWith('/') ? path : `${folder}${path}`));
  // Policies named as words are as good as those named with -f.
  const filename = args.length === 0 ? placed(policies) : null;
  const lintSettings: ConfiguredFlags['lintSettings'] = lint;
  return Object.entries({ filename, snapshot: placed(snapshots), lintSettings, ...options });
}

function setOption(command: Command, name: string, value: unknown): void {
  const source = command.getOptionValueSource(name);
  const isOpen = source === undefined || source === 'default';
  if (value !== null && isOpen) command.setOptionValueWithSource(name, value, 'config');
}
