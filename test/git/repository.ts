// A real git repository in a temporary folder, without the configuration of whoever runs the tests.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createFakeHost, type FakeHost } from '../../src/host/fake-host.ts';
import { createRealHost } from '../../src/host/real-host.ts';

export interface Repository {
  readonly folder: string;
  /** Runs git in the repository and gives what it prints. */
  readonly git: (...args: readonly string[]) => string;
  /** Writes a file of the work tree; a name may hold bytes beyond UTF-8. */
  readonly write: (path: string | Buffer, content: string | Uint8Array) => void;
  readonly link: (path: string, text: string) => void;
  /** Commits everything, and gives the name of the commit. */
  readonly commit: (message?: string) => string;
}

const real = createRealHost();

const person = { NAME: 'Ada', EMAIL: 'ada@example.com', DATE: '2026-01-01T00:00:00Z' };

/** For tests of a repository's own: nothing of the environment says which one it is, or who commits. */
export const gitEnvironment: Readonly<Record<string, string>> = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((role) =>
      Object.entries(person).map(([key, value]) => [`GIT_${role}_${key}`, value]),
    ),
  ),
};

/** Makes a repository with the branch `main`, hands it over, and removes it. */
export async function inRepository(act: (repository: Repository) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'netpolc-git-'));
  try {
    const repository = repositoryIn(join(folder, 'shop'));
    mkdirSync(repository.folder);
    repository.git('init', '--quiet', '--template=', '--initial-branch=main');
    await act(repository);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A repository that is there, or will be. */
export function repositoryIn(folder: string): Repository {
  const env = { ...withoutGit(), ...gitEnvironment };
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const write = (path: string | Buffer, content: string | Uint8Array): void => {
    const whole = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(path)]);
    mkdirSync(whole.subarray(0, whole.lastIndexOf('/')), { recursive: true });
    writeFileSync(whole, content);
  };
  const link = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(text, join(folder, path));
  };
  const commit = (message = 'more'): string => {
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '-m', message);
    return git('rev-parse', 'HEAD').trim();
  };
  return { folder, git, write, link, commit };
}

/** A machine whose git runs really, in a folder; everything else is played. Its `commands` are what git was asked. */
export function hostIn(folder: string, environment: Readonly<Record<string, string>> = {}): FakeHost {
  const fake = createFakeHost();
  const commands: FakeHost['commands'][number][] = [];
  return {
    ...fake,
    commands,
    stream: (command, own) => {
      commands.push(command);
      const [program, ...args] = command.argv;
      const argv = [program, '-C', folder, ...args] as const;
      return real.stream({ ...command, argv: [...argv] }, { ...gitEnvironment, ...environment, ...own });
    },
  };
}

function withoutGit(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
}
