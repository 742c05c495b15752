import * as assert from 'uvu/assert';
import { createFakeHost } from '../../src/host/fake-host.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { version } from '../../src/version.ts';
import { describe } from '../kit/suite.ts';
import { netpolc } from './shop.ts';

describe('netpolc itself', (test) => {
  test('prints its version', async () => {
    for (const word of ['--version', '-V']) {
      assert.equal(await outcome(word), [0, `${version}\n`, '']);
    }
  });

  test('prints help on standard output when asked', async () => {
    for (const line of ['--help', '-h', 'help', 'compile --help', 'help trace']) {
      const [exitCode, out, err] = await outcome(line);
      assert.equal(exitCode, 0, line);
      assert.match(out, /^Usage: netpolc/);
      assert.match(out, /Examples:/);
      assert.equal(err, '');
    }
  });

  test('without words it prints help on standard error and is wrong usage', async () => {
    const [exitCode, out, err] = await outcome('');
    assert.equal(exitCode, 2);
    assert.equal(out, '');
    assert.match(err, /^Usage: netpolc/);
  });

  test('an unknown command is wrong usage, with the nearest one', async () => {
    const [exitCode, , err] = await outcome('complie');
    assert.equal(exitCode, 2);
    assert.match(err, /unknown command 'complie'\n\(Did you mean compile\?\)/);
  });

  test('commands of later versions are not there', async () => {
    for (const command of ['snapshot', 'apply', 'verify', 'agent']) {
      const [exitCode, , err] = await outcome(command);
      assert.equal(exitCode, 2, command);
      assert.match(err, new RegExp(`unknown command '${command}'`));
    }
  });

  test('unknown options and values are wrong usage', async () => {
    for (const words of [
      '--nod n1',
      '--decode=lax',
      '--icmp-echo sometimes',
      '--color maybe',
      '--named-ports-init x',
    ]) {
      assert.equal((await netpolc(`ir policies ${words}`)).exitCode, 2, words);
    }
  });

  test('control characters of the command line do not reach the terminal', async () => {
    const [, , err] = await outcome("'\u001b[31mcompile'");
    assert.match(err, /unknown command '<U\+001B>\[31mcompile'/);
  });
});

describe('diagnostics', (test) => {
  const line = 'ir nothing.yaml';

  test('are coloured on a terminal only, and NO_COLOR is honoured', async () => {
    assert.ok(!(await netpolc(line)).err.includes('\u001b['));
    assert.ok((await netpolc(line, { errIsTerminal: true })).err.includes('\u001b['));
    assert.ok(!(await netpolc(line, { errIsTerminal: true, env: { NO_COLOR: '1' } })).err.includes('\u001b['));
    assert.ok((await netpolc(line, { errIsTerminal: true, env: { NO_COLOR: '' } })).err.includes('\u001b['));
    assert.ok((await netpolc(`${line} --color always`, { env: { NO_COLOR: '1' } })).err.includes('\u001b['));
    assert.ok(!(await netpolc(`${line} --color never`, { errIsTerminal: true })).err.includes('\u001b['));
  });

  test('have a form for programs', async () => {
    const { exitCode, err } = await netpolc(`${line} --diagnostics json`);
    assert.equal(exitCode, 3);
    assert.equal((JSON.parse(err) as { diagnostics: { code: string }[] }).diagnostics[0]?.code, 'NP1002');
    const sarif = await netpolc(`${line} --diagnostics sarif`);
    assert.equal((JSON.parse(sarif.err) as { version: string }).version, '2.1.0');
  });
});

describe('a bug in netpolc', (test) => {
  const words = ['ir', 'policies'];
  const broken = (env: Record<string, string>) => ({
    ...createFakeHost({ env }),
    kindOf: () => Promise.reject(new TypeError('x is not a function')),
  });

  test('is exit code 70 and a short message', async () => {
    const host = broken({});
    assert.equal(await runCli(words, host), 70);
    assert.match(host.err(), /^error NP9001: a bug in netpolc: x is not a function$/m);
    assert.ok(!host.err().includes('    at '), host.err());
    assert.match(host.err(), /NETPOLC_DEBUG=1/);
    assert.equal(host.out(), '');
  });

  test('shows its stack under NETPOLC_DEBUG=1', async () => {
    const host = broken({ NETPOLC_DEBUG: '1' });
    assert.equal(await runCli(words, host), 70);
    assert.match(host.err(), /TypeError: x is not a function\n {4}at /);
  });

  test('is not what a full disk behind standard output is', async () => {
    const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
    const host = { ...createFakeHost(), writeOut: () => Promise.reject(full) };
    assert.equal(await runCli(['--version'], host), 4);
    assert.match(host.err(), /error NP7004: `<stdout>` cannot be written: the disk is full/);
  });
});

describe('netpolc explain', (test) => {
  test('explains a code by number or name', async () => {
    for (const code of ['NP1002', 'np1002', 'FILE_NOT_FOUND']) {
      const [exitCode, out] = await outcome(`explain ${code}`);
      assert.equal(exitCode, 0);
      assert.match(out, /^NP1002 FILE_NOT_FOUND \(error\)\n\n/);
    }
  });

  test('lists every code', async () => {
    const [exitCode, out] = await outcome('explain');
    assert.equal(exitCode, 0);
    assert.match(out, /^NP1001 {2}error {4}EMPTY_INPUT\n/);
    assert.match(out, /^NP9001 {2}error {4}BUG\n/m);
  });

  test('has a form for programs', async () => {
    const [, out] = await outcome('explain NP1002 --format json');
    const { schemaVersion, code, severity } = JSON.parse(out) as Record<string, unknown>;
    assert.equal([schemaVersion, code, severity], [1, 'NP1002', 'error']);
    assert.equal(
      (JSON.parse((await outcome('explain --format json'))[1]) as { schemaVersion: number }).schemaVersion,
      1,
    );
  });

  test('an unknown code is wrong usage, with the nearest one', async () => {
    const [exitCode, out, err] = await outcome('explain FILE_NOT_FUOND');
    assert.equal(exitCode, 2);
    assert.equal(out, '');
    assert.match(err, /there is no code `FILE_NOT_FUOND`\n {2}hint: did you mean `FILE_NOT_FOUND`\?/);
  });
});

async function outcome(line: string): Promise<readonly [exitCode: number, out: string, err: string]> {
  const { exitCode, out, err } = await netpolc(line);
  return [exitCode, out, err];
}
