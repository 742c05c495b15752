import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import * as assert from 'uvu/assert';
import type { DiffDocument } from '../../src/report/document.ts';
import { describe } from '../kit/suite.ts';
import { cluster, dbPolicy, netpolc, type Ran } from './shop.ts';

/** One port more, and the backup server may connect. */
const wider = `${dbPolicy.replace('5432}', '5432, endPort: 5433}')}    - from: [{ipBlock: {cidr: 192.168.5.10/32}}]\n`;
const files = { 'old/db.yaml': dbPolicy, 'new/db.yaml': wider, 'empty/none.yaml': cluster };

async function diff(words: string, more: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return netpolc(`diff ${words}`, { files: { ...files, ...more } });
}

describe('netpolc diff', (test) => {
  test('says first what changes, then where it comes from', async () => {
    const { exitCode, out, err } = await diff('old new -s cluster.yaml --target none');
    assert.equal([exitCode, err], [0, '']);
    assert.is(
      out,
      `Gained prod/api -> prod/db: TCP 5433. Gained outside (192.168.5.10) -> prod/db: everything

gained:
  + prod/api -> prod/db: TCP 5433
      head  new/db.yaml:9  prod/db ingress[0]  allows it now
  + outside (192.168.5.10) -> prod/db: everything
      head  new/db.yaml:11  prod/db ingress[1]  allows it now
`,
    );
  });

  test('says for each node and target what changes in the compiled output', async () => {
    const { out } = await diff('old new -s cluster.yaml --target nftables --target ebpf');
    // The backup server joins the peers of prod/db, on n2 alone.
    assert.match(out, /\ncompiled output:\n {2}nftables {2}n2: .*\n {2}ebpf {2}n2: .*\n$/);
    const added = dbPolicy.replace(
      '{matchLabels: {app: api}}',
      '{matchExpressions: [{key: app, operator: In, values: [api, web]}]}',
    );
    const one = await diff('old added -s more.yaml -s cluster.yaml --target nftables --output-diff', {
      'added/db.yaml': added,
      'more.yaml': cluster
        .slice(cluster.lastIndexOf('---'))
        .replace('name: db', 'name: web')
        .replace('app: db', 'app: web')
        .replaceAll('10.244.2.7', '10.244.2.8'),
    });
    // prod/web may connect as well: one address more in one set.
    assert.match(one.out, /\n {2}nftables {2}n2: elements \+1 -0\n/);
    assert.match(one.out, /\n--- base\/n2\.nft\n\+\+\+ head\/n2\.nft\n/);
    assert.match(one.out, /\n\+ +10\.244\.2\.8,?\n/);
    const json = JSON.parse((await diff('old old -s cluster.yaml --format json')).out) as DiffDocument;
    assert.equal([json.summary.text, json.outputs], ['No connection changes', []]);
  });

  test('more than one folder a side are one world', async () => {
    const more = { 'more/backup.yaml': dbPolicy.replace('name: db,', 'name: backup,').replace('5432', '9187') };
    const { out } = await diff('old old --head more -s cluster.yaml --target none', more);
    assert.match(
      out,
      /^Gained prod\/api -> prod\/db: TCP 9187\n[^]* more\/backup\.yaml:9 {2}prod\/backup ingress\[0\]/,
    );
    const both = await diff('old old --base more --head more -s cluster.yaml --format json', more);
    const { base, head, summary } = JSON.parse(both.out) as DiffDocument;
    assert.equal([base, head, summary.text], ['old, more', 'old, more', 'No connection changes']);
  });

  test('an unknown target is told with the nearest name', async () => {
    const { exitCode, err } = await diff('old new -s cluster.yaml --target nftable');
    assert.is(exitCode, 2);
    assert.match(err, /did you mean `nftables`\?/);
  });

  test('the other way round it is lost, and the base’s lines are named', async () => {
    const { out } = await diff('new old -s cluster.yaml');
    assert.match(out, /^Lost /);
    assert.match(
      out,
      / {2}- prod\/api -> prod\/db: TCP 5433\n {6}base {2}new\/db\.yaml:9 {2}prod\/db ingress\[0\] {2}allowed it before/,
    );
  });

  test('a policy that goes away opens what it isolated', async () => {
    const { out } = await diff('old empty', { 'old/cluster.yaml': cluster });
    assert.match(
      out,
      /\+ outside \(any IPv4 address\) -> prod\/db: everything\n {6}base {2}old\/db\.yaml:6 {2}prod\/db podSelector {2}isolated the destination before/,
    );
    assert.match(out, /isolation:\n {2}prod\/db: open for ingress now\n {6}old\/db\.yaml:6/);
    assert.match(out, /prod\/api -> prod\/db: everything but TCP 5432/);
  });

  test('the same policies written otherwise are no change', async () => {
    const other = dbPolicy
      .replace('name: db,', 'name: other,')
      .replace('{matchLabels: {app: api}}', '{matchExpressions: [{key: app, operator: In, values: [api]}]}');
    const { exitCode, out } = await diff('old other -s cluster.yaml --exit-code', { 'other/db.yaml': other });
    assert.equal([exitCode, out], [0, 'No connection changes\n']);
  });

  test('a difference is a finding only when asked for', async () => {
    const codes = async (flags: string): Promise<number> => (await diff(`old new -s cluster.yaml ${flags}`)).exitCode;
    assert.is(await codes('--exit-code'), 1);
    assert.is(await codes('--fail-on gained'), 1);
    assert.is(await codes('--fail-on lost'), 0);
    assert.is(await codes('--fail-on any'), 1);
    assert.is((await diff('new old -s cluster.yaml --fail-on lost')).exitCode, 1);
  });

  test('--format json is as the schema says', async () => {
    const { out } = await diff('old new -s cluster.yaml --format json --unchanged');
    const schema = JSON.parse(readFileSync('schema/report.schema.json', 'utf8')) as object;
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    const document = JSON.parse(out) as DiffDocument;
    assert.ok(ajv.validate(schema, document), ajv.errorsText());
    const [gained] = document.connections.filter(
      ({ change, source }) => change === 'gained' && source.kind === 'workload',
    );
    assert.equal(gained, {
      change: 'gained',
      source: { kind: 'workload', workload: 'prod/api', pods: null, count: 1 },
      destination: { kind: 'workload', workload: 'prod/db', pods: null, count: 1 },
      families: ['IPv4'],
      ports: [{ transport: 'TCP', first: 5433, last: 5433 }],
      text: 'TCP 5433',
      causes: [
        {
          world: 'head',
          side: 'destination',
          effect: 'allows',
          policy: 'prod/db',
          path: 'spec.ingress[0]',
          file: 'new/db.yaml',
          line: 9,
          column: 7,
        },
      ],
    });
    assert.ok(document.connections.some(({ change, text }) => change === 'kept' && text === 'TCP 5432'));
    assert.equal(
      document.workloads.map(({ id, isolated }) => [id, isolated.ingress, isolated.egress]),
      [
        ['prod/api', 'none', 'none'],
        ['prod/db', 'all', 'none'],
      ],
    );
  });

  test('--format sarif stands at the head’s lines, also for what is lost', async () => {
    const { out } = await diff('new old -s cluster.yaml --format sarif');
    const log = JSON.parse(out) as {
      readonly runs: readonly [
        {
          readonly results: readonly {
            readonly ruleId: string;
            readonly locations: readonly [
              { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } },
            ];
          }[];
        },
      ];
    };
    const { results } = log.runs[0];
    assert.equal(
      results.map(({ ruleId }) => ruleId),
      ['NP6202', 'NP6202'],
    );
    assert.equal(
      results.map(({ locations }) => locations[0].physicalLocation.artifactLocation.uri),
      ['old/db.yaml', 'old/db.yaml'],
    );
  });

  test('what is gained is NP6201', async () => {
    assert.match((await diff('old new -s cluster.yaml --format sarif')).out, /"ruleId": "NP6201"/);
  });

  test('changes of isolation are results of their own', async () => {
    const codes = async (words: string): Promise<readonly string[]> => {
      const { out } = await diff(`${words} --format sarif`, { 'old/cluster.yaml': cluster });
      return [...out.matchAll(/"ruleId": "(NP620[1-4])"/g)].map(([, code = '']) => code);
    };
    assert.ok((await codes('old empty')).includes('NP6204'));
    assert.ok((await codes('empty old')).includes('NP6203'));
  });

  test('-o writes the result, or nothing at all', async () => {
    const { out, err, host } = await diff('old new -s cluster.yaml -o report.txt');
    assert.equal([out, err], ['', 'wrote report.txt\n']);
    assert.match(host.text('report.txt') ?? '', /^Gained/);
    const broken = await diff('old broken -s cluster.yaml -o report.txt', {
      'broken/db.yaml': `${dbPolicy}  podselector: {}\n`,
    });
    assert.equal([broken.exitCode, broken.host.text('report.txt')], [3, null]);
  });

  test('wrong input is told for both sides, once where they share it', async () => {
    const { exitCode, err } = await diff('one two -s cluster.yaml', {
      'one/db.yaml': dbPolicy.replace('policyTypes', 'policyType'),
      'two/db.yaml': dbPolicy.replace('ports:', 'prots:'),
    });
    assert.is(exitCode, 3);
    assert.match(err, /one\/db\.yaml:7:3: error NP2001/);
    assert.match(err, /two\/db\.yaml:10:7: error NP2001/);
  });
});

