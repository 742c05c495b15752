// `git:REVISION:PATH` against real repositories.
import * as assert from 'uvu/assert';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { findFiles } from '../../src/cli/find-files.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Host } from '../../src/host/host.ts';
import { hostIn, inRepository, repositoryIn, type Repository } from '../git/repository.ts';
import { describe } from '../kit/suite.ts';

interface FoundAll {
  /** Name and content of each file, in order. */
  readonly files: readonly (readonly [name: string, content: string])[];
  /** `CODE message`, and behind ` / ` the hint. */
  readonly problems: readonly string[];
}

async function find(host: Host, ...paths: readonly string[]): Promise<FoundAll> {
  const problems: Diagnostic[] = [];
  const found = await findFiles(paths, 'policies', host, (problem) => void problems.push(problem));
  const files: (readonly [string, string])[] = [];
  for (const file of found) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of file.chunks()) chunks.push(chunk);
    files.push([file.name, Buffer.concat(chunks).toString('latin1')]);
  }
  return { files, problems: problems.map(({ code, message, hint }) => `${code} ${message} / ${hint ?? ''}`) };
}

async function namesOf(host: Host, ...paths: readonly string[]): Promise<readonly string[]> {
  const { files, problems } = await find(host, ...paths);
  assert.equal(problems, []);
  return files.map(([name]) => name);
}

/** The one problem that must come up, and no file with it. */
async function problemOf(host: Host, path: string): Promise<string> {
  const { files, problems } = await find(host, path);
  assert.equal(files, []);
  assert.is(problems.length, 1, problems.join('\n'));
  return problems[0] ?? '';
}

async function exitCodeOf(host: Host, path: string): Promise<number> {
  return runCli(['ir', path], host);
}

/** A repository in which each test looks at one thing. */
function inShop(act: (repository: Repository) => Promise<void>): () => Promise<void> {
  return () =>
    inRepository(async (repository) => {
      repository.write('policies/db.yaml', 'old');
      repository.write('policies/a/z.yml', 'z');
      repository.write('notes.txt', 'notes');
      repository.commit('first');
      await act(repository);
    });
}

