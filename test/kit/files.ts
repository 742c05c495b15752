// Input files made of strings, and reading them, for tests.
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { readWorld } from '../../src/input/read-world.ts';
import { defaultReadOptions, type InputFile, type ReadOptions, type World } from '../../src/input/world.ts';
import { positionOf } from '../../src/source/source.ts';
import { must } from './must.ts';

/** Content of a file: text is UTF-8. */
export type Content = string | Uint8Array;

/** A file whose bytes come `chunkSize` at a time. */
export function inputFile(
  name: string,
  content: Content,
  role: InputFile['role'] = 'snapshot',
  chunkSize = 65536,
): InputFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { name, role, chunks: () => chunksOf(bytes, chunkSize) };
}

/** A file whose reading ends in an error after some bytes. */
export function brokenFile(
  name: string,
  content: string,
  error: Error,
  role: InputFile['role'] = 'snapshot',
): InputFile {
  const bytes = new TextEncoder().encode(content);
  return {
    name,
    role,
    async *chunks() {
      yield* chunksOf(bytes, 16);
      throw error;
    },
  };
}

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** Reads files that must have no error. */
export async function readSound(files: readonly InputFile[], options: Partial<ReadOptions> = {}): Promise<World> {
  const { value, diagnostics } = await readWorld(files, { ...defaultReadOptions, ...options });
  if (value === null) throw new Error(`unexpected: ${diagnostics.map(summary).join('\n')}`);
  return value;
}

/** Reads files and gives what was reported, each as `file:line:col CODE`; with errors there must be no world. */
export async function readProblems(
  files: readonly InputFile[],
  options: Partial<ReadOptions> = {},
): Promise<readonly string[]> {
  const diagnostics = await readDiagnostics(files, options);
  return diagnostics.map((diagnostic) => summary(diagnostic));
}

export async function readDiagnostics(
  files: readonly InputFile[],
  options: Partial<ReadOptions> = {},
): Promise<readonly Diagnostic[]> {
  const { value, diagnostics } = await readWorld(files, { ...defaultReadOptions, ...options });
  const wrong = diagnostics.some(({ severity }) => severity === 'error');
  if (wrong !== (value === null)) throw new Error('a world beside errors, or neither');
  return diagnostics;
}

/** `file:line:col CODE`. */
export function summary({ span, code }: Diagnostic): string {
  const { line, column } = positionOf(must(span, 'span'));
  return `${must(span).source.name}:${line}:${column} ${code}`;
}