describe('netpolc diff of two clusters', (test) => {
  const blocks = dbPolicy.replace('{podSelector: {matchLabels: {app: api}}}', '{ipBlock: {cidr: 10.244.1.0/24}}');
  const world = (address: string): string => blocks + '---' + cluster.replaceAll('10.244.1.5', address);

  test('a pod that moves out of a block loses what the block allowed, though no policy changed', async () => {
    const { out } = await netpolc('diff old new --target none', {
      files: { 'old/all.yaml': world('10.244.1.5'), 'new/all.yaml': world('10.244.9.5') },
    });
    assert.is(out.split('\n')[0], 'Lost prod/api -> prod/db: TCP 5432');
  });

  test('one that gets an address of the other family may use it', async () => {
    const both = world('10.244.1.5').replace(
      'podIPs: [{ip: 10.244.1.5}]',
      "podIPs: [{ip: 10.244.1.5}, {ip: 'fd00::5'}]",
    );
    const { out } = await netpolc('diff old new --target none --no-future-pods', {
      files: { 'old/all.yaml': world('10.244.1.5'), 'new/all.yaml': both },
    });
    assert.match(out, /\n {2}\+ prod\/api -> outside \(any IPv6 address\): everything\n/);
    assert.match(out, /\n {2}\+ outside \(any IPv6 address\) -> prod\/api: everything\n/);
  });

  test('one that moves within it loses nothing', async () => {
    const { out } = await netpolc('diff old new --target none --no-future-pods', {
      files: { 'old/all.yaml': world('10.244.1.5'), 'new/all.yaml': world('10.244.1.6') },
    });
    assert.is(out, 'No connection changes\n');
  });
});

