// The contents of many files of a repository, with few processes and little memory.
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Host, ProgramEnd } from '../host/host.ts';
import type { InputFault } from '../input/world.ts';
import { explainFailure } from './explain-failure.ts';
import { runGit, streamGit } from './run-git.ts';

/** The content of a file: its name in the repository, and how many bytes it has. */
export interface GitBlob {
  readonly oid: string;
  readonly size: number;
}

/** Files that are read together, in bytes: no more than this is held in memory. A larger file comes as a stream. */
const batchBytes = 4 * 1024 * 1024;

/** Asks for the sizes of blobs, in their order. One process. */
export async function measureBlobs(host: Host, oids: readonly string[]): Promise<Outcome<readonly GitBlob[]>> {
  if (oids.length === 0) return { value: [], diagnostics: [] };
  const run = await runGit(host, ['cat-file', '--batch-check'], linesOf(oids));
  if (run.exitCode !== 0) return { value: null, diagnostics: [explainFailure('cat-file', run)] };
  const sizes = [
    ...Buffer.from(run.stdout)
      .toString()
      .matchAll(/^\S+ blob (\d+)$/gm),
  ].map(([, size]) => Number(size));
  if (sizes.length !== oids.length) return { value: null, diagnostics: [diagnose('NP1024', {}, null)] };
  return { value: oids.map((oid, index) => ({ oid, size: sizes[index] ?? 0 })), diagnostics: [] };
}

/**
 * A reader for each blob. Whoever reads them in their order starts a process for every 4 MiB; any other order works as
 * well. A reader throws an InputFault where git fails, and where the blob is a Git LFS pointer.
 */
export function openBlobs(host: Host, blobs: readonly GitBlob[]): readonly (() => AsyncIterable<Uint8Array>)[] {
  let held: { readonly batch: readonly GitBlob[]; readonly contents: readonly Uint8Array[] } | null = null;
  async function* readFrom(batch: readonly GitBlob[], index: number): AsyncGenerator<Uint8Array> {
    if (held?.batch !== batch) held = { batch, contents: await readBatch(host, batch) };
    const content = held.contents[index] ?? new Uint8Array();
    if (isLfsPointer(content)) throw fault('NP1023', '');
    yield content;
  }
  return cutIntoBatches(blobs).flatMap((batch) =>
    batch.map((blob, index) => () => (blob.size > batchBytes ? streamBlob(host, blob) : readFrom(batch, index))),
  );
}

function cutIntoBatches(blobs: readonly GitBlob[]): readonly (readonly GitBlob[])[] {
  const batches: GitBlob[][] = [];
  let bytes = Infinity;
  for (const blob of blobs) {
    bytes += blob.size;
    if (bytes > batchBytes) {
      batches.push([]);
      bytes = blob.size;
    }
    batches.at(-1)?.push(blob);
  }
  return batches;
}

/** `OID blob SIZE`, a line end, the content and another line end for each blob. Source: git-cat-file(1). */
async function readBatch(host: Host, batch: readonly GitBlob[]): Promise<readonly Uint8Array[]> {
  const run = await runGit(host, ['cat-file', '--batch'], linesOf(batch.map(({ oid }) => oid)));
  if (run.exitCode !== 0) throw failed(run);
  let at = 0;
  return batch.map(({ oid, size }) => {
    const header = Buffer.from(`${oid} blob ${size}\n`);
    const start = at + header.length;
    const isWhole = header.equals(run.stdout.subarray(at, start)) && run.stdout[start + size] === 0x0a;
    if (!isWhole) throw fault('NP1003', 'git cannot read it');
    at = start + size + 1;
    return run.stdout.subarray(start, start + size);
  });
}

async function* streamBlob(host: Host, { oid }: GitBlob): AsyncGenerator<Uint8Array> {
  const end = yield* streamGit(host, ['cat-file', 'blob', oid], null);
  if (end.exitCode !== 0) throw failed(end);
}

const lfsStart = new TextEncoder().encode('version https://git-lfs.github.com/spec/');

/** Pointers have less than 1,024 bytes and begin with their version. Source: the specification of Git LFS. */
function isLfsPointer(content: Uint8Array): boolean {
  return content.length < 1024 && lfsStart.every((byte, index) => content[index] === byte);
}

function failed({ exitCode, stderr }: ProgramEnd): InputFault {
  const [line = ''] = stderr.split('\n').filter((each) => each.startsWith('fatal: ') || each.startsWith('error: '));
  return fault('NP1003', line === '' ? `git ended with exit code ${exitCode}` : `git says ${line}`);
}

function fault(inputFault: InputFault['inputFault'], reason: string): InputFault {
  return Object.assign(new Error(reason), { inputFault });
}

function linesOf(oids: readonly string[]): string {
  return oids.map((oid) => `${oid}\n`).join('');
}