describe('files of a revision', (test) => {
  test(
    'are those of the commit and not those of the work tree or the index',
    inShop(async ({ folder, write, git, commit }) => {
      write('policies/db.yaml', 'new');
      commit();
      write('policies/db.yaml', 'staged');
      write('policies/staged.yaml', 'staged');
      git('add', '--all');
      write('policies/db.yaml', 'work');
      const { files } = await find(hostIn(folder), 'git:HEAD~1:policies/db.yaml', 'git:main:policies');
      assert.equal(files, [
        ['git:HEAD~1:policies/db.yaml', 'old'],
        ['git:main:policies/a/z.yml', 'z'],
        ['git:main:policies/db.yaml', 'new'],
      ]);
    }),
  );

  test(
    'follow the rules of folders on the disk: endings, hidden folders, order',
    inShop(async ({ folder, write, commit }) => {
      for (const name of ['b.json', 'Z.yaml', '.git-hidden/x.yaml', '.h.yaml', 'x.yaml.bak', 'y.yaml.txt'])
        write(`p/${name}`, '');
      write('p/packed.yml.gz', gzipSync('packed'));
      commit();
      const host = hostIn(folder);
      const { files } = await find(host, 'git:main:p/');
      assert.equal(files, [
        ['git:main:p/.h.yaml', ''],
        ['git:main:p/Z.yaml', ''],
        ['git:main:p/b.json', ''],
        ['git:main:p/packed.yml.gz', 'packed'],
      ]);
      assert.equal(await namesOf(host, 'git:main:p/.git-hidden'), ['git:main:p/.git-hidden/x.yaml']);
      assert.equal(await namesOf(host, 'git:main:notes.txt'), ['git:main:notes.txt']);
    }),
  );

  test(
    'of the whole tree are called as git show calls them',
    inShop(async ({ folder, git }) => {
      const host = hostIn(join(folder, 'policies/a'));
      const names = await namesOf(host, 'git:main:', 'git:main:../', 'git:main:./z.yml');
      assert.equal(names, [
        'git:main:policies/a/z.yml',
        'git:main:policies/db.yaml',
        'git:main:../a/z.yml',
        'git:main:../db.yaml',
        'git:main:./z.yml',
      ]);
      for (const name of names) assert.match(git('-C', 'policies/a', 'show', name.slice(4)), /^(?:z|old)$/);
    }),
  );

  test(
    'have any name that a file can have',
    inShop(async ({ folder, write, commit }) => {
      const names = ['-rf.yaml', '"quoted".yaml', 'a b.yaml', 'line\nend.yaml', 'tab\t.yaml', 'ü→.yaml', "it's.yaml"];
      for (const name of names) write(`odd/${name}`, name);
      write(Buffer.from('odd/caf\xe9.yaml', 'latin1'), '1');
      write(Buffer.from('odd/caf\xe8.yaml', 'latin1'), '2');
      write('-odd/x.yaml', '3');
      commit();
      const { files, problems } = await find(hostIn(folder), 'git:main:odd', 'git:main:-odd');
      assert.equal(problems, []);
      const expected = [
        ...names.map((name) => [`git:main:odd/${name}`, Buffer.from(name).toString('latin1')] as const),
      ];
      expected.push(['git:main:odd/caf\\xE9.yaml', '1'], ['git:main:odd/caf\\xE8.yaml', '2']);
      expected.sort(([a], [b]) => (a < b ? -1 : 1));
      assert.equal(files, [...expected, ['git:main:-odd/x.yaml', '3']]);
    }),
  );

  test(
    'are the bytes of the commit, whatever .gitattributes and replacements say',
    inShop(async ({ folder, write, git, commit }) => {
      write('.gitattributes', '*.yaml eol=crlf ident export-ignore export-subst filter=x diff=x\n');
      write('raw.yaml', Buffer.from('$Id$ $Format:%H$ \xff\xfe\n', 'latin1'));
      commit();
      git('config', 'filter.x.smudge', 'echo smudged');
      git('config', 'diff.x.textconv', 'echo converted');
      const raw = git('rev-parse', 'HEAD:raw.yaml').trim();
      git('replace', raw, git('rev-parse', 'HEAD:notes.txt').trim());
      const { files } = await find(hostIn(folder), 'git:main:raw.yaml');
      assert.equal(files, [['git:main:raw.yaml', '$Id$ $Format:%H$ \xff\xfe\n']]);
    }),
  );

  test(
    'larger than what is held at once come whole, in any order and as often as asked',
    inShop(async ({ folder, write, commit }) => {
      const large = 'x'.repeat(5 * 1024 * 1024);
      write('p/a.yaml', 'a');
      write('p/b.yaml', large);
      write('p/c.yaml', 'y'.repeat(3 * 1024 * 1024));
      write('p/d.yaml', 'z'.repeat(3 * 1024 * 1024));
      commit();
      const found = await findFiles(['git:main:p'], 'policies', hostIn(folder), () => assert.unreachable());
      const lengths: number[] = [];
      for (const index of [3, 1, 0, 2, 1, 3]) {
        let length = 0;
        for await (const chunk of found[index]?.chunks() ?? []) length += chunk.length;
        lengths.push(length / 1024 / 1024);
      }
      assert.equal(lengths, [3, 5, 1 / 1024 / 1024, 3, 5, 3]);
    }),
  );

  test(
    'take few processes, however many they are',
    inShop(async ({ folder, write, commit }) => {
      for (let index = 0; index < 500; index++) write(`many/${index}.yaml`, String(index));
      commit();
      const host = hostIn(folder);
      assert.is((await namesOf(host, 'git:main:many', 'git:main:policies')).length, 502);
      assert.ok(host.commands.length <= 7, `${host.commands.length} processes`);
    }),
  );
});