describe('netpolc diff of a repository', (test) => {
  const app = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c}]}}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec: {template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c}]}}}
---
`;
  const db = dbPolicy.replace('namespace: prod', 'namespace: shop').replace('app: api', 'app: web');

  test('workloads stand for their pods, and selectors for pods that nobody has written', async () => {
    const etl = db.replace('- from: [', '- from: [{namespaceSelector: {matchLabels: {team: data}}}, ');
    const { exitCode, out, err } = await netpolc('diff old new --no-future-pods', {
      files: { 'old/all.yaml': app + db, 'new/all.yaml': app + db.replace('5432', '5433') },
    });
    assert.is(exitCode, 0);
    assert.is(
      err,
      'no Namespace object for shop: taken to have no labels but its name (give manifests, or a snapshot with -s)\n',
    );
    assert.is(out.split('\n')[0], 'Gained shop/web -> shop/db: TCP 5433. Lost shop/web -> shop/db: TCP 5432');
    const future = await netpolc('diff old new', { files: { 'old/all.yaml': app + db, 'new/all.yaml': app + etl } });
    assert.is(future.out.split('\n')[0], 'Gained (team=data)/(any other) -> shop/db: TCP 5432');
  });

  test('a workload that is new brings its connections with it', async () => {
    const { out } = await netpolc('diff old new --no-future-pods', {
      files: { 'old/all.yaml': app.slice(app.indexOf('---')) + db, 'new/all.yaml': app + db },
    });
    assert.match(out, /\n {2}\+ shop\/web -> shop\/db: TCP 5432\n/);
    assert.match(out, /\n {2}\+ outside \(any address\) -> shop\/web: everything\n/);
  });

  test('with a snapshot, objects of the repository replace those of the same name', async () => {
    const labelled = `${db}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: prod, labels: {team: data}}\n`;
    const { exitCode, err } = await netpolc('diff old new -s cluster.yaml', {
      files: { 'old/all.yaml': labelled, 'new/all.yaml': labelled },
    });
    assert.equal([exitCode, err], [0, '']);
  });

  test('html is a page, and svg a picture', async () => {
    const page = await netpolc('diff old new --format html', {
      files: { 'old/all.yaml': app + db, 'new/all.yaml': app + db.replace('5432', '5433') },
    });
    assert.match(page.out, /^<!doctype html>/i);
    assert.match(page.out, /shop\/db/);
    assert.match((await netpolc('matrix policies -s cluster.yaml --format svg')).out, /^<svg /);
    assert.match((await netpolc('matrix policies -s cluster.yaml --format html')).out, /^<!doctype html>/i);
  });
});
