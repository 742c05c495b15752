// Input that is in memory already, for callers of the library.
import type { InputFile } from './world.ts';

/** An input file whose text the caller has; `name` is what diagnostics call it. */
export function inputFromText(name: string, role: InputFile['role'], text: string): InputFile {
  async function* chunks(): AsyncIterable<Uint8Array> {
    yield new TextEncoder().encode(text);
  }
  return { name, role, chunks };
}
