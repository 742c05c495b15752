// A machine in memory, for tests: files, links, programs and what was printed.
import type { HostCommand } from '../target.ts';
import type { FileKind, Host, ProgramEnd } from './host.ts';

export interface FakeMachine {
  /** Text by absolute or relative path; a relative path means the folder `/here`. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Where symbolic links lead, by path. */
  readonly links?: Readonly<Record<string, string>>;
  /** Empty folders. */
  readonly folders?: readonly string[];
  /** Paths that may not be opened, listed or written. */
  readonly forbidden?: readonly string[];
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly errIsTerminal?: boolean;
  readonly uid?: number;
  /** Plays every program; null is a program that is not installed. */
  readonly program?: (command: HostCommand) => Partial<FakeResult> | null;
}

/** What a played program prints, text or bytes, and how it ends. */
export interface FakeResult extends ProgramEnd {
  readonly stdout: string | Uint8Array;
}

export interface FakeHost extends Host {
  readonly out: () => string;
  readonly err: () => string;
  /** What was run, in order. */
  readonly commands: readonly HostCommand[];
  /** The text of a file now; null when there is none. */
  readonly text: (path: string) => string | null;
  /** Every file now, sorted. */
  readonly paths: () => readonly string[];
}

/** Makes a machine. Nothing it does leaves the process. */
export function createFakeHost(machine: FakeMachine = {}): FakeHost {
  const files = createFakeFiles(machine);
  const commands: HostCommand[] = [];
  let out = '';
  let err = '';
  return {
    ...files,
    run: async (command) => {
      commands.push(command);
      const { stdout, ...end } = runFake(machine, command);
      return { ...end, stdout: typeof stdout === 'string' ? stdout : new TextDecoder().decode(stdout) };
    },
    stream: async function* (command) {
      commands.push(command);
      const { stdout, ...end } = runFake(machine, command);
      yield encode(stdout);
      return end;
    },
    stdin: () => inOneChunk(() => encode(machine.stdin ?? '')),
    writeOut: async (text) => void (out += text),
    writeErr: async (text) => void (err += text),
    errIsTerminal: machine.errIsTerminal ?? false,
    env: (name) => machine.env?.[name] ?? null,
    uid: machine.uid ?? 1000,
    out: () => out,
    err: () => err,
    commands,
  };
}

function runFake(machine: FakeMachine, command: HostCommand): FakeResult {
  const result = machine.program?.(command) ?? null;
  if (result === null) return { exitCode: 127, stdout: '', stderr: `${command.argv[0]}: not installed\n` };
  return { exitCode: 0, stdout: '', stderr: '', ...result };
}

type FakeFiles = Omit<
  FakeHost,
  'run' | 'stream' | 'stdin' | 'writeOut' | 'writeErr' | 'errIsTerminal' | 'env' | 'uid' | 'out' | 'err' | 'commands'
>;

function createFakeFiles(machine: FakeMachine): FakeFiles {
  const contents = new Map(Object.entries(machine.files ?? {}).map(([path, text]) => [absolute(path), encode(text)]));
  const folders = new Set(['/', '/here', ...(machine.folders ?? []).map(absolute)]);
  const links = new Map(Object.entries(machine.links ?? {}).map(([path, to]) => [absolute(path), absolute(to)]));
  const forbidden = new Set((machine.forbidden ?? []).map(absolute));
  for (const path of [...contents.keys(), ...links.keys()]) addFolders(folders, path);

  const resolve = (path: string): string => resolveLinks(absolute(path), links);
  const open = (path: string): string => {
    const real = resolve(path);
    if (forbidden.has(real)) throw systemError('EACCES', path);
    return real;
  };
  const kindOf = (path: string): FileKind => {
    const real = resolve(path);
    return contents.has(real) ? 'file' : folders.has(real) ? 'folder' : 'missing';
  };
  const readNow = (path: string): Uint8Array => {
    const bytes = contents.get(open(path));
    if (bytes === undefined) throw systemError(kindOf(path) === 'folder' ? 'EISDIR' : 'ENOENT', path);
    return bytes;
  };
  let temporary = 0;
  return {
    kindOf: async (path) => kindOf(path),
    realPath: async (path) => resolve(path),
    list: async (path) => {
      const real = open(path);
      if (!folders.has(real)) throw systemError('ENOENT', path);
      return namesIn(real, [...contents.keys(), ...folders, ...links.keys()]);
    },
    read: (path) => inOneChunk(() => readNow(path)),
    stage: async (path, content) => {
      const real = open(path);
      if (folders.has(real)) throw systemError('EISDIR', path);
      if (forbidden.has(parentOf(real))) throw systemError('EACCES', path);
      const commit = async (): Promise<void> => {
        addFolders(folders, real);
        contents.set(real, encode(content));
      };
      return { commit, discard: () => Promise.resolve() };
    },
    makeTemporaryFolder: async () => {
      const path = `/temporary/netpolc-${temporary++}`;
      folders.add(path);
      return path;
    },
    remove: async (path) => {
      const real = resolve(path);
      const inside = (each: string): boolean => each === real || each.startsWith(`${real}/`);
      for (const each of [...contents.keys()].filter(inside)) contents.delete(each);
      for (const each of [...folders].filter(inside)) folders.delete(each);
    },
    text: (path) => {
      const bytes = contents.get(resolve(path));
      return bytes === undefined ? null : new TextDecoder().decode(bytes);
    },
    paths: () => [...contents.keys()].sort(),
  };
}

function absolute(path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `/here/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Follows the links in a path, as often as a kernel would. */
function resolveLinks(path: string, links: ReadonlyMap<string, string>): string {
  let real = path;
  for (let steps = 0; steps < 40; steps++) {
    const link = [...links.keys()].find((each) => real === each || real.startsWith(`${each}/`));
    if (link === undefined) return real;
    real = `${links.get(link) ?? ''}${real.slice(link.length)}`;
  }
  throw systemError('ELOOP', path);
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

function addFolders(folders: Set<string>, path: string): void {
  for (let folder = parentOf(path); folder !== '/'; folder = parentOf(folder)) folders.add(folder);
}

function namesIn(folder: string, paths: readonly string[]): readonly string[] {
  const names = paths.filter((path) => path !== folder && parentOf(path) === folder);
  return [...new Set(names.map((path) => path.slice(path.lastIndexOf('/') + 1)))].sort();
}

function encode(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

async function* inOneChunk(read: () => Uint8Array): AsyncIterable<Uint8Array> {
  yield read();
}

function systemError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code, syscall: 'open', path });
}
