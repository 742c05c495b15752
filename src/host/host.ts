// The machine as the rest of netpolc sees it: files, programs, terminal, environment. Everything impure goes through here,
// so that tests can hand over another machine (fake-host.ts).
import type { HostCommand } from '../target.ts';

/**
 * File functions reject with Node's own system errors (`code` is `ENOENT`, `EACCES`, …), also in the fake;
 * system-error.ts puts them into words.
 */
export interface Host {
  /**
   * Runs a program to its end, without a shell, with `LC_ALL=C` and the system folders on its path. Never rejects: a
   * missing program is exit code 127, one that may not be run 126, one ended by signal N 128 + N, each with a message.
   */
  readonly run: (command: HostCommand) => Promise<RunResult>;
  /**
   * Runs a program like `run`, with more in its environment, and gives the bytes that it prints as they come; what the
   * generator returns is how it ended. Whoever stops reading ends the program.
   */
  readonly stream: (
    command: HostCommand,
    environment: Readonly<Record<string, string>>,
  ) => AsyncGenerator<Uint8Array, ProgramEnd>;
  /** What a path leads to, links followed. */
  readonly kindOf: (path: string) => Promise<FileKind>;
  /** The path of the same file without any links in it. */
  readonly realPath: (path: string) => Promise<string>;
  /** Names in a folder, in code-unit order. */
  readonly list: (path: string) => Promise<readonly string[]>;
  /** The bytes of a file, as they come. Fails at the first chunk when it cannot be opened. */
  readonly read: (path: string) => AsyncIterable<Uint8Array>;
  /**
   * Writes a file beside its final place, creating missing folders. Until `commit`, whatever stands at `path` stays;
   * after it, readers see the whole new file. A device or pipe is written at `commit`.
   */
  readonly stage: (path: string, content: string | Uint8Array) => Promise<StagedFile>;
  /** A new empty folder that only this user can enter. The caller removes it. */
  readonly makeTemporaryFolder: () => Promise<string>;
  /** Removes a file, or a folder with what is in it; fine when there is nothing. */
  readonly remove: (path: string) => Promise<void>;
  readonly stdin: () => AsyncIterable<Uint8Array>;
  /** Writes a result; resolves when the system has taken it. Writing into a closed pipe does nothing. */
  readonly writeOut: (text: string) => Promise<void>;
  /** Writes something for people beside the result. */
  readonly writeErr: (text: string) => Promise<void>;
  /** Whether standard error is a terminal. */
  readonly errIsTerminal: boolean;
  /** An environment variable; null when it is not set. */
  readonly env: (name: string) => string | null;
  /** The user's number, 0 for root; null where the system has none. */
  readonly uid: number | null;
}

export interface RunResult extends ProgramEnd {
  readonly stdout: string;
}

/** How a program ended, and what it said. */
export interface ProgramEnd {
  readonly exitCode: number;
  readonly stderr: string;
}

/** `other` is a device, a pipe or a socket. */
export type FileKind = 'file' | 'folder' | 'other' | 'missing';

/** A file that is written and not yet in its place. One of the two is called, once. */
export interface StagedFile {
  readonly commit: () => Promise<void>;
  readonly discard: () => Promise<void>;
}
