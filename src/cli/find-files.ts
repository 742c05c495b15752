// Paths on the command line → input files: folders are searched, `-` is standard input. Nothing is read yet.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { unpack } from '../host/gunzip.ts';
import type { Host } from '../host/host.ts';
import { isSystemError, reasonOf } from '../host/system-error.ts';
import type { InputFault, InputFile } from '../input/world.ts';

/** Where problems with paths go. */
export type Report = (diagnostic: Diagnostic) => void;

/** What diagnostics call standard input. */
const stdinName = '<stdin>';

/**
 * The files that paths name, in the order of the paths and sorted by code unit within folders. Folders are searched at
 * every depth for manifests, each real folder once; hidden folders in them are passed over.
 */
export async function findFiles(
  paths: readonly string[],
  role: InputFile['role'],
  host: Host,
  report: Report,
): Promise<readonly InputFile[]> {
  const found: InputFile[] = [];
  for (const path of paths) {
    if (path === '-') found.push(inputFile(stdinName, role, host.stdin));
    else found.push(...(await filesAt(path, host, report)).map((file) => inputFile(file, role, () => host.read(file))));
  }
  return found;
}

/** The diagnostic for a path that leads nowhere, with the nearest name beside it. */
export async function fileNotFound(path: string, host: Host): Promise<Diagnostic> {
  if (/^https?:\/\//.test(path)) {
    const hint = `netpolc does not fetch anything: curl -sSf ${path} | netpolc … -`;
    return diagnose('NP1002', { file: path }, null, { hint });
  }
  const [, folder = '', name = ''] = /^(.*\/)?([^/]*)\/*$/.exec(path) ?? [];
  const guess = nearest(name, await namesIn(folder === '' ? '.' : folder, host));
  const hint = guess === null ? {} : { hint: `did you mean \`${folder}${guess}\`?` };
  return diagnose('NP1002', { file: path }, null, hint);
}

async function namesIn(folder: string, host: Host): Promise<readonly string[]> {
  try {
    return await host.list(folder);
  } catch {
    return [];
  }
}

async function filesAt(path: string, host: Host, report: Report): Promise<readonly string[]> {
  const kind = await guarded(path, report, () => host.kindOf(path));
  if (kind === 'folder') return filesOfFolder(path, host, report);
  if (kind === 'missing') report(await fileNotFound(path, host));
  return kind === 'file' || kind === 'other' ? [path] : [];
}

async function filesOfFolder(folder: string, host: Host, report: Report): Promise<readonly string[]> {
  const problems: Diagnostic[] = [];
  const files = await manifestsIn(folder, host, new Set(), (problem) => problems.push(problem));
  problems.forEach(report);
  if (files.length === 0 && problems.length === 0) report(diagnose('NP1004', { folder }, null));
  return files;
}

async function manifestsIn(folder: string, host: Host, seen: Set<string>, report: Report): Promise<readonly string[]> {
  const real = await guarded(folder, report, () => host.realPath(folder));
  if (real === null || seen.has(real)) return [];
  seen.add(real);
  const names = (await guarded(folder, report, () => host.list(folder))) ?? [];
  const files: string[] = [];
  for (const name of names) {
    const path = `${folder.replace(/\/+$/, '')}/${name}`;
    const kind = await guarded(path, report, () => host.kindOf(path));
    if (kind === 'folder' && !name.startsWith('.')) files.push(...(await manifestsIn(path, host, seen, report)));
    if (kind === null || kind === 'folder' || !/\.(?:ya?ml|json)(?:\.gz)?$/.test(name)) continue;
    if (kind === 'missing')
      report(diagnose('NP1002', { file: path }, null, { hint: 'it is a link that leads nowhere' }));
    else files.push(path);
  }
  return files;
}

function inputFile(name: string, role: InputFile['role'], open: () => AsyncIterable<Uint8Array>): InputFile {
  async function* chunks(): AsyncIterable<Uint8Array> {
    try {
      yield* unpack(open());
    } catch (error) {
      throw isSystemError(error) ? inputFault(reasonOf(error)) : error;
    }
  }
  return { name, role, chunks };
}

function inputFault(reason: string): InputFault {
  return Object.assign(new Error(reason), { inputFault: 'NP1003' as const });
}

/** What `act` gives, or null with a report when the system refuses. */
async function guarded<T>(path: string, report: Report, act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    report(unreadable(path, error));
    return null;
  }
}

/** The diagnostic for a refusal of the system; other errors are thrown again. */
export function unreadable(file: string, error: unknown): Diagnostic {
  if (!isSystemError(error)) throw error;
  return diagnose('NP1003', { file, reason: reasonOf(error) }, null);
}
