// One text file from the command line, e.g. a flows file.
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { isSystemError } from '../host/system-error.ts';
import { wholeSource, type Source } from '../source/source.ts';
import { fileNotFound, unreadable } from './walk-files.ts';

/** Reads a file, or standard input for `-`, as UTF-8. */
export async function readText(path: string, host: Host): Promise<Outcome<Source>> {
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of path === '-' ? host.stdin() : host.read(path)) chunks.push(chunk);
    return decode(path === '-' ? '<stdin>' : path, Buffer.concat(chunks));
  } catch (error) {
    const missing = isSystemError(error) && error.code === 'ENOENT';
    return failed(missing ? await fileNotFound(path, host) : unreadable(path, error));
  }
}

function decode(name: string, bytes: Uint8Array): Outcome<Source> {
  const text = new TextDecoder('utf-8').decode(bytes);
  const source = wholeSource(name, text);
  const at = text.indexOf('\ufffd');
  const broken = at !== -1 && !Buffer.from(text).equals(bytes);
  if (!broken) return { value: source, diagnostics: [] };
  return failed(
    diagnose('NP1005', { found: 'a byte sequence that stands for no character' }, { source, start: at, end: at + 1 }),
  );
}

function failed(diagnostic: Diagnostic): Outcome<Source> {
  return { value: null, diagnostics: [diagnostic] };
}
