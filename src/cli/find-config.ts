// Which configuration file is in force.
import { dirname } from 'node:path';
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { isSystemError } from '../host/system-error.ts';
import type { Source } from '../source/source.ts';
import { fine } from './and-then.ts';
import { unreadable } from './walk-files.ts';
import { readText } from './read-text.ts';

/** The value of `--config FILE`, false for `--no-config`. */
export interface ConfigFlags {
  readonly config?: string | false;
}

/** A configuration file, not yet parsed. `folder` is what its paths are relative to: empty, or with `/` at its end. */
export interface ConfigFile {
  readonly source: Source;
  readonly folder: string;
}

const fileName = 'netpolc.yaml';

/** The file that is named, or the nearest one at or above the working folder; `file` is null where there is none. */
export async function findConfig(
  { config }: ConfigFlags,
  host: Host,
): Promise<Outcome<{ readonly file: ConfigFile | null }>> {
  if (config === false) return fine({ file: null });
  if (config === '-') {
    const problem = '`--config` takes a file: the paths in it are relative to its folder';
    return { value: null, diagnostics: [diagnose('NP7005', { problem }, null)] };
  }
  const found = config === undefined ? await nearestConfig(host) : fine({ path: config });
  const path = found.value?.path ?? null;
  if (path === null) return { value: found.value === null ? null : { file: null }, diagnostics: found.diagnostics };
  const { value: source, diagnostics } = await readText(path, host);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return { value: source === null ? null : { file: { source, folder } }, diagnostics };
}

/** Looks in the working folder and upwards, no further than the root of a repository, which has `.git`. */
async function nearestConfig(host: Host): Promise<Outcome<{ readonly path: string | null }>> {
  for (let up = ''; ; up += '../') {
    const path = `${up}${fileName}`;
    try {
      if ((await host.kindOf(path)) === 'file') return fine({ path });
      if ((await host.kindOf(`${up}.git`)) !== 'missing') return fine({ path: null });
    } catch (error) {
      return { value: null, diagnostics: [unreadable(path, error)] };
    }
    if (await isTop(up === '' ? '.' : up, host)) return fine({ path: null });
  }
}

/** Whether nothing is above a folder. A working folder that was removed has nothing above it either. */
async function isTop(folder: string, host: Host): Promise<boolean> {
  try {
    const real = await host.realPath(folder);
    return dirname(real) === real;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return true;
  }
}
