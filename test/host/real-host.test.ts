import * as assert from 'uvu/assert';
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createRealHost } from '../../src/host/real-host.ts';
import { isSystemError } from '../../src/host/system-error.ts';
import { describe } from '../kit/suite.ts';

const host = createRealHost();

async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'netpolc-test-'));
  try {
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The code of the system error that a promise rejects with. */
async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: unknown) => (isSystemError(error) ? error.code : `not a system error: ${String(error)}`),
  );
}

/** Frees everything that nothing can reach any more. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  assert.type(collect, 'function');
  (collect as () => void)();
}

describe('running programs', (test) => {
  test('gives exit code and both outputs, with standard input and the C locale', async () => {
    const script = 'cat; echo "$LC_ALL" >&2; exit 3';
    const result = await host.run({ argv: ['sh', '-c', script], stdin: 'in\n' });
    assert.equal(result, { exitCode: 3, stdout: 'in\n', stderr: 'C\n' });
  });

  test('no shell reads the words', async () => {
    const result = await host.run({ argv: ['printf', '%s', '$HOME; `id` *'], stdin: null });
    assert.is(result.stdout, '$HOME; `id` *');
  });

  test('a missing program is 127, one that may not be run 126, a signal 128 and more', async () => {
    const missing = await host.run({ argv: ['netpolc-no-such-program'], stdin: null });
    assert.equal(missing, { exitCode: 127, stdout: '', stderr: 'netpolc-no-such-program: not installed\n' });
    await inFolder(async (folder) => {
      writeFileSync(join(folder, 'plain'), '#!/bin/sh\n', { mode: 0o644 });
      assert.is((await host.run({ argv: [join(folder, 'plain')], stdin: null })).exitCode, 126);
    });
    const killed = await host.run({ argv: ['sh', '-c', 'kill -9 $$'], stdin: null });
    assert.equal([killed.exitCode, killed.stderr], [137, 'sh: ended by SIGKILL\n']);
  });

  test('a program that does not read its input is no failure', async () => {
    const result = await host.run({ argv: ['true'], stdin: 'x'.repeat(1024 * 1024) });
    assert.is(result.exitCode, 0);
  });

  test('the system folders are on the path', async () => {
    const { stdout } = await host.run({ argv: ['sh', '-c', 'echo "$PATH"'], stdin: null });
    assert.match(stdout, /:\/usr\/sbin:\/sbin\n$/);
  });
});

describe('programs whose output is read as it comes', (test) => {
  const stream = (script: string, stdin: string | null = null): ReturnType<typeof host.stream> =>
    host.stream({ argv: ['sh', '-c', script], stdin }, { GREETING: 'hello' });

  test('gives bytes as they are, and at the end how it ended', async () => {
    const output = stream('printf "\\377\\000"; cat; echo "$GREETING $LC_ALL" >&2; exit 3', 'in\n');
    const chunks: Uint8Array[] = [];
    let next = await output.next();
    for (; next.done !== true; next = await output.next()) chunks.push(next.value);
    assert.is(Buffer.concat(chunks).toString('latin1'), '\xff\0in\n');
    assert.equal(next.value, { exitCode: 3, stderr: 'hello C\n' });
  });

  test('a missing program is 127', async () => {
    const output = host.stream({ argv: ['netpolc-no-such-program'], stdin: null }, {});
    const end = { exitCode: 127, stderr: 'netpolc-no-such-program: not installed\n' };
    assert.equal(await output.next(), { done: true, value: end });
  });

  test('output without end is not gathered, and whoever stops reading ends the program', () =>
    inFolder(async (folder) => {
      const output = stream(`trap 'echo ended > ${folder}/ended; exit' TERM PIPE; while :; do echo y || exit; done`);
      await output.next();
      await output.return({ exitCode: 0, stderr: '' });
      for (let tries = 0; tries < 500 && readdirSync(folder).length === 0; tries++) await setTimeout(10);
      assert.equal(readdirSync(folder), ['ended']);
    }));
});

describe('writing files', (test) => {
  test('until the commit the old file stays, and after it nothing is left over', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'n1.nft');
      writeFileSync(path, 'old');
      const staged = await host.stage(path, 'new');
      assert.is(readFileSync(path, 'utf8'), 'old');
      await staged.commit();
      assert.is(readFileSync(path, 'utf8'), 'new');
      assert.equal(readdirSync(folder), ['n1.nft']);
    }));

  test('what was written is not kept in memory until the commit', () =>
    inFolder(async (folder) => {
      const stage = async (): Promise<{ commit: () => Promise<void>; content: WeakRef<Uint8Array> }> => {
        const content = new Uint8Array(1024);
        const { commit } = await host.stage(join(folder, 'n1.keys'), content);
        return { commit, content: new WeakRef(content) };
      };
      const { commit, content } = await stage();
      await setImmediate();
      collectGarbage();
      assert.ok(content.deref() === undefined);
      await commit();
      assert.is(statSync(join(folder, 'n1.keys')).size, 1024);
    }));

  test('a discarded file leaves nothing', () =>
    inFolder(async (folder) => {
      const staged = await host.stage(join(folder, 'deep/n1.nft'), 'new');
      await staged.discard();
      assert.equal(readdirSync(join(folder, 'deep')), []);
    }));

  test('a link stays a link, and a file keeps its mode', () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, 'real'), 'old', { mode: 0o600 });
      symlinkSync('real', join(folder, 'link'));
      await (await host.stage(join(folder, 'link'), 'new')).commit();
      assert.ok(lstatSync(join(folder, 'link')).isSymbolicLink());
      assert.is(readFileSync(join(folder, 'real'), 'utf8'), 'new');
      assert.is(statSync(join(folder, 'real')).mode & 0o777, 0o600);
    }));

  test('a device is written to and not replaced', async () => {
    await (await host.stage('/dev/null', 'new')).commit();
    assert.ok(statSync('/dev/null').isCharacterDevice());
  });

  test('a folder, or a file where a folder should be, is refused', () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, 'file'), '');
      assert.is(await codeOf(host.stage(folder, '')), 'EISDIR');
      assert.is(await codeOf(host.stage(join(folder, 'file/n1.nft'), '')), 'ENOTDIR');
    }));
});

describe('looking at files', (test) => {
  test('tells files, folders, devices and nothing', () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, 'file'), '');
      symlinkSync('nowhere', join(folder, 'link'));
      const kinds = await Promise.all(['file', '.', 'link', 'file/x'].map((name) => host.kindOf(join(folder, name))));
      assert.equal([...kinds, await host.kindOf('/dev/null')], ['file', 'folder', 'missing', 'missing', 'other']);
    }));

  test('names in a folder come in code-unit order', () =>
    inFolder(async (folder) => {
      for (const name of ['b', 'a', 'Z', 'ä']) writeFileSync(join(folder, name), '');
      assert.equal(await host.list(folder), ['Z', 'a', 'b', 'ä']);
    }));

  test('a missing file shows at the first chunk', () =>
    inFolder(async (folder) => {
      const chunks = host.read(join(folder, 'none'))[Symbol.asyncIterator]();
      assert.is(await codeOf(chunks.next()), 'ENOENT');
    }));

  test('a temporary folder is private, and removing is thorough and patient', async () => {
    const folder = await host.makeTemporaryFolder();
    assert.is(statSync(folder).mode & 0o777, 0o700);
    writeFileSync(join(folder, 'x'), '');
    await host.remove(folder);
    await host.remove(folder);
    assert.is(await host.kindOf(folder), 'missing');
  });
});
