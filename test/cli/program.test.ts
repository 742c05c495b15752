// The bundled program in a process of its own: what no fake can show.
import * as assert from 'uvu/assert';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProgram } from '../../scripts/build-program.ts';
import { version } from '../../src/version.ts';
import { describe } from '../kit/suite.ts';
import { cluster, dbPolicy } from './shop.ts';

const folder = mkdtempSync(join(tmpdir(), 'netpolc-test-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
await buildProgram(join(folder, 'cli'));
writeFileSync(join(folder, 'cluster.yaml'), cluster);
writeFileSync(join(folder, 'db.yaml'), dbPolicy);

const main = join(folder, 'cli/main.js');

function netpolc(words: readonly string[], stdin = ''): { exitCode: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(main, words, {
    cwd: folder,
    input: stdin,
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { exitCode: status, out: stdout, err: stderr };
}

/** A line for bash with `pipefail`; `netpolc` is the program. */
function shell(line: string): { exitCode: number | null; out: string; err: string } {
  const script = `set -o pipefail; netpolc() { ${main} "$@"; }; ${line}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { exitCode: status, out: stdout, err: stderr };
}

describe('the program', (test) => {
  test('starts by its own name and says its version', () => {
    assert.equal(netpolc(['--version']), { exitCode: 0, out: `${version}\n`, err: '' });
  });

  test('started as the kubectl plug-in, it calls itself so', () => {
    const plugin = join(folder, 'kubectl-netpolc');
    symlinkSync(main, plugin);
    const help = (words: readonly string[]): string => spawnSync(plugin, words, { encoding: 'utf8' }).stdout;
    assert.match(help(['--help']), /^Usage: kubectl netpolc COMMAND/);
    assert.match(help(['trace', '--help']), /^Usage: kubectl netpolc trace /);
    assert.match(netpolc(['--help']).out, /^Usage: netpolc COMMAND/);
    assert.match(spawnSync(plugin, ['trcae'], { encoding: 'utf8' }).stderr, /\(kubectl netpolc --help lists/);
  });

  test('finds its configuration at or above the working folder', () => {
    writeFileSync(
      join(folder, 'netpolc.yaml'),
      'apiVersion: netpolc.dev/v1alpha1\nkind: Config\npolicies: [db.yaml]\n',
    );
    const { exitCode, out, err } = shell('mkdir -p deep/below && cd deep/below && netpolc ir -s ../../cluster.yaml');
    rmSync(join(folder, 'netpolc.yaml'));
    assert.equal([exitCode, err], [0, '']);
    assert.match(out, /"file": "\.\.\/\.\.\/db\.yaml"/);
  });

  test('needs no node_modules', () => {
    const compiled = netpolc(['compile', 'db.yaml', '-s', 'cluster.yaml', '--target', 'nftables', '--node', 'n2']);
    assert.equal([compiled.exitCode, compiled.err], [0, '']);
    assert.match(compiled.out, /table inet netpolc/);
    assert.is(
      netpolc(['trace', '-l', 'app=api', '--to', 'prod/db', '--port', '5432', '-s', 'cluster.yaml']).exitCode,
      0,
    );
  });

  test('reads standard input', () => {
    const { exitCode, out } = netpolc(['ir', '-', '-s', 'cluster.yaml'], dbPolicy);
    assert.is(exitCode, 0);
    assert.match(out, /"file": "<stdin>"/);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`ended by ${signal} in the middle of a replay, it leaves nothing behind`, async () => {
      const temporary = mkdtempSync(join(folder, 'tmp-'));
      const programs = mkdtempSync(join(folder, 'bin-'));
      // Stands for a replay that takes long, and says when it has begun.
      writeFileSync(join(programs, 'unshare'), `#!/bin/sh\n: > ${programs}/begun\nexec sleep 60\n`, { mode: 0o755 });
      writeFileSync(join(folder, 'one.flows'), 'ask prod/api -> prod/db:1\n');
      const words = ['test', 'db.yaml', '-s', 'cluster.yaml', '--flows', 'one.flows', '--engine', 'nftables'];
      const env = { ...process.env, TMPDIR: temporary, PATH: `${programs}:${process.env['PATH'] ?? ''}` };
      const child = spawn(main, words, { cwd: folder, env, stdio: 'ignore' });
      const ended = new Promise((resolve) => child.on('exit', (_code, by) => resolve(by)));
      while (!existsSync(join(programs, 'begun'))) await new Promise((resolve) => setTimeout(resolve, 20));
      assert.is(readdirSync(temporary).length, 1);
      child.kill(signal);
      assert.is(await ended, signal);
      assert.equal(readdirSync(temporary), []);
    });
  }

  test('exits with 1, 2, 3 and 4 as the contract says', () => {
    const trace = ['trace', 'db.yaml', '-s', 'cluster.yaml', '--from', 'prod/api', '--to', 'prod/db', '--port', '5432'];
    assert.is(netpolc([...trace, '--expect', 'deny']).exitCode, 1);
    assert.is(netpolc(['trace']).exitCode, 2);
    assert.is(netpolc(['ir', 'none.yaml']).exitCode, 3);
    const output = ['-o', '/proc/netpolc/n2.nft'];
    assert.is(netpolc(['compile', 'db.yaml', '-s', 'cluster.yaml', '--target', 'nftables', ...output]).exitCode, 4);
  });

  test('a result larger than any pipe arrives whole', () => {
    const pods = Array.from({ length: 3000 }, (_, index) => podText(index)).join('');
    writeFileSync(join(folder, 'large.yaml'), cluster + pods);
    const { exitCode, out } = shell('netpolc ir db.yaml -s large.yaml | (sleep 0.2; cat)');
    assert.is(exitCode, 0);
    assert.is((JSON.parse(out) as { endpoints: unknown[] }).endpoints.length, 3002);
  });

  test('a closed pipe ends it quietly, and a failed test stays failed', () => {
    const quiet = shell('netpolc ir db.yaml -s large.yaml | head -c 1');
    assert.equal([quiet.exitCode, quiet.out, quiet.err], [0, '{', '']);
    const flows = 'yes "deny prod/api -> prod/db:5432/TCP" | head -20000 > many.flows';
    const failed = shell(`${flows}; netpolc test db.yaml -s cluster.yaml --flows many.flows 2>/dev/null | head -1`);
    assert.equal([failed.exitCode, failed.out.slice(0, 4)], [1, 'FAIL']);
  });

  test('a full disk behind standard output is said', () => {
    const { exitCode, err } = shell('netpolc ir db.yaml -s cluster.yaml > /dev/full');
    assert.is(exitCode, 4);
    assert.match(err, /`<stdout>` cannot be written: the disk is full/);
  });

  test('writes files whose folders it makes', () => {
    const compile = 'netpolc compile db.yaml -s cluster.yaml --target nftables --each-node -o out/rules';
    assert.is(shell(`${compile} && find out -name '*.nft' | sort`).out, 'out/rules/n1/n1.nft\nout/rules/n2/n2.nft\n');
    assert.match(readFileSync(join(folder, 'out/rules/n2/n2.nft'), 'utf8'), /5432/);
  });

  test('brings the licenses of what is bundled with it', () => {
    const notices = readFileSync(join(folder, 'cli/THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of ['chevrotain', 'commander', 'execa', 'handlebars', 'ip-address', 'yaml']) {
      assert.match(notices, new RegExp(`^${name} [0-9.]+ \\(`, 'm'));
    }
  });
});

function podText(index: number): string {
  const ip = `10.9.${index >> 8}.${index & 255}`;
  return `---
apiVersion: v1
kind: Pod
metadata: {name: p${index}, namespace: prod, labels: {app: web}}
spec: {nodeName: n1, containers: [{name: c}]}
status: {phase: Running, podIP: ${ip}, podIPs: [{ip: ${ip}}]}
`;
}
