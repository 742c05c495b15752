// The input options of a command → the world they describe.
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { readWorld } from '../input/read-world.ts';
import { defaultReadOptions, type InputFile, type ReadOptions, type World } from '../input/world.ts';
import { findFiles } from './find-files.ts';
import type { InputFlags, WorldFlags } from './input-options.ts';

/** Reads everything that a command was given. Paths that lead nowhere are reported before anything is read. */
export async function loadWorld(
  policies: readonly string[],
  flags: InputFlags,
  host: Host,
  { planned }: Pick<ReadOptions, 'planned'> = { planned: false },
): Promise<Outcome<World>> {
  const { value: files, diagnostics } = await findInput(policies, flags, host);
  return files === null ? { value: null, diagnostics } : readWorld(files, { ...readOptions(flags), planned });
}

/** The files that a command was given, none of them read yet. */
export async function findInput(
  policies: readonly string[],
  flags: InputFlags,
  host: Host,
): Promise<Outcome<readonly InputFile[]>> {
  const named = [...policies, ...flags.filename];
  const misuse = checkUsage(named, flags.snapshot);
  if (misuse !== null) return { value: null, diagnostics: [misuse] };
  const problems: Diagnostic[] = [];
  const report = (problem: Diagnostic): void => void problems.push(problem);
  const files = [
    ...(await findFiles(named, 'policies', host, report)),
    ...(await findFiles(flags.snapshot, 'snapshot', host, report)),
  ];
  return { value: problems.length > 0 ? null : files, diagnostics: problems };
}

/** How the flags want files to be read. */
export function readOptions({ namespace, decode, allowIncomplete, namedPortsInit }: WorldFlags): ReadOptions {
  return { ...defaultReadOptions, namespace, decode, allowIncomplete, namedPortsInit };
}

function checkUsage(policies: readonly string[], snapshots: readonly string[]): Diagnostic | null {
  const paths = [...policies, ...snapshots];
  if (paths.length === 0) {
    const hint = 'for example: policies/ -s cluster.json';
    return diagnose('NP7005', { problem: 'no input: name policies, a snapshot, or both' }, null, { hint });
  }
  return stdinTwice(paths);
}

/** Reports when more than one of the paths is standard input. */
export function stdinTwice(paths: readonly string[]): Diagnostic | null {
  if (paths.filter((path) => path === '-').length < 2) return null;
  return diagnose('NP7005', { problem: 'standard input (`-`) can be read only once' }, null);
}
