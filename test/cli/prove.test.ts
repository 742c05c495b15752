import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import type { ProofDocument } from '../../src/prove/proof-document.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { readXml, type Element } from '../kit/xml.ts';
import { netpolc, type Ran } from './shop.ts';

const claims = `never  outside -> prod/db        # no way in
only prod/api -> prod/db:5432,22
never prod/api -> prod/db
always pods(app=bd) -> any
`;
const input = 'prove policies -s cluster.yaml';

async function proveShop(words: string, text = claims, more: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return netpolc(`${input} --claims shop.claims ${words}`, { files: { 'shop.claims': text, ...more } });
}

describe('netpolc prove', (test) => {
  test('says what holds, and of what does not the first connection with its whole reason', async () => {
    const { exitCode, out, err } = await proveShop('');
    assert.equal([exitCode, err], [1, '4 claims: 2 hold, 1 fails, 1 is about nothing\n']);
    assert.is(
      out,
      `holds   never outside -> prod/db  (shop.claims:1)
holds   only prod/api -> prod/db:5432,22  (shop.claims:2)
FAILS   never prod/api -> prod/db  (shop.claims:3)
        1 pair breaks it; the first:

        allow  prod/api (10.244.1.5) -> prod/db (10.244.2.7) TCP 5432

        prod/api may send this: no policy isolates it for egress.

        prod/db accepts this: it is isolated for ingress by 1 policy
          prod/db  policies/db.yaml:4  selects pods with app=db
        and this rule allows it:
          prod/db ingress[0]  policies/db.yaml:9
            port  TCP 5432 fits
            peer  prod/api fits: pods with app=api in namespace prod

EMPTY   always pods(app=bd) -> any  (shop.claims:4)
        \`pods(app=bd)\` selects no pod
`,
    );
  });

  test('exit 0 when all hold; what is about nothing passes with --allow-empty', async () => {
    const fine = 'never outside -> prod/db\nallow prod/api -> prod/db:5432\n';
    const held = await proveShop('', fine);
    assert.equal([held.exitCode, held.err], [0, '2 claims: 2 hold\n']);
    const empty = await proveShop('--allow-empty', 'never pods(app=bd) -> any');
    assert.equal([empty.exitCode, empty.err], [0, '1 claim: 0 hold, 1 is about nothing\n']);
    assert.match(
      empty.out,
      /^empty {3}never pods\(app=bd\) -> any {2}\(shop\.claims:1\)\n {8}`pods\(app=bd\)` selects no pod\n$/,
    );
    assert.is((await proveShop('--allow-empty')).exitCode, 1);
  });

  test('--format json follows its schema, for every kind of result', async () => {
    const more =
      'allow prod/db -> prod/db:1\nnever node:n2 -> prod/db\ndeny prod/db -> 203.0.113.9:1\nnever outside -> prod/api';
    const { exitCode, out } = await proveShop('--format json', `${claims}${more}`);
    const document = JSON.parse(out) as ProofDocument;
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync('schema/prove.schema.json', 'utf8')) as object,
    );
    assert.ok(validate(document), JSON.stringify(validate.errors));
    assert.is(exitCode, 1);
    assert.equal(
      document.claims.map(({ kind, verdict, pairs }) => `${kind} ${verdict} ${pairs}`),
      [
        'never holds 0',
        'only holds 0',
        'never fails 1',
        'always empty 0',
        'allow holds 0',
        'never fails 1',
        'deny fails 1',
        'never fails 1',
      ],
    );
    const [, , third] = document.claims;
    assert.equal(third, {
      claim: 'never prod/api -> prod/db',
      kind: 'never',
      line: 3,
      verdict: 'fails',
      passes: false,
      problem: {
        code: 'NP6301',
        message:
          '`never prod/api -> prod/db` does not hold: prod/api (10.244.1.5) -> prod/db (10.244.2.7) TCP 5432 is allowed',
      },
      reason: null,
      pairs: 1,
      counterexample: {
        text: 'prod/api (10.244.1.5) -> prod/db (10.244.2.7) TCP 5432',
        source: { name: 'prod/api', address: '10.244.1.5' },
        destination: { name: 'prod/db', address: '10.244.2.7' },
        protocol: 'TCP',
        port: 5432,
        verdict: 'allow',
        because: [
          {
            side: 'source',
            verdict: 'allow',
            why: 'open',
            text: 'prod/api may send this: no policy isolates it for egress',
            policies: [],
          },
          {
            side: 'destination',
            verdict: 'allow',
            why: 'policies',
            text: 'prod/db accepts this: allowed by prod/db ingress[0] (policies/db.yaml:9)',
            policies: [{ policy: 'prod/db', path: 'spec.ingress[0]', file: 'policies/db.yaml', line: 9, column: 7 }],
          },
        ],
      },
    });
    assert.equal(
      document.claims.slice(5).map(({ counterexample }) => counterexample?.because.map(({ why }) => why)),
      [
        ['no-pod', 'own-node'],
        ['open', 'no-pod'],
        ['no-pod', 'open'],
      ],
    );
  });

  test('--format junit is a suite that CI systems show', async () => {
    const { out } = await proveShop('--format junit');
    assert.is(
      out,
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="netpolc prove" tests="4" failures="2" errors="0">
  <testsuite name="shop.claims" tests="4" failures="2" errors="0" skipped="0">
    <testcase name="never outside -&gt; prod/db" classname="shop.claims" file="shop.claims" line="1"/>
    <testcase name="only prod/api -&gt; prod/db:5432,22" classname="shop.claims" file="shop.claims" line="2"/>
    <testcase name="never prod/api -&gt; prod/db" classname="shop.claims" file="shop.claims" line="3">
      <failure message="\`never prod/api -&gt; prod/db\` does not hold: prod/api (10.244.1.5) -&gt; prod/db (10.244.2.7) TCP 5432 is allowed" type="NP6301">1 pair breaks it; the first:
allow  prod/api (10.244.1.5) -&gt; prod/db (10.244.2.7) TCP 5432
prod/api may send this: no policy isolates it for egress
prod/db accepts this: allowed by prod/db ingress[0] (policies/db.yaml:9)</failure>
    </testcase>
    <testcase name="always pods(app=bd) -&gt; any" classname="shop.claims" file="shop.claims" line="4">
      <failure message="\`always pods(app=bd) -&gt; any\` is about no connection: \`pods(app=bd)\` selects no pod" type="NP6302">\`pods(app=bd)\` selects no pod</failure>
    </testcase>
  </testsuite>
</testsuites>
`,
    );
    const suite = childOf(readXml(out));
    assert.equal(suite.children.filter((each) => typeof each !== 'string').length, 4);
  });

  test('--format tap is the Test Anything Protocol, with YAML behind what fails', async () => {
    const { out } = await proveShop('--format tap');
    assert.is(
      out,
      `TAP version 14
1..4
ok 1 - never outside -> prod/db
ok 2 - only prod/api -> prod/db:5432,22
not ok 3 - never prod/api -> prod/db
  ---
  message: "\`never prod/api -> prod/db\` does not hold: prod/api (10.244.1.5) -> prod/db (10.244.2.7) TCP 5432 is allowed"
  severity: fail
  code: NP6301
  at:
    file: "shop.claims"
    line: 3
  pairs: 1
  because:
    - "prod/api may send this: no policy isolates it for egress"
    - "prod/db accepts this: allowed by prod/db ingress[0] (policies/db.yaml:9)"
  ...
not ok 4 - always pods(app=bd) -> any
  ---
  message: "\`always pods(app=bd) -> any\` is about no connection: \`pods(app=bd)\` selects no pod"
  severity: fail
  code: NP6302
  at:
    file: "shop.claims"
    line: 4
  ...
`,
    );
    const [block = ''] = /(?<= {2}---\n)[^]*?(?= {2}\.\.\.\n)/.exec(out) ?? [];
    assert.is((parse(block) as { readonly at: { readonly line: number } }).at.line, 3);
    const allowed = await proveShop('--format tap --allow-empty', 'never pods(app=bd) -> any');
    assert.match(
      allowed.out,
      /^ok 1 - never pods\(app=bd\) -> any\n# about nothing: `pods\(app=bd\)` selects no pod\n/m,
    );
  });

  test('names of files steer neither a terminal, nor XML, nor TAP', async () => {
    const name = 'a<&"\u001b[31m\ufffe#\\.claims';
    for (const format of ['text', 'json', 'junit', 'tap']) {
      const { out } = await netpolc(`${input} --claims '${name}' --format ${format}`, {
        files: { [name]: 'never prod/api -> prod/db' },
      });
      assert.match(out, /prod\/api/);
      assert.not.match(out, /[\u001b\ufffe]/, format);
      if (format === 'junit') {
        assert.is(childOf(readXml(out)).attributes.get('name'), 'a<&"<U+001B>[31m<U+FFFE>#\\.claims');
      }
    }
  });

  test('protocols without ports are decided too, and shown without a question to the oracle', async () => {
    const guard = `
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: guard}
spec:
  tier: Admin
  priority: 1
  subject: {pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: api}}}}
  ingress: []
  egress:
    - action: Deny
      to: [{namespaces: {}}]
      protocols:
        - {tcp: {destinationPort: {range: {start: 1, end: 65535}}}}
        - {udp: {destinationPort: {range: {start: 1, end: 65535}}}}
        - {sctp: {destinationPort: {range: {start: 1, end: 65535}}}}
`;
    const { exitCode, out, err } = await netpolc('prove guard.yaml cluster.yaml --claims -', {
      files: { 'guard.yaml': guard },
      stdin: 'never prod/api -> prod/db:1-65535/TCP,1-65535/UDP,1-65535/SCTP\nnever prod/api -> prod/db',
    });
    assert.is(exitCode, 1, err);
    assert.is(
      out,
      `holds   never prod/api -> prod/db:1-65535/TCP,1-65535/UDP,1-65535/SCTP  (<stdin>:1)
FAILS   never prod/api -> prod/db  (<stdin>:2)
        1 pair breaks it; the first:

        allow  prod/api (10.244.1.5) -> prod/db (10.244.2.7) in protocols other than TCP, UDP and SCTP
        prod/api may send this: accepted, or left over, by ClusterNetworkPolicy/guard egress[0] (guard.yaml:11)
        prod/db accepts this: no policy isolates it for ingress

`,
    );
  });

  test('-o writes the result into a file', async () => {
    const { exitCode, out, err, host } = await proveShop('--format junit -o claims.xml');
    assert.equal([exitCode, out], [1, '']);
    assert.match(err, /wrote claims\.xml/);
    assert.ok(host.paths().includes('/here/claims.xml'));
  });

  test('wrong claims and names are exit 3, at their places, with hints', async () => {
    const wrong = await proveShop('', 'nevr outside -> prod/db\nnever outside -> prod/bd\n');
    assert.equal([wrong.exitCode, wrong.out], [3, '']);
    assert.match(wrong.err, /shop\.claims:1:1: error NP1044: .*found `nevr`\n[^]*did you mean `never`/);
    const unknown = await proveShop('', 'never outside -> prod/bd\nnever outside -> pods()@prd\n');
    assert.equal([unknown.exitCode, unknown.out], [3, '']);
    assert.match(
      unknown.err,
      /shop\.claims:1:18: error NP1071: [^]*did you mean `prod\/db`\?[^]*shop\.claims:2:18: error NP1072: /,
    );
  });

  test('without --claims, or with standard input twice, it is wrong usage', async () => {
    assert.is((await netpolc(input)).exitCode, 2);
    assert.is((await netpolc('prove - -s cluster.yaml --claims -')).exitCode, 2);
  });

  test('netpolc test says that such a file is for netpolc prove (NP1070)', async () => {
    for (const name of ['shop.flows', 'shop.claims']) {
      const { exitCode, err } = await netpolc(`test policies -s cluster.yaml --flows ${name}`, {
        files: { [name]: '# why\nallow-not: x\n  only prod/api -> prod/db\n' },
      });
      assert.is(exitCode, 3);
      assert.match(err, new RegExp(`${name}:3:3: error NP1070: \`only\` makes a claim[^]*netpolc prove`));
    }
  });

  test('the example of three tiers holds', async () => {
    const files = Object.fromEntries(
      ['policies.yaml', 'cluster.yaml', 'claims.flows'].map((name) => [
        `shop/${name}`,
        readFileSync(`examples/three-tier/${name}`, 'utf8'),
      ]),
    );
    const { exitCode, err } = await netpolc(
      'prove shop/policies.yaml -s shop/cluster.yaml --claims shop/claims.flows',
      { files },
    );
    assert.equal([exitCode, err], [0, '7 claims: 7 hold\n']);
  });
});

function childOf({ children }: Element): Element {
  return must(children.find((each): each is Element => typeof each !== 'string'));
}
