import * as assert from 'uvu/assert';
import { kernelEngines } from '../kit/kernel-engines.ts';
import { describe } from '../kit/suite.ts';
import { netpolc } from './shop.ts';

const input = 'test policies -s cluster.yaml';

const mixed = `{"from":"prod/api","to":"prod/db","protocol":"TCP","port":5432,"expect":"allow","why":"the shop needs it"}
{"from":"203.0.113.9","to":"prod/db","port":5432,"expect":"allow"}
{"from":"prod/db","to":"prod/api","port":80}
`;

describe('netpolc test', (test) => {
  test('passes when every expectation is met', async () => {
    const files = { 'met.flows': 'allow prod/api -> prod/db:5432/TCP\ndeny 203.0.113.9 -> prod/db:5432/TCP\n' };
    const { exitCode, out, err } = await netpolc(`${input} --flows met.flows`, { files });
    assert.is(exitCode, 0);
    assert.is(out, 'pass    prod/api -> prod/db:5432/TCP: allow\npass    203.0.113.9 -> prod/db:5432/TCP: deny\n');
    assert.is(err, '2 flows (engine ir): 2 passed, 0 failed\n');
  });

  test('fails when one is not, and says where it stands', async () => {
    const { exitCode, out, err } = await netpolc(`${input} --flows mixed.jsonl`, { files: { 'mixed.jsonl': mixed } });
    assert.is(exitCode, 1);
    assert.equal(out.split('\n'), [
      'pass    prod/api -> prod/db:5432/TCP: allow',
      'FAIL    203.0.113.9 -> prod/db:5432/TCP: deny, expected allow (mixed.jsonl:2)',
      'asked   prod/db -> prod/api:80/TCP: allow',
      '',
    ]);
    assert.equal(err.split('\n'), [
      'why? netpolc trace, with the same input: --from 203.0.113.9 --to prod/db --port 5432',
      '3 flows (engine ir): 1 passed, 1 failed, 1 only asked',
      '',
    ]);
  });

  test('the way to the reason of a failure has all that was asked', async () => {
    const line = 'ask 203.0.113.9 -> prod/db:1\nallow 203.0.113.9 -> prod/db:53/UDP over IPv4\n';
    const { err } = await netpolc(`${input} --flows a.flows`, { files: { 'a.flows': line } });
    assert.match(err, /^why\? .*: --from 203\.0\.113\.9 --to prod\/db --port 53 --protocol UDP --family IPv4$/m);
  });

  test('--format json echoes each line’s own fields with verdict, pass and engine', async () => {
    const { exitCode, out, err } = await netpolc(`${input} --flows mixed.jsonl --format json`, {
      files: { 'mixed.jsonl': mixed },
    });
    assert.is(exitCode, 1);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    const [first, second] = mixed.split('\n').map((line) => (line === '' ? {} : (JSON.parse(line) as object)));
    assert.equal(lines[0], { ...first, verdict: 'allow', pass: true, engine: 'ir', schemaVersion: 1 });
    assert.equal(lines[1], { ...second, verdict: 'deny', pass: false, engine: 'ir', schemaVersion: 1 });
    assert.is(lines.length, 3);
    assert.match(err, /1 failed/);
  });

  test('the oracle answers too', async () => {
    const { exitCode, err } = await netpolc(`${input} --flows mixed.jsonl --engine oracle`, {
      files: { 'mixed.jsonl': mixed },
    });
    assert.is(exitCode, 1);
    assert.match(err, /engine oracle\): 1 passed, 1 failed/);
  });

  test('kernel engines on a machine without their programs fail with exit code 4 and say what to install', async () => {
    for (const { engine } of kernelEngines) {
      const { exitCode, out, err } = await netpolc(`${input} --flows mixed.jsonl --engine ${engine.name}`, {
        files: { 'mixed.jsonl': mixed },
      });
      assert.equal([exitCode, out], [4, ''], engine.name);
      assert.match(err, /error NP7001: program `\w+` is not installed\n {2}hint: install the package `\w+`/);
    }
  });

  test('an unknown engine is wrong usage, with the nearest', async () => {
    const { exitCode, err } = await netpolc(`${input} --flows x --engine orcale`);
    assert.is(exitCode, 2);
    assert.match(err, /there is no engine `orcale`\n {2}hint: did you mean `oracle`\?/);
  });

  test('a kernel engine never passes where it cannot run', async () => {
    for (const engine of ['nftables', 'all']) {
      const { exitCode, out, err } = await netpolc(`${input} --flows mixed.jsonl --engine ${engine}`, {
        files: { 'mixed.jsonl': mixed },
      });
      assert.equal([exitCode, out], [4, ''], engine);
      assert.match(err, /error NP70\d\d: /);
    }
  });

  test('-l keeps the flows of the pods it selects', async () => {
    const files = { 'some.flows': 'allow prod/api -> 203.0.113.9:443/TCP\nallow 203.0.113.9 -> prod/db:5432/TCP\n' };
    const { exitCode, out } = await netpolc(`${input} --flows some.flows -l app=api`, { files });
    assert.equal([exitCode, out], [0, 'pass    prod/api -> 203.0.113.9:443/TCP: allow\n']);
    const none = await netpolc(`${input} --flows some.flows -l app=web`, { files });
    assert.is(none.exitCode, 2);
    assert.match(none.err, /error NP7011: no flow of `some\.flows` has an end that matches `app=web`/);
  });

  test('wrong lines and unknown pods are invalid input, at their place', async () => {
    const files = {
      'wrong.jsonl': '{"from":"prod/api","to":"prod/db","port":1,"expct":"deny"}\n',
      'lost.flows': 'allow prod/web -> prod/db:1/TCP\n',
    };
    const wrong = await netpolc(`${input} --flows wrong.jsonl`, { files });
    assert.equal([wrong.exitCode, wrong.out], [3, '']);
    assert.match(wrong.err, /^wrong\.jsonl:1:44: error NP/);
    const lost = await netpolc(`${input} --flows lost.flows`, { files });
    assert.equal([lost.exitCode, lost.out], [3, '']);
    assert.match(lost.err, /^lost\.flows:1:7: error NP1052/);
  });

  test('a missing, unreadable, empty or undecodable flows file is invalid input', async () => {
    const machine = {
      files: { 'empty.jsonl': '\n', 'locked.jsonl': mixed, 'latin.jsonl': new Uint8Array([0x7b, 0xe9, 0x7d]) },
      forbidden: ['locked.jsonl'],
    };
    const codes = {
      'gone.jsonl': 'NP1002',
      'locked.jsonl': 'NP1003',
      'empty.jsonl': 'NP1050',
      'latin.jsonl': 'NP1005',
    };
    for (const [file, code] of Object.entries(codes)) {
      const { exitCode, err } = await netpolc(`${input} --flows ${file}`, machine);
      assert.is(exitCode, 3, file);
      assert.ok(err.includes(`error ${code}`), err);
    }
  });

  test('flows may come from standard input, unless the policies do', async () => {
    const { exitCode, out } = await netpolc(`${input} --flows -`, { stdin: mixed });
    assert.is(exitCode, 1);
    assert.match(out, /expected allow \(<stdin>:2\)/);
    const both = await netpolc('test - --flows -', { stdin: mixed });
    assert.is(both.exitCode, 2);
  });

  test('IPv6 addresses stand in brackets before a port', async () => {
    const { out } = await netpolc(`${input} --flows -`, { stdin: '{"from":"fd00::1","to":"fd00::2","port":80}' });
    assert.is(out, 'asked   fd00::1 -> [fd00::2]:80/TCP: allow\n');
  });
});
