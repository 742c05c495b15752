import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import * as assert from 'uvu/assert';
import { describe } from '../kit/suite.ts';
import { netpolc } from './shop.ts';

const input = 'matrix policies -s cluster.yaml';

describe('netpolc matrix', (test) => {
  test('lists who can reach whom, on which ports', async () => {
    const { exitCode, out, err } = await netpolc(input);
    assert.equal([exitCode, err], [0, '']);
    assert.is(
      out,
      `prod/api -> prod/db: TCP 5432
prod/api, prod/db -> outside (any IPv4 address): everything
prod/db -> prod/api: everything
outside (any IPv4 address) -> prod/api: everything
`,
    );
  });

  test('--format json is as the schema says, and all of it is kept', async () => {
    const { out } = await netpolc(`${input} --format json`);
    const schema = JSON.parse(readFileSync('schema/report.schema.json', 'utf8')) as object;
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    const document = JSON.parse(out) as { readonly connections: readonly { readonly change: string }[] };
    assert.ok(ajv.validate(schema, document), ajv.errorsText());
    assert.equal(new Set(document.connections.map(({ change }) => change)), new Set(['kept']));
  });

  test('--format csv has a row for each stretch of ports', async () => {
    const { out } = await netpolc(`${input} --only prod/db --format csv`);
    assert.equal(out.split('\r\n').slice(0, 2), [
      'source,source_pods,destination,destination_pods,families,protocol,first_port,last_port',
      'prod/api,,prod/db,,IPv4,TCP,5432,5432',
    ]);
    assert.match(out, /\r\nprod\/db,,prod\/api,,IPv4,SCTP,0,65535\r\n/);
  });

  test('--format dot and markdown name the same connection', async () => {
    assert.match(
      (await netpolc(`${input} --format dot`)).out,
      /\n {2}"prod\/api" -> "prod\/db" \[label="TCP 5432"\];\n/,
    );
    assert.match(
      (await netpolc(`${input} --format markdown`)).out,
      /\n\| `prod\/api` \| `prod\/db` \| `TCP 5432` \|\n/,
    );
  });

  test('--only keeps connections with such an end; a name that nobody has is an error', async () => {
    const other = `
apiVersion: v1
kind: Pod
metadata: {name: probe, namespace: monitoring, labels: {app: probe}}
spec: {containers: [{name: c}]}
status: {phase: Running, podIP: 10.244.1.9}
---
apiVersion: v1
kind: Namespace
metadata: {name: monitoring}
`;
    const { out } = await netpolc(`${input} -s more.yaml --only monitoring`, { files: { 'more.yaml': other } });
    assert.is(
      out,
      `monitoring/probe -> prod/api: everything
monitoring/probe -> outside (any IPv4 address): everything
prod/api, prod/db -> monitoring/probe: everything
outside (any IPv4 address) -> monitoring/probe: everything
`,
    );
    const wrong = await netpolc(`${input} --only prod/bd`);
    assert.is(wrong.exitCode, 2);
    assert.match(wrong.err, /no pod belongs to `prod\/bd`/);
    assert.match(wrong.err, /did you mean `prod\/db`\?/);
  });
});
