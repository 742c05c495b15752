// `git:REVISION:PATH` where git fails: git is played.
import * as assert from 'uvu/assert';
import type { FakeResult } from '../../src/host/fake-host.ts';
import type { HostCommand } from '../../src/target.ts';
import { describe } from '../kit/suite.ts';
import { netpolc, type Ran } from './shop.ts';

const oid = 'a'.repeat(40);
const policy = `apiVersion: v1\nkind: Namespace\nmetadata: {name: prod}\n`;

/** What a sound git says about a repository with the one file `p/a.yaml`, and the link `l` when asked. */
function soundGit({ argv, stdin }: HostCommand): Partial<FakeResult> {
  const line = argv.join(' ');
  if (line.includes('rev-parse --is-inside')) return { stdout: 'true\n\n' };
  if (line.endsWith('--batch-check') && stdin === 'main^{tree}\n') return { stdout: `${oid} tree 30\n` };
  if (line.endsWith('--batch-check')) return { stdout: `${oid} blob ${policy.length}\n` };
  if (line.includes('ls-tree')) return { stdout: `100644 blob ${oid}\tp/a.yaml\0` };
  if (line.endsWith('--batch')) return { stdout: `${oid} blob ${policy.length}\n${policy}\n` };
  throw new Error(`not expected: ${line}`);
}

/** Runs netpolc where one command of git, told by a word in it, ends otherwise. */
async function withFailure(word: string, result: Partial<FakeResult> | null): Promise<Ran> {
  const program = (command: HostCommand): Partial<FakeResult> | null =>
    command.argv.at(-1) === word || command.argv.includes(word) ? result : soundGit(command);
  const ran = await netpolc('ir git:main:p/', { program });
  assert.is(ran.out, '');
  return ran;
}

describe('git that fails', (test) => {
  test('it works as long as git does', async () => {
    const { exitCode, host } = await netpolc('ir git:main:p/', { program: soundGit });
    assert.is(exitCode, 0);
    assert.is(host.commands.length, 5);
  });

  test('git that is not installed is said', async () => {
    const { exitCode, err } = await netpolc('ir git:main:p/');
    assert.is(exitCode, 4);
    assert.match(err, /error NP7001: program `git` is not installed/);
  });

  test('what git says is shown, whichever command fails', async () => {
    const broken = { exitCode: 128, stderr: 'fatal: bad config line 1\n' };
    for (const word of ['rev-parse', 'ls-tree']) {
      const { exitCode, err } = await withFailure(word, broken);
      assert.is(exitCode, 4, word);
      assert.match(err, new RegExp(`error NP7002: \`git ${word}\` failed with exit code 128`));
      assert.match(err, /note: fatal: bad config line 1/);
    }
  });

  test('a file that git cannot read, or reads otherwise than it said, is no empty file', async () => {
    const refused = await withFailure('--batch', { exitCode: 128, stderr: 'fatal: loose object is corrupt\n' });
    assert.is(refused.exitCode, 3);
    assert.match(refused.err, /NP1003: `git:main:p\/a\.yaml` cannot be read: git says fatal: loose object is corrupt/);
    for (const stdout of ['', `${oid} missing\n`, `${oid} blob 3\nabc\n`]) {
      const { exitCode, err } = await withFailure('--batch', { stdout });
      assert.is(exitCode, 3);
      assert.match(err, /NP1003: `git:main:p\/a\.yaml` cannot be read/);
    }
  });

  test('files that are cut off are no shorter files', async () => {
    const { exitCode, err } = await withFailure('--batch', {
      stdout: `${oid} blob ${policy.length}\n${policy.slice(0, 20)}`,
    });
    assert.is(exitCode, 3);
    assert.match(err, /NP1003/);
  });

  test('a name of the repository that steers terminals does not', async () => {
    const program = (command: HostCommand): Partial<FakeResult> =>
      command.argv.includes('ls-tree') ? { stdout: `160000 commit ${oid}\tp/\u001b[2J\0` } : soundGit(command);
    const { exitCode, err } = await netpolc('ir git:main:p/', { program });
    assert.is(exitCode, 3);
    assert.match(err, /NP1022: `git:main:p\/<U\+001B>\[2J`/);
  });

  test('a link whose text is unknown, or longer than any path, is an error', async () => {
    for (const [sizes, content] of [
      [`${oid} missing\n`, ''],
      [`${oid} blob 4096\n`, ''],
      [`${oid} blob 4\n`, `${oid} blob 4\na.y`],
    ] as const) {
      const program = ({ argv, stdin }: HostCommand): Partial<FakeResult> => {
        if (argv.includes('ls-tree')) return { stdout: `120000 blob ${oid}\tp/a.yaml\0` };
        if (argv.includes('--batch-check') && stdin === `${oid}\n`) return { stdout: sizes };
        if (argv.includes('--batch')) return { stdout: content };
        return soundGit({ argv, stdin });
      };
      const { exitCode, err } = await netpolc('ir git:main:p/', { program });
      assert.is(exitCode, 3);
      assert.match(err, /NP1003: `git:main:p\/a\.yaml` cannot be read: the clone lacks a link/);
    }
  });

  test('git is asked without a pager, and nothing of the command line is one of its options', async () => {
    const { host } = await netpolc('ir git:--evil:p/', { program: gitWithoutRevision });
    for (const { argv } of host.commands) {
      assert.equal(argv.slice(0, 2), ['git', '--no-pager']);
      assert.ok(!argv.some((word) => word.includes('evil')));
    }
  });
});

/** Knows no revision. */
function gitWithoutRevision(command: HostCommand): Partial<FakeResult> {
  if (command.argv.includes('--batch-check')) return { stdout: `${command.stdin?.trim() ?? ''} missing\n` };
  if (command.argv.includes('for-each-ref')) return { stdout: 'main\n' };
  if (command.argv.includes('--is-shallow-repository')) return { stdout: 'false\n' };
  return soundGit(command);
}
