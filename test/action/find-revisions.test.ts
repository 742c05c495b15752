// Which commits are compared, in real repositories: whole, shallow, merged, of a fork.
import * as assert from 'uvu/assert';
import { join } from 'node:path';
import { findRevisions, type Wanted } from '../../src/action/find-revisions.ts';
import type { Trigger } from '../../src/action/trigger.ts';
import { hostIn, inRepository, repositoryIn, type Repository } from '../git/repository.ts';
import { describe } from '../kit/suite.ts';

interface Shop {
  readonly origin: Repository;
  /** Commits: where the branch began, the tip of main, the tip of the branch, their merge. */
  readonly fork: string;
  readonly main: string;
  readonly branch: string;
  readonly merge: string;
}

/** main went on after the branch began, and both are merged as GitHub does it. */
async function inShop(act: (shop: Shop) => Promise<void>): Promise<void> {
  await inRepository(async (origin) => {
    const { git, write, commit } = origin;
    write('policies/db.yaml', '1');
    const fork = commit();
    git('checkout', '--quiet', '-b', 'change');
    write('policies/db.yaml', '2');
    const branch = commit();
    git('checkout', '--quiet', 'main');
    write('policies/other.yaml', '3');
    const main = commit();
    git('checkout', '--quiet', '-b', 'merge');
    git('merge', '--quiet', '--no-ff', '-m', 'merge', branch);
    const merge = git('rev-parse', 'HEAD').trim();
    git('checkout', '--quiet', 'main');
    await act({ origin, fork, main, branch, merge });
  });
}

/** A clone with one commit, as actions/checkout makes it. */
function shallowClone({ origin }: Shop, branch: string): Repository {
  const folder = join(origin.folder, '..', `clone-${branch}`);
  origin.git('clone', '--quiet', '--template=', '--depth=1', '--branch', branch, `file://${origin.folder}`, folder);
  return repositoryIn(folder);
}

async function find(folder: string, wanted: Partial<Wanted> & Pick<Wanted, 'trigger'>): Promise<string> {
  const { value, diagnostics } = await findRevisions({ base: null, baseSha: null, ...wanted }, hostIn(folder));
  if (value === null) return diagnostics.map(({ code, message }) => `${code} ${message}`).join();
  return `${value.base} ${value.head} ${value.prefix}`;
}

const pull = ({ main, branch }: Shop): Trigger => ({ kind: 'pull request', number: 7, baseSha: main, headSha: branch });

describe('the commits that are compared', (test) => {
  test('are the merge and what it builds on, which a shallow clone fetches', () =>
    inShop(async (shop) => {
      const { folder, git } = shallowClone(shop, 'merge');
      assert.is(await find(folder, { trigger: pull(shop), baseSha: shop.main }), `${shop.main} ${shop.merge} `);
      assert.is(git('rev-parse', '--is-shallow-repository').trim(), 'true');
      assert.match(git('ls-tree', '-r', '--name-only', shop.main), /policies\/other\.yaml/);
    }));

  test('are the branch and where it began, not what main has become', () =>
    inShop(async (shop) => {
      shop.origin.git('checkout', '--quiet', 'change');
      assert.is(
        await find(shop.origin.folder, { trigger: pull(shop), baseSha: shop.main }),
        `${shop.fork} ${shop.branch} `,
      );
    }));

  test('are not guessed when a shallow clone has only the branch: NP7030', () =>
    inShop(async (shop) => {
      const { folder } = shallowClone(shop, 'change');
      const said = await find(folder, { trigger: pull(shop), baseSha: shop.main });
      assert.is(said, 'NP7030 there is nothing to compare with: the clone is shallow');
    }));

  test('are those that a name, a branch of origin or a commit says', () =>
    inShop(async (shop) => {
      const { folder, main, fork } = { ...shop.origin, ...shop };
      const trigger: Trigger = { kind: 'other', before: null };
      assert.is(await find(folder, { trigger, base: 'main~1' }), `${fork} ${main} `);
      const clone = join(folder, '..', 'whole');
      shop.origin.git('clone', '--quiet', '--template=', folder, clone);
      assert.is(await find(clone, { trigger, base: 'change' }), `${shop.branch} ${main} `);
      assert.is(await find(clone, { trigger, base: fork }), `${fork} ${main} `);
      assert.match(
        await find(clone, { trigger, base: '--upload-pack=touch hacked' }),
        /^NP7030 .*is no commit of this clone$/,
      );
      assert.match(await find(clone, { trigger, base: 'main\nmain' }), /^NP7030/);
    }));

  test('are what a push builds on', () =>
    inShop(async (shop) => {
      const { folder } = shallowClone(shop, 'main');
      assert.is(await find(folder, { trigger: { kind: 'other', before: shop.fork } }), `${shop.fork} ${shop.main} `);
      assert.match(
        await find(folder, { trigger: { kind: 'other', before: null } }),
        /^NP7030 .*names no earlier commit$/,
      );
    }));

  test('of a fork are fetched and not checked out', () =>
    inShop(async (shop) => {
      const clone = join(shop.origin.folder, '..', 'whole');
      shop.origin.git('clone', '--quiet', '--template=', '--single-branch', `file://${shop.origin.folder}`, clone);
      const { git } = repositoryIn(clone);
      assert.throws(() => git('cat-file', '-e', shop.branch));
      const trigger: Trigger = { kind: 'workflow run', headSha: shop.branch, head: 'mallory:patch' };
      assert.is(await find(clone, { trigger, baseSha: shop.main }), `${shop.fork} ${shop.branch} `);
      assert.equal([git('rev-parse', 'HEAD').trim(), git('status', '--porcelain')], [shop.main, '']);
      assert.is(git('rev-parse', '--is-shallow-repository').trim(), 'false');
    }));

  test('that cannot be fetched are NP7031', () =>
    inShop(async (shop) => {
      const trigger: Trigger = { kind: 'other', before: 'a'.repeat(40) };
      assert.match(await find(shop.origin.folder, { trigger }), /^NP7031 commit `a{40}` is not in this clone/);
    }));

  test('are told with the folder in which the action works', () =>
    inShop(async (shop) => {
      const { origin, fork, main } = shop;
      const trigger: Trigger = { kind: 'other', before: fork };
      assert.is(await find(join(origin.folder, 'policies'), { trigger }), `${fork} ${main} policies/`);
    }));
});
