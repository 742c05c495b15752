import * as assert from 'uvu/assert';
import { createFakeHost } from '../../src/host/fake-host.ts';
import { isSystemError } from '../../src/host/system-error.ts';
import { describe } from '../kit/suite.ts';

/** The fake must refuse what the real machine refuses, or tests prove nothing. */
describe('the machine in memory', (test) => {
  const codeOf = async (act: () => Promise<unknown>): Promise<string> =>
    act().then(
      () => 'none',
      (error: unknown) => (isSystemError(error) ? error.code : 'other'),
    );

  test('shows a staged file only after its commit', async () => {
    const host = createFakeHost();
    const staged = await host.stage('a/b.nft', 'text');
    assert.is(host.text('a/b.nft'), null);
    await staged.commit();
    assert.is(host.text('/here/a/b.nft'), 'text');
    assert.is(await host.kindOf('a'), 'folder');
  });

  test('fails as the system does', async () => {
    const host = createFakeHost({ files: { 'a/b': '', locked: '' }, links: { round: 'round' }, forbidden: ['locked'] });
    const first = async (path: string): Promise<unknown> => host.read(path)[Symbol.asyncIterator]().next();
    assert.is(await codeOf(() => first('none')), 'ENOENT');
    assert.is(await codeOf(() => first('a')), 'EISDIR');
    assert.is(await codeOf(() => first('locked')), 'EACCES');
    assert.is(await codeOf(() => host.stage('a', '')), 'EISDIR');
    assert.is(await codeOf(() => host.realPath('round')), 'ELOOP');
    assert.is(await codeOf(() => host.list('none')), 'ENOENT');
  });

  test('lists each name once, sorted', async () => {
    const host = createFakeHost({ files: { 'p/b/x': '', 'p/b/y': '', 'p/a': '' }, links: { 'p/c': 'p/a' } });
    assert.equal(await host.list('p'), ['a', 'b', 'c']);
  });

  test('a program that is not played is not installed', async () => {
    const host = createFakeHost();
    assert.is((await host.run({ argv: ['nft'], stdin: null })).exitCode, 127);
    assert.equal(host.commands, [{ argv: ['nft'], stdin: null }]);
  });

  test('a played program prints bytes as they are', async () => {
    const host = createFakeHost({ program: () => ({ stdout: Uint8Array.of(0xff, 0), exitCode: 3 }) });
    const output = host.stream({ argv: ['git'], stdin: 'in' }, {});
    assert.equal(await output.next(), { done: false, value: Uint8Array.of(0xff, 0) });
    assert.equal(await output.next(), { done: true, value: { exitCode: 3, stderr: '' } });
    assert.equal(host.commands, [{ argv: ['git'], stdin: 'in' }]);
  });
});
