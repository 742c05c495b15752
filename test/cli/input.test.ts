import * as assert from 'uvu/assert';
import { gzipSync } from 'node:zlib';
import { describe } from '../kit/suite.ts';
import { cluster, dbPolicy, netpolc } from './shop.ts';

const broken = 'kind: [';

/** The files that were read, told by an error planted in each. */
async function filesRead(
  paths: string,
  names: readonly string[],
  links: Record<string, string> = {},
): Promise<string[]> {
  const files = Object.fromEntries(names.map((name) => [name, broken]));
  const { err } = await netpolc(`ir ${paths}`, { files, links });
  return [...err.matchAll(/^([^\s:]+):\d+:\d+: error/gm)].map((match) => match[1] ?? '');
}

describe('finding input', (test) => {
  test('folders are searched at every depth, in code-unit order', async () => {
    const names = ['p/b.yaml', 'p/a/z.yml', 'p/a.json', 'p/Z.yaml', 'p/notes.txt', 'p/c.yaml.bak'];
    assert.equal(await filesRead('p', names), ['p/Z.yaml', 'p/a/z.yml', 'p/a.json', 'p/b.yaml']);
  });

  test('hidden folders are passed over, unless they are named', async () => {
    assert.equal(await filesRead('p', ['p/.git/a.yaml', 'p/b.yaml']), ['p/b.yaml']);
    assert.equal(await filesRead('p/.git', ['p/.git/a.yaml']), ['p/.git/a.yaml']);
  });

  test('links are followed, and links in a circle end', async () => {
    const links = { 'p/loop': 'p', 'p/far': 'q' };
    assert.equal(await filesRead('p', ['p/a.yaml', 'q/b.yaml'], links), ['p/a.yaml', 'p/far/b.yaml']);
  });

  test('a file that is named is read whatever its ending', async () => {
    assert.equal(await filesRead('p/a.txt', ['p/a.txt']), ['p/a.txt']);
  });

  test('-f means the same as a word, and may be repeated', async () => {
    assert.equal(await filesRead('-f a.yaml b.yaml -f c.yaml', ['a.yaml', 'b.yaml', 'c.yaml']), [
      'b.yaml',
      'a.yaml',
      'c.yaml',
    ]);
  });

  test('- is standard input', async () => {
    const { exitCode, out } = await netpolc('ir - -s cluster.yaml --node n2', { stdin: dbPolicy });
    assert.equal(exitCode, 0);
    assert.match(out, /"file": "<stdin>"/);
  });

  test('standard input is read once only', async () => {
    const { exitCode, err } = await netpolc('ir - -s -', { stdin: cluster });
    assert.equal(exitCode, 2);
    assert.match(err, /standard input \(`-`\) can be read only once/);
  });

  test('compressed files are unpacked, and damaged ones an error', async () => {
    const packed = gzipSync(dbPolicy);
    const { exitCode, out } = await netpolc('ir p -s cluster.yaml', { files: { 'p/db.yaml.gz': packed } });
    assert.is(exitCode, 0);
    assert.match(out, /"policy": "prod\/db"/);
    const broken = await netpolc('ir p -s cluster.yaml', { files: { 'p/db.yaml.gz': packed.subarray(0, 40) } });
    assert.equal([broken.exitCode, broken.out], [3, '']);
    assert.match(broken.err, /p\/db\.yaml\.gz.*error NP1014/);
  });

  test('a snapshot alone brings its own policies', async () => {
    const files = { 'all.yaml': `${cluster}---${dbPolicy}` };
    const { exitCode, out } = await netpolc('ir -s all.yaml --node n2', { files });
    assert.equal(exitCode, 0);
    assert.match(out, /"policy": "prod\/db"/);
  });

  test('kinds that are not used are counted on standard error', async () => {
    const config = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n---\n`;
    const files = { 'policies/more.yaml': config('a') + config('b') };
    const { exitCode, out, err } = await netpolc('ir policies -s cluster.yaml', { files });
    assert.equal(exitCode, 0);
    assert.match(err, /^skipped 2 objects of kinds that policies do not depend on: v1\/ConfigMap \(2\)$/m);
    assert.ok(!out.includes('skipped'));
  });

  test('workloads count among them where only pods do', async () => {
    const workload = (kind: string): string =>
      `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: a}\nspec: {template: {metadata: {labels: {app: a}}}}\n---\n`;
    const files = { 'policies/more.yaml': workload('Deployment') + workload('StatefulSet') };
    const { exitCode, err } = await netpolc('ir policies -s cluster.yaml', { files });
    assert.equal(exitCode, 0);
    assert.match(err, /^skipped 2 objects of .*: apps\/v1\/Deployment \(1\), apps\/v1\/StatefulSet \(1\)$/m);
  });

  test('an input in which nothing can be restricted is fine, and it is said', async () => {
    for (const [line, remark] of [
      ['ir policies', /^the input has no Pod: no policy has an effect \(a snapshot is given with -s\)$/m],
      ['ir -s cluster.yaml', /^the input has no NetworkPolicy: nothing is restricted/m],
    ] as const) {
      const { exitCode, err } = await netpolc(line);
      assert.equal(exitCode, 0);
      assert.match(err, remark);
    }
  });

  test('policies of namespaces without pods are named', async () => {
    const files = { 'policies/typo.yaml': dbPolicy.replace('namespace: prod', 'namespace: prdo') };
    const { exitCode, err } = await netpolc('ir policies -s cluster.yaml', { files });
    assert.equal(exitCode, 0);
    assert.is(err, '1 policy has no effect, for want of any pod in the namespace: prdo/db\n');
  });
});

describe('input that cannot be had', (test) => {
  test('nothing at all is wrong usage', async () => {
    const { exitCode, err } = await netpolc('ir');
    assert.equal(exitCode, 2);
    assert.match(err, /no input: name policies, a snapshot, or both/);
  });

  test('a missing file is an error, with the nearest name', async () => {
    const { exitCode, err } = await netpolc('ir policies/bd.yaml -s clutser.yaml');
    assert.equal(exitCode, 3);
    assert.match(err, /error NP1002: there is no file or folder `policies\/bd\.yaml`/);
    assert.match(err, /did you mean `policies\/db\.yaml`\?/);
    assert.match(err, /did you mean `cluster\.yaml`\?/);
    assert.match((await netpolc('ir polices/')).err, /did you mean `policies`\?/);
  });

  test('a folder without manifests is an error', async () => {
    const { exitCode, err } = await netpolc('ir empty', { files: { 'empty/readme.md': '#' } });
    assert.equal(exitCode, 3);
    assert.match(err, /error NP1004: folder `empty` holds no manifest/);
  });

  test('a link that leads nowhere is an error and not a missing policy', async () => {
    const { exitCode, err } = await netpolc('ir policies', { links: { 'policies/gone.yaml': 'nowhere' } });
    assert.equal(exitCode, 3);
    assert.match(err, /error NP1002: there is no file or folder `policies\/gone\.yaml`/);
    assert.match(err, /it is a link that leads nowhere/);
  });

  test('an unreadable file, named or found, is an error', async () => {
    for (const path of ['policies', 'policies/db.yaml']) {
      const { exitCode, out, err } = await netpolc(`ir ${path}`, { forbidden: ['policies/db.yaml'] });
      assert.equal(exitCode, 3);
      assert.match(err, /error NP1003: `policies\/db\.yaml` cannot be read: permission denied/);
      assert.equal(out, '');
    }
  });

  test('an unreadable folder is an error', async () => {
    const { exitCode, err } = await netpolc('ir policies', { forbidden: ['policies'] });
    assert.equal(exitCode, 3);
    assert.match(err, /error NP1003: `policies` cannot be read: permission denied/);
  });

  test('an address of the web is not fetched', async () => {
    const { exitCode, err } = await netpolc('ir https://example.com/a.yaml');
    assert.equal(exitCode, 3);
    assert.match(err, /curl -sSf https:\/\/example\.com\/a\.yaml \| netpolc … -/);
  });

  test('an empty policies file is an error', async () => {
    const { exitCode, err } = await netpolc('ir none.yaml -s cluster.yaml', { files: { 'none.yaml': '' } });
    assert.equal(exitCode, 3);
    assert.match(err, /error NP1001: /);
  });

  test('every problem of every file is reported', async () => {
    const files = { 'a.yaml': broken, 'b.yaml': 'kind: NetworkPolicy\nkind: NetworkPolicy\n' };
    const { exitCode, err } = await netpolc('ir a.yaml b.yaml', { files });
    assert.equal(exitCode, 3);
    assert.match(err, /^a\.yaml:1:\d+: error NP1007/m);
    assert.match(err, /^b\.yaml:2:1: error NP1008/m);
  });
});

describe('reading options', (test) => {
  const homeless = dbPolicy.replace(', namespace: prod', '');

  test('--namespace is for objects without one', async () => {
    const { out } = await netpolc('ir p.yaml -s cluster.yaml --namespace prod', { files: { 'p.yaml': homeless } });
    assert.match(out, /"policy": "prod\/db"/);
    const other = await netpolc('ir p.yaml -s cluster.yaml', { files: { 'p.yaml': homeless } });
    assert.equal(other.exitCode, 0);
    assert.ok(!other.out.includes('"policy"'));
  });

  test('--decode=warn drops unknown fields with a warning', async () => {
    const files = { 'p.yaml': dbPolicy.replace('spec:', 'spec:\n  priority: 5') };
    assert.equal((await netpolc('ir p.yaml -s cluster.yaml', { files })).exitCode, 3);
    const { exitCode, err } = await netpolc('ir p.yaml -s cluster.yaml --decode=warn', { files });
    assert.equal(exitCode, 0);
    assert.match(err, /^p\.yaml:6:3: warning NP/m);
  });

  test('an incomplete snapshot is refused, or allowed with a warning', async () => {
    const files = {
      'lost.yaml': cluster.replace(
        'kind: Namespace\nmetadata: {name: prod}',
        'kind: Namespace\nmetadata: {name: other}',
      ),
      'none.flows': 'deny prod/api -> prod/db:5432/TCP',
      'p.yaml': dbPolicy.replace(
        'podSelector: {matchLabels: {app: api}}',
        'namespaceSelector: {matchLabels: {team: x}}',
      ),
    };
    const commands = [
      'ir',
      'trace --from prod/api --to prod/db --port 5432',
      'test --flows none.flows',
      'test --flows none.flows --engine oracle',
    ];
    for (const command of commands) {
      const refused = await netpolc(`${command} p.yaml -s lost.yaml`, { files });
      assert.equal(refused.exitCode, 3, command);
      assert.match(refused.err, /INCOMPLETE_SNAPSHOT/);
      assert.equal(refused.out, '');
      const allowed = await netpolc(`${command} p.yaml -s lost.yaml --allow-incomplete`, { files });
      assert.equal(allowed.exitCode, 0, command);
      assert.is(allowed.err.match(/warning NP3002/g)?.length, 1, 'said once');
    }
  });
});
