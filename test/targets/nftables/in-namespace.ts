// A script in a network namespace of its own, with files beside it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { createRealHost } from '../../../src/host/real-host.ts';

const host = createRealHost();

/** What the script prints. It stops at its first failure, which fails the test. */
export async function inNamespace(script: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'netpolc-load-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const user = host.uid === 0 ? [] : ['--user', '--map-root-user'];
    const argv = ['unshare', ...user, '--net', '--mount', 'sh', '-euc', `cd ${folder}\n${script}`] as const;
    const { exitCode, stdout, stderr } = await host.run({ argv, stdin: null });
    assert.is(exitCode, 0, stderr);
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
