// The commands that ask the kernel, on the machine that runs the tests.
import * as assert from 'uvu/assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/run-cli.ts';
import { createRealHost } from '../../src/host/real-host.ts';
import { describe } from '../kit/suite.ts';
import { cluster, dbPolicy } from './shop.ts';

const flows = `{"from":"prod/api","to":"prod/db","port":5432,"expect":"allow"}
{"from":"prod/api","to":"prod/db","port":5433,"expect":"deny"}
{"from":"203.0.113.9","to":"prod/db","port":5432,"expect":"allow"}
`;

const engines = ['oracle', 'ir', 'nftables', 'iptables', 'iptables-legacy', 'ebpf', 'ebpf-test-run'];

/** Runs a command over the shop's files; FOLDER in the words is where they are. */
async function netpolc(...words: readonly string[]): Promise<{ exitCode: number; out: string; err: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'netpolc-test-'));
  const printed = { out: '', err: '' };
  const host = {
    ...createRealHost(),
    writeOut: async (text: string) => void (printed.out += text),
    writeErr: async (text: string) => void (printed.err += text),
  };
  try {
    writeFileSync(join(folder, 'all.yaml'), `${cluster}---${dbPolicy}`);
    writeFileSync(join(folder, 'flows.jsonl'), flows);
    const exitCode = await runCli(
      words.map((word) => word.replace('FOLDER', folder)),
      host,
    );
    return { exitCode, ...printed };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('netpolc and the kernel', (test) => {
  test('compile --check finds the kernel in agreement; who may not ask it is told so and gets nothing', async () => {
    const signs = { nftables: /table inet netpolc/, iptables: /:NETPOLC-FORWARD/, ebpf: /"endpoints4"/ };
    for (const [target, sign] of Object.entries(signs)) {
      const { exitCode, out, err } = await netpolc('compile', 'FOLDER/all.yaml', '--target', target, '--check');
      if (createRealHost().uid === 0) {
        assert.is(exitCode, 0, err);
        assert.match(out, sign);
      } else {
        assert.equal([exitCode, out], [4, ''], target);
      }
    }
  });

  test('test --engine all has every engine answer, and they agree', async () => {
    const words = ['--flows', 'FOLDER/flows.jsonl', '--engine', 'all', '--format', 'json'];
    const { exitCode, out, err } = await netpolc('test', 'FOLDER/all.yaml', ...words);
    assert.is(exitCode, 1);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { verdict: string; pass: boolean; engine: string });
    assert.equal(
      lines.map(({ engine, verdict, pass }) => `${engine} ${verdict} ${pass}`),
      ['allow true', 'deny true', 'deny false'].flatMap((said) => engines.map((engine) => `${engine} ${said}`)),
    );
    const why = 'why? netpolc trace, with the same input: --from 203.0.113.9 --to prod/db --port 5432\n';
    assert.is(err, `${why}3 flows (engines ${engines.join(', ')}): 2 passed, 1 failed\n`);
  });

  test('test --topology chooses how pods are wired', async () => {
    for (const topology of ['routed', 'bridged']) {
      const words = ['--flows', 'FOLDER/flows.jsonl', '--engine', 'nftables', '--topology', topology];
      assert.match((await netpolc('test', 'FOLDER/all.yaml', ...words)).err, /2 passed, 1 failed/);
    }
  });
});
