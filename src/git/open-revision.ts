// The name of a revision → everything that is in it, but for the contents of its files.
import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { measureBlobs, openBlobs } from './blobs.ts';
import { explainFailure } from './explain-failure.ts';
import { explainUnknownRevision } from './explain-unknown-revision.ts';
import { decodeName, parseTree, type GitFolder } from './git-tree.ts';
import { runGit } from './run-git.ts';

export interface Revision {
  readonly root: GitFolder;
  /** The text of links, by the name of its blob. Those that the clone lacks and those longer than any path are missing. */
  readonly linkTextByOid: ReadonlyMap<string, string>;
  /** The working folder from the root: empty, or steps with a `/` behind each. Null outside of a working tree. */
  readonly prefix: string | null;
}

/** A link with a longer text cannot be on a disk. Source: PATH_MAX of Linux, with its final zero. */
const maxLinkBytes = 4095;

/**
 * Lists a commit or tree of the repository around the working folder. The revision never stands among git's options.
 * Three to five processes, whatever the size; the listing of the whole tree is held in memory.
 */
export async function openRevision(revision: string, host: Host): Promise<Outcome<Revision>> {
  const place = await runGit(host, ['rev-parse', '--is-inside-work-tree', '--show-prefix']);
  if (place.exitCode !== 0) return { value: null, diagnostics: [explainFailure('rev-parse', place)] };
  const tree = await findTree(revision, host);
  if (tree.value === null) return { value: null, diagnostics: tree.diagnostics };
  const listing = await runGit(host, ['ls-tree', '-r', '-z', '--full-tree', tree.value]);
  if (listing.exitCode !== 0) return { value: null, diagnostics: [explainFailure('ls-tree', listing)] };
  const root = parseTree(listing.stdout);
  const [, prefix] = /^true\n(.*)\n$/s.exec(decodeName(place.stdout)) ?? [];
  return {
    value: { root, linkTextByOid: await readLinks(root, host), prefix: prefix ?? null },
    diagnostics: [],
  };
}

/** The name of a revision's tree. A name with a line end would be two names for git, and is none. */
async function findTree(revision: string, host: Host): Promise<Outcome<string>> {
  if (revision.includes('\n')) return { value: null, diagnostics: [await explainUnknownRevision(revision, '', host)] };
  const run = await runGit(host, ['cat-file', '--batch-check'], `${revision}^{tree}\n`);
  const [, oid] = /^([0-9a-f]{40,64}) tree \d+\n$/.exec(Buffer.from(run.stdout).toString()) ?? [];
  if (run.exitCode === 0 && oid !== undefined) return { value: oid, diagnostics: [] };
  return { value: null, diagnostics: [await explainUnknownRevision(revision, run.stderr, host)] };
}

/** Ends at a link that git cannot read: those behind it are missing too, and an error only for whoever needs them. */
async function readLinks(root: GitFolder, host: Host): Promise<ReadonlyMap<string, string>> {
  const textByOid = new Map<string, string>();
  const { value } = await measureBlobs(host, [...new Set(linksIn(root))]);
  const links = (value ?? []).filter(({ size }) => size <= maxLinkBytes);
  const readers = openBlobs(host, links);
  for (const [index, { oid }] of links.entries()) {
    const text = await readName(readers[index]?.() ?? []);
    if (text === null) break;
    textByOid.set(oid, text);
  }
  return textByOid;
}

async function readName(chunks: AsyncIterable<Uint8Array> | readonly never[]): Promise<string | null> {
  try {
    const read: Uint8Array[] = [];
    for await (const chunk of chunks) read.push(chunk);
    return decodeName(Buffer.concat(read));
  } catch (error) {
    if (error instanceof Error && 'inputFault' in error) return null;
    throw error;
  }
}

function* linksIn(root: GitFolder): Generator<string> {
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of folder.entryByName.values()) {
      if (entry.kind === 'link') yield entry.oid;
      if (entry.kind === 'folder') folders.push(entry);
    }
  }
}