describe('revisions', (test) => {
  test(
    'are whatever git resolves to a commit or a tree',
    inShop(async ({ folder, write, git, commit }) => {
      git('branch', 'feature/db');
      git('tag', '-a', 'v1', '-m', 'one');
      write('policies/db.yaml', 'new');
      const second = commit();
      git('checkout', '--quiet', '-b', 'side', 'HEAD~1');
      write('side.yaml', 'side');
      commit();
      git('merge', '--quiet', '--no-edit', 'main');
      git('branch', '--quiet', '--set-upstream-to=main', 'side');
      git('checkout', '--quiet', '--detach');
      const tree = git('rev-parse', 'main^{tree}').trim();
      const host = hostIn(folder);
      const contentOf = async (revision: string): Promise<string | undefined> =>
        (await find(host, `git:${revision}:policies/db.yaml`)).files[0]?.[1];
      for (const old of ['feature/db', 'v1', 'v1^{}', 'refs/tags/v1', 'main~1', 'HEAD^1', 'side^^', 'main^{/first}'])
        assert.is(await contentOf(old), 'old', old);
      for (const newer of ['main', 'HEAD', '@', 'HEAD^2', 'side@{u}', 'side', second, second.slice(0, 8), tree])
        assert.is(await contentOf(newer), 'new', newer);
    }),
  );

  test(
    'of a bare repository are read, from its root',
    inShop(async ({ folder, git }) => {
      git('clone', '--quiet', '--bare', '.', '../bare.git');
      const host = hostIn(join(dirname(folder), 'bare.git'));
      assert.equal(await namesOf(host, 'git:main:policies/a'), ['git:main:policies/a/z.yml']);
      assert.match(await problemOf(host, 'git:main:./policies'), /^NP1002 .*does not run in a working tree/);
    }),
  );

  test(
    'are no options of git, and a line end makes them no two revisions',
    inShop(async ({ folder, git }) => {
      const evil = join(folder, 'evil');
      for (const revision of [`--upload-pack=touch ${evil}`, '--output=x', '-h', '--batch', 'main\nmain', '^main'])
        assert.match(await problemOf(hostIn(folder), `git:${revision}:policies`), /^NP1020 /, revision);
      assert.is(git('status', '--porcelain'), '');
    }),
  );

  test(
    'that are not known are errors, with the likeliest one as a hint',
    inShop(async ({ folder, git }) => {
      const host = hostIn(folder);
      assert.match(
        await problemOf(host, 'git:mian~1:policies'),
        /^NP1020 `mian~1` is no .* \/ did you mean `main~1`\?/,
      );
      assert.match(await problemOf(host, 'git:HAED:policies'), /^NP1020 .* \/ did you mean `HEAD`\?/);
      assert.match(await problemOf(host, 'git:main~9:policies'), /^NP1020 .* \/ git branch -a and git tag/);
      assert.match(await problemOf(host, 'git:main@{u}:policies'), /^NP1020 /);
      assert.is(await exitCodeOf(host, 'git:mian:policies'), 3);
      git('checkout', '--quiet', '-b', 'topic');
      git('clone', '--quiet', '.', '../clone');
      const clone = hostIn(join(dirname(folder), 'clone'));
      assert.match(await problemOf(clone, 'git:main:policies'), / \/ did you mean `origin\/main`\?/);
    }),
  );

  test(
    'that a shallow clone lacks are explained',
    inShop(async ({ folder, git, commit }) => {
      commit();
      git('clone', '--quiet', '--depth=1', `file://${folder}`, '../shallow');
      const host = hostIn(join(dirname(folder), 'shallow'));
      assert.match(await problemOf(host, 'git:HEAD~1:policies'), /^NP1020 .*shallow: git fetch --unshallow/);
    }),
  );

  test(
    'are written with both colons',
    inShop(async ({ folder }) => {
      for (const word of ['git:main', 'git:', 'git::policies']) {
        assert.match(await problemOf(hostIn(folder), word), /^NP7005 .*git:REVISION:PATH .*git:main:policies\//);
        assert.is(await exitCodeOf(hostIn(folder), word), 2);
      }
    }),
  );
});

describe('paths in a revision', (test) => {
  test(
    'begin at the root, and with ./ or ../ at the working folder',
    inShop(async ({ folder }) => {
      const host = hostIn(join(folder, 'policies'));
      assert.equal(await namesOf(host, 'git:main:./a', 'git:main:../policies/a'), [
        'git:main:./a/z.yml',
        'git:main:../policies/a/z.yml',
      ]);
      assert.match(await problemOf(host, 'git:main:db.yaml'), /^NP1002 .* \/ did you mean `git:main:\.\/db\.yaml`\?/);
      assert.match(await problemOf(host, 'git:main:./policies'), / \/ did you mean `git:main:policies`\?/);
      assert.match(await problemOf(host, 'git:main:/policies'), / \/ did you mean `git:main:policies`\?/);
      assert.match(await problemOf(host, 'git:main:../../x'), /^NP1002 .* \/ it leads out of the repository/);
    }),
  );

  test(
    'that are missing are errors, with the nearest name as a hint',
    inShop(async ({ folder }) => {
      const host = hostIn(folder);
      assert.match(await problemOf(host, 'git:main:polices/'), /^NP1002 .* \/ did you mean `git:main:policies`\?/);
      assert.match(
        await problemOf(host, 'git:main:policies/bd.yaml'),
        / \/ did you mean `git:main:policies\/db\.yaml`\?/,
      );
      for (const path of ['policies/db.yaml/', 'policies/db.yaml/x', 'policies/../policies', 'policies//a'])
        assert.match(await problemOf(host, `git:main:${path}`), /^NP1002 /, path);
      assert.is(await exitCodeOf(host, 'git:main:polices'), 3);
    }),
  );

  test(
    'to a folder without manifests are errors',
    inShop(async ({ folder, write, git, commit }) => {
      write('docs/readme.md', '');
      commit();
      assert.match(
        await problemOf(hostIn(folder), 'git:main:docs'),
        /^NP1004 folder `git:main:docs` holds no manifest/,
      );
      git('checkout', '--quiet', '--orphan', 'empty');
      git('rm', '-rfq', '.');
      commit();
      assert.match(await problemOf(hostIn(folder), 'git:empty:'), /^NP1004 /);
    }),
  );
});

describe('links in a revision', (test) => {
  test(
    'are followed within it, also through folders, and in a circle they end',
    inShop(async ({ folder, write, link, commit }) => {
      write('shared/s.yaml', 's');
      link('p/one.yaml', '../policies/db.yaml');
      link('p/two.yaml', './one.yaml');
      link('p/far', '..//shared/.');
      link('p/loop', '../p');
      link('top', 'p/far');
      commit();
      const { files, problems } = await find(hostIn(folder), 'git:main:p', 'git:main:top');
      assert.equal(problems, []);
      assert.equal(files, [
        ['git:main:p/far/s.yaml', 's'],
        ['git:main:p/one.yaml', 'old'],
        ['git:main:p/two.yaml', 'old'],
        ['git:main:top/s.yaml', 's'],
      ]);
    }),
  );

  test(
    'that lead out of it, nowhere or back to themselves are errors, never passed over',
    inShop(async ({ folder, link, commit }) => {
      link('p/absolute.yaml', join(folder, 'policies/db.yaml'));
      link('p/out', '../../shop/policies');
      link('p/gone.yaml', 'nothing.yaml');
      link('p/self.yaml', 'self.yaml');
      link('p/below.yaml', '../policies/db.yaml/x');
      commit();
      const { files, problems } = await find(hostIn(folder), 'git:main:p');
      assert.equal(files, []);
      assert.is(problems.length, 5);
      assert.match(
        problems[0] ?? '',
        /^NP1002 .*p\/absolute\.yaml` \/ it is a link that leads out of the repository, to `\//,
      );
      assert.match(problems[1] ?? '', /^NP1002 .*p\/below\.yaml` \/ it is a link that leads nowhere/);
      assert.match(
        problems[2] ?? '',
        /^NP1002 .*p\/gone\.yaml` \/ it is a link that leads nowhere, to `nothing\.yaml`/,
      );
      assert.match(
        problems[3] ?? '',
        /^NP1002 .*p\/out` \/ it is a link that leads out of the repository, to `\.\.\/\.\./,
      );
      assert.match(problems[4] ?? '', /^NP1003 .*p\/self\.yaml` cannot be read: its links lead in a circle/);
    }),
  );

  test(
    'do not make a missing file behind them a broken link',
    inShop(async ({ folder, link, commit }) => {
      link('current', 'policies');
      commit();
      const problem = await problemOf(hostIn(folder), 'git:main:current/bd.yaml');
      assert.match(problem, /^NP1002 .* \/ did you mean `git:main:current\/db\.yaml`\?/);
    }),
  );
});

describe('what a revision does not hold itself', (test) => {
  test(
    'submodules, named, found or behind a link, are errors',
    inShop(async ({ folder, git, link, commit }) => {
      const oid = commit();
      git('update-index', '--add', '--cacheinfo', `160000,${oid},policies/vendor`);
      link('into', 'policies/vendor/p');
      git('add', 'into');
      git('commit', '--quiet', '-m', 'submodule');
      const host = hostIn(folder);
      const { problems } = await find(host, 'git:main:policies');
      assert.equal(problems.length, 1);
      assert.match(
        problems[0] ?? '',
        /^NP1022 `git:main:policies\/vendor` needs files of the submodule `policies\/vendor`/,
      );
      assert.match(await problemOf(host, 'git:main:policies/vendor/x.yaml'), /^NP1022 /);
      assert.match(await problemOf(host, 'git:main:into'), /^NP1022 .*the submodule `policies\/vendor`/);
      assert.equal(await namesOf(host, 'git:main:policies/db.yaml'), ['git:main:policies/db.yaml']);
      assert.is(await exitCodeOf(host, 'git:main:'), 3);
    }),
  );

  test(
    'pointers of Git LFS are said to be such',
    inShop(async ({ folder, write, commit }) => {
      write('p/big.yaml', `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`);
      commit();
      const host = hostIn(folder);
      assert.is(await exitCodeOf(host, 'git:main:p'), 3);
      assert.match(host.err(), /error NP1023: `git:main:p\/big\.yaml` is a pointer of Git LFS/);
    }),
  );

  test(
    'what a partial clone lacks is an error, and no program of its configuration is run to fetch it',
    inShop(async ({ folder, write, git, commit }) => {
      write('policies/db.yaml', 'new');
      commit();
      git('config', 'uploadpack.allowFilter', 'true');
      git('clone', '--quiet', '--filter=blob:none', `file://${folder}`, '../partial');
      const partial = repositoryIn(join(dirname(folder), 'partial'));
      const script = join(partial.folder, '.git/evil');
      writeFileSync(script, `#!/bin/sh\ntouch ${script}.ran\nexec git-upload-pack "$@"\n`, { mode: 0o755 });
      partial.git('config', 'remote.origin.uploadpack', script);
      partial.git('config', 'protocol.file.allow', 'always');
      const host = hostIn(partial.folder);
      assert.match(await problemOf(host, 'git:HEAD~1:policies/db.yaml'), /^NP1024 /);
      assert.ok(!existsSync(`${script}.ran`));
      assert.equal((await find(host, 'git:HEAD:policies/db.yaml')).files, [['git:HEAD:policies/db.yaml', 'new']]);
      partial.git('cat-file', '-e', 'HEAD~1:policies/db.yaml');
      assert.ok(existsSync(`${script}.ran`), 'git by itself does run it');
    }),
  );
});

describe('repositories', (test) => {
  test(
    'are left as they are, index included, and nothing in them is run',
    inShop(async ({ folder, git, write }) => {
      const script = join(folder, '.git/evil');
      writeFileSync(script, `#!/bin/sh\ntouch ${script}.ran\n`, { mode: 0o755 });
      for (const key of ['core.fsmonitor', 'core.pager', 'diff.external', 'core.sshCommand', 'core.editor'])
        git('config', key, script);
      write('policies/db.yaml', 'touched');
      const before = readFileSync(join(folder, '.git/index'));
      await namesOf(hostIn(folder), 'git:main:', 'git:HEAD:./policies');
      assert.equal(readFileSync(join(folder, '.git/index')), before);
      assert.ok(!existsSync(`${script}.ran`));
    }),
  );

  test('are needed', () =>
    inRepository(async ({ folder }) => {
      const host = hostIn(dirname(folder), { GIT_CEILING_DIRECTORIES: dirname(dirname(folder)) });
      assert.match(await problemOf(host, 'git:main:policies'), /^NP1021 the command does not run in a git repository/);
      assert.is(await exitCodeOf(host, 'git:main:policies'), 3);
    }));

  test(
    'of another user are not opened, and it is said how to trust them',
    inShop(async ({ folder }) => {
      const host = hostIn(folder, { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' });
      assert.match(await problemOf(host, 'git:main:policies'), /^NP7012 .*safe\.directory '.*\/shop'/);
      assert.is(await exitCodeOf(host, 'git:main:policies'), 4);
    }),
  );

  test(
    'with broken objects are errors',
    inShop(async ({ folder, git }) => {
      const oid = git('rev-parse', 'main:policies/db.yaml').trim();
      const object = join(folder, '.git/objects', oid.slice(0, 2), oid.slice(2));
      git('cat-file', '-e', oid);
      rmSync(object, { force: true });
      assert.match(await problemOf(hostIn(folder), 'git:main:policies'), /^NP1024 this clone lacks files/);
    }),
  );
});
