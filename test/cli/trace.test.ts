import * as assert from 'uvu/assert';
import { describe } from '../kit/suite.ts';
import { netpolc } from './shop.ts';

const input = 'trace policies -s cluster.yaml';

describe('netpolc trace', (test) => {
  test('says allow or deny, and exits 0 for either', async () => {
    const allowed = await netpolc(`${input} --from prod/api --to prod/db --port 5432`);
    assert.equal([allowed.exitCode, allowed.out.slice(0, 5)], [0, 'allow']);
    const denied = await netpolc(`${input} --from 203.0.113.9 --to prod/db --port 5432`);
    assert.equal([denied.exitCode, denied.out.slice(0, 4)], [0, 'deny']);
    assert.match(denied.out, /policies\/db\.yaml:9/);
  });

  test('--expect makes it an assertion', async () => {
    const met = await netpolc(`${input} --from prod/api --to prod/db --port 5432 --expect allow`);
    assert.equal([met.exitCode, met.err], [0, '']);
    const missed = await netpolc(`${input} --from prod/api --to prod/db --port 5432 --expect deny`);
    assert.is(missed.exitCode, 1);
    assert.is(missed.err, 'prod/api -> prod/db:5432/TCP: expected deny, and the verdict is allow\n');
    assert.match(missed.out, /^allow/);
  });

  test('--protocol and --port count', async () => {
    assert.match((await netpolc(`${input} --from prod/api --to prod/db --port 5432 --protocol UDP`)).out, /^deny/);
    assert.match((await netpolc(`${input} --from prod/api --to prod/db --port 5433`)).out, /^deny/);
  });

  test('a node’s own traffic to its pods passes, that of another node does not', async () => {
    assert.match((await netpolc(`${input} --from node:n2 --to prod/db --port 5432`)).out, /^allow/);
    assert.match((await netpolc(`${input} --from node:n1 --to prod/db --port 5432`)).out, /^deny/);
  });

  test('--format json is one line with verdict and both sides', async () => {
    const { out } = await netpolc(`${input} --from 203.0.113.9 --to prod/db --port 5432 --format json`);
    assert.is(out.split('\n').length, 2);
    const trace = JSON.parse(out) as Record<string, unknown>;
    assert.equal([trace['schemaVersion'], trace['verdict'], trace['from']], [1, 'deny', '203.0.113.9']);
    assert.is((trace['egress'] as { verdict: string }).verdict, 'allow');
    assert.is((trace['ingress'] as { verdict: string }).verdict, 'deny');
  });

  test('-l asks for every pod it selects, at the end that is left out', async () => {
    const { exitCode, out } = await netpolc(`${input} -l app --to prod/db --port 80 --format json`);
    assert.is(exitCode, 0);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    // prod/db to itself always passes.
    assert.equal(
      lines.map((line) => [line['from'], line['to'], line['verdict']]),
      [
        ['prod/api', 'prod/db', 'deny'],
        ['prod/db', 'prod/db', 'allow'],
      ],
    );
    const other = await netpolc(`${input} --from prod/api -l 'app in (db)' --port 5432 --expect allow`);
    assert.is(other.exitCode, 0);
  });

  test('-l that selects nobody is wrong usage', async () => {
    const { exitCode, out, err } = await netpolc(`${input} -l app=web --to prod/db --port 80`);
    assert.equal([exitCode, out], [2, '']);
    assert.match(err, /error NP7009: no live pod has labels that match `app=web`/);
  });

  test('-l that is no selector is shown where it breaks off', async () => {
    const { exitCode, err } = await netpolc(`${input} -l 'app in (' --to prod/db --port 80`);
    assert.is(exitCode, 3);
    assert.match(err, /^--selector:1:\d+: error NP1040/m);
  });

  test('an end too many or too few is wrong usage', async () => {
    for (const ends of ['--from prod/api', '--to prod/api', '', '-l app', '-l app --from prod/api --to prod/db']) {
      const { exitCode, err } = await netpolc(`${input} ${ends} --port 80`);
      assert.is(exitCode, 2, ends);
      assert.match(err, /error NP7005: /);
    }
  });

  test('a malformed end is wrong usage, with what to write', async () => {
    const { exitCode, err } = await netpolc(`${input} --from api --to prod/db --port 80`);
    assert.is(exitCode, 2);
    assert.match(err, /error NP7008: `--from api` names no endpoint/);
  });

  test('an unknown pod is invalid input, with the nearest name', async () => {
    const { exitCode, out, err } = await netpolc(`${input} --from prod/app --to prod/db --port 80`);
    assert.equal([exitCode, out], [3, '']);
    assert.match(err, /there is no pod `prod\/app` in the snapshot/);
    assert.match(err, /did you mean `prod\/api`\?/);
  });

  test('a port is a number from 1 to 65535', async () => {
    for (const port of ['0', '65536', 'http', '-1', '1.5']) {
      const { exitCode, err } = await netpolc(`${input} --from prod/api --to prod/db --port=${port}`);
      assert.is(exitCode, 2, port);
      assert.match(err, /A port is a number from 1 to 65535/);
    }
  });
});
