// The JSON Schema for editors and the decoder say the same.
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { configSchema } from '../../src/config/config-schema.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { describe } from '../kit/suite.ts';
import { header, parseText } from './parse-text.ts';

const schema = JSON.parse(readFileSync('schema/config.schema.json', 'utf8')) as {
  readonly properties: Readonly<Record<string, unknown>>;
};
const fitsSchema = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

const accepted: readonly string[] = [
  '',
  'policies: [policies, ../shared]\nsnapshots: [cluster.json, /var/lib/cluster.json]\n',
  'policies: []\n',
  'policies:\nsnapshots: null\nnamespace: ~\ndecode:\nallowIncomplete:\nicmpEcho:\ncolor:\nlint:\n',
  'namespace: shop-2\ndecode: warn\nallowIncomplete: true\nnamedPortsInit: sidecars\n',
  'allowEgressToOwnNode: false\nicmpEcho: always\ncolor: auto\n',
  'lint: {}\n',
  'lint: {severity: {L-01: off, L-10: information, L-29: warning, L-39: error}, annotations: true}\n',
  'lint: {severity: , annotations: , suppress: }\n',
  'lint: {suppress: [{lint: L-07, policy: prod/*, reason: r}, {lint: L-08, policy: , reason: r}]}\n',
  'lint: {suppress: [{lint: L-07, policy: ClusterNetworkPolicy/guard-rails, reason: r}]}\n',
];

const refused: readonly string[] = [
  'extra: 1\n',
  'policies: p\n',
  'policies: [1]\n',
  "policies: ['']\n",
  "snapshots: ['-']\n",
  'policies: ["a\\0b"]\n',
  'policies: [null]\n',
  'namespace: team.prod\n',
  'namespace: -a\n',
  `namespace: ${'a'.repeat(64)}\n`,
  'namespace: 7\n',
  'decode: lax\n',
  'decode: true\n',
  'allowIncomplete: 1\n',
  "allowEgressToOwnNode: 'true'\n",
  'namedPortsInit: none\n',
  'icmpEcho: true\n',
  'color: red\n',
  'lint: []\n',
  'lint: {severity: []}\n',
  'lint: {severity: {L-00: off}}\n',
  'lint: {severity: {L-40: off}}\n',
  'lint: {severity: {L-7: off}}\n',
  'lint: {severity: {L-01: loud}}\n',
  'lint: {severity: {L-01: null}}\n',
  'lint: {severity: {L-01: false}}\n',
  'lint: {annotations: 1}\n',
  'lint: {suppress: {}}\n',
  'lint: {suppress: [null]}\n',
  'lint: {suppress: [L-07]}\n',
  'lint: {suppress: [{lint: L-07}]}\n',
  'lint: {suppress: [{reason: r}]}\n',
  "lint: {suppress: [{lint: L-07, reason: ' '}]}\n",
  'lint: {suppress: [{lint: L-77, reason: r}]}\n',
  'lint: {suppress: [{lint: L-07, reason: null}]}\n',
  'lint: {suppress: [{lint: L-07, reason: r, policy: db}]}\n',
  'lint: {suppress: [{lint: L-07, reason: r, until: x}]}\n',
];

const others: readonly string[] = [
  '',
  '[]\n',
  'kind: Config\n',
  'apiVersion: netpolc.dev/v1\nkind: Config\n',
  'apiVersion: netpolc.dev/v1alpha1\nkind: Configuration\n',
  'apiVersion: netpolc.dev/v1alpha1\nkind: null\n',
];

describe('the schema of netpolc.yaml', (test) => {
  for (const body of accepted) {
    test(`schema and decoder accept ${JSON.stringify(body)}`, () =>
      assert.equal(readings(header + body), { schema: true, decoder: true }));
  }
  for (const text of [...refused.map((body) => header + body), ...others]) {
    test(`schema and decoder refuse ${JSON.stringify(text.replace(header, '… '))}`, () =>
      assert.equal(readings(text), { schema: false, decoder: false }));
  }
  test('schema and decoder accept the example of the README', () => {
    const readme = readFileSync('README.md', 'utf8');
    const block = /^ {4}apiVersion: netpolc\.dev\/v1alpha1\n {4}kind: Config\n(?: {4}.*\n)+/m.exec(readme)?.[0] ?? '';
    assert.match(block, /reason:/);
    assert.equal(readings(block), { schema: true, decoder: true });
  });
  test('both know the same fields', () => {
    assert.is(configSchema.kind, 'object');
    const fields = configSchema.kind === 'object' ? Object.keys(configSchema.fields) : [];
    assert.equal(fields, Object.keys(schema.properties));
  });
});

function readings(text: string): { readonly schema: boolean; readonly decoder: boolean } {
  return { schema: fitsSchema(parse(text)), decoder: !hasErrors(parseText(text).diagnostics) };
}
