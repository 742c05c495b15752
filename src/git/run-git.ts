// Runs git so that a hostile repository can have nothing else run, fetched or written: it is only read.
import type { Host, ProgramEnd } from '../host/host.ts';

/** What git printed, and how it ended. */
export interface GitRun extends ProgramEnd {
  readonly stdout: Uint8Array;
}

/**
 * No repository's configuration turns these off. Without a permitted protocol, no object that a partial clone lacks is
 * fetched, which would run what `remote.*.uploadpack` or `core.sshCommand` say. `refs/replace` is not looked at: objects
 * are what their names say. Source: gitglossary, git(1); GIT_NO_LAZY_FETCH, which older versions lack, only makes failing faster.
 */
const environment = {
  GIT_ALLOW_PROTOCOL: '',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
};

const flags = ['--no-pager', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/** Runs a git command in the working folder and gives what it prints, byte for byte, as it comes. */
export function streamGit(
  host: Host,
  args: readonly string[],
  stdin: string | null,
): AsyncGenerator<Uint8Array, ProgramEnd> {
  return host.stream({ argv: ['git', ...flags, ...args], stdin }, environment);
}

/** Runs a git command to its end. What it prints is held in memory. */
export async function runGit(host: Host, args: readonly string[], stdin: string | null = null): Promise<GitRun> {
  const output = streamGit(host, args, stdin);
  const chunks: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await output.next();
    if (done === true) return { ...value, stdout: Buffer.concat(chunks) };
    chunks.push(value);
  }
}
