// One path → the files that it names, on the disk or in a git revision: folders are searched. Nothing is read yet.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { FileKind } from '../host/host.ts';
import { isSystemError, reasonOf } from '../host/system-error.ts';

/** Where problems with paths go. */
export type Report = (diagnostic: Diagnostic) => void;

/** Files and folders as the search sees them. A Host is one; its functions reject with system errors. */
export interface FileTree {
  /** What a path leads to, links followed; a diagnostic where that cannot be told. */
  readonly kindOf: (path: string) => Promise<FileKind | Diagnostic>;
  /** The path of the same folder without any links in it. */
  readonly realPath: (folder: string) => Promise<string>;
  /** Names in a folder, in code-unit order. */
  readonly list: (folder: string) => Promise<readonly string[]>;
}

/**
 * The files that a path names: itself, or every manifest in a folder, sorted by code unit. Folders are searched at every
 * depth, each real folder once; hidden folders in them are passed over.
 */
export async function filesAt(path: string, tree: FileTree, report: Report): Promise<readonly string[]> {
  const kind = await kindAt(path, tree, report);
  if (kind === 'folder') return filesOfFolder(path, tree, report);
  if (kind === 'missing') report(await fileNotFound(path, tree));
  return kind === 'file' || kind === 'other' ? [path] : [];
}

/** The diagnostic for a path that leads nowhere, with the nearest name beside it. */
export async function fileNotFound(path: string, tree: Pick<FileTree, 'list'>): Promise<Diagnostic> {
  if (/^https?:\/\//.test(path)) {
    const hint = `netpolc does not fetch anything: curl -sSf ${path} | netpolc … -`;
    return diagnose('NP1002', { file: path }, null, { hint });
  }
  const [, root = '', folder = '', name = ''] = /^(git:[^:]*:)?(.*\/)?([^/]+)\/*$/s.exec(path) ?? [];
  const guess = nearest(name, await namesIn(root + folder === '' ? '.' : root + folder, tree));
  const hint = guess === null ? {} : { hint: `did you mean \`${root}${folder}${guess}\`?` };
  return diagnose('NP1002', { file: path }, null, hint);
}

async function namesIn(folder: string, tree: Pick<FileTree, 'list'>): Promise<readonly string[]> {
  try {
    return await tree.list(folder);
  } catch {
    return [];
  }
}

async function filesOfFolder(folder: string, tree: FileTree, report: Report): Promise<readonly string[]> {
  const problems: Diagnostic[] = [];
  const files = await manifestsIn(folder, tree, new Set(), (problem) => problems.push(problem));
  problems.forEach(report);
  if (files.length === 0 && problems.length === 0) report(diagnose('NP1004', { folder }, null));
  return files;
}

async function manifestsIn(
  folder: string,
  tree: FileTree,
  seen: Set<string>,
  report: Report,
): Promise<readonly string[]> {
  const real = await guarded(folder, report, () => tree.realPath(folder));
  if (real === null || seen.has(real)) return [];
  seen.add(real);
  const names = (await guarded(folder, report, () => tree.list(folder))) ?? [];
  const files: string[] = [];
  for (const name of names) {
    const isManifest = /\.(?:ya?ml|json)(?:\.gz)?$/.test(name);
    if (name.startsWith('.') && !isManifest) continue;
    const path = pathIn(folder, name);
    const kind = await kindAt(path, tree, report);
    if (kind === 'folder' && !name.startsWith('.')) files.push(...(await manifestsIn(path, tree, seen, report)));
    if (kind === null || kind === 'folder' || !isManifest) continue;
    if (kind === 'missing')
      report(diagnose('NP1002', { file: path }, null, { hint: 'it is a link that leads nowhere' }));
    else files.push(path);
  }
  return files;
}

/** In the root of a revision, `git:main:`, names stand right behind the colon, as git wants them. */
function pathIn(folder: string, name: string): string {
  return /^git:[^:]*:$/.test(folder) ? `${folder}${name}` : `${folder.replace(/\/+$/, '')}/${name}`;
}

async function kindAt(path: string, tree: FileTree, report: Report): Promise<FileKind | null> {
  const kind = await guarded(path, report, () => tree.kindOf(path));
  if (typeof kind !== 'object') return kind;
  if (kind !== null) report(kind);
  return null;
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
