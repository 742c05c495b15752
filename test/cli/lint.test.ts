import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { Ajv } from 'ajv';
import { runCli } from '../../src/cli/run-cli.ts';
import { createFakeHost } from '../../src/host/fake-host.ts';
import { describe } from '../kit/suite.ts';
import { dbPolicy, netpolc, newFiles, type Ran } from './shop.ts';

const policy = (spec: string, metadata = '{name: p, namespace: prod}'): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: ${metadata}\nspec: ${spec}\n`;

/** L-01, a warning with a fix that keeps the meaning. */
const untyped = policy('{podSelector: {}}');
/** L-03, an error. */
const dead = policy('{podSelector: {}, policyTypes: [Ingress], egress: [{}]}');

const lint = (words: string, files: Readonly<Record<string, string | Uint8Array>> = {}, stdin = ''): Promise<Ran> =>
  netpolc(`lint ${words}`, { files, stdin });

/** The lints in the text of a result. */
const lintsIn = (text: string): readonly string[] =>
  [...text.matchAll(/NP[0-9]{4} (L-[0-9]{2}): /g)].map((match) => match[1] ?? '');

describe('netpolc lint', (test) => {
  test('findings are the result, and what was found is counted beside it', async () => {
    const { exitCode, out, err } = await lint('p.yaml', { 'p.yaml': untyped });
    assert.is(exitCode, 0);
    assert.match(out, /^p\.yaml:3:18: warning NP6001 L-01: `policyTypes` is absent and becomes \[Ingress\]$/m);
    assert.match(out, /netpolc explain NP6001/);
    assert.match(err, /^1 finding: 1 warning; 1 can be fixed \(--fix\)$/m);
    assert.match(err, /^not judged for want of live pods \(a snapshot is given with -s\): L-07, L-08, /m);
  });

  test('sound policies have none', async () => {
    const { exitCode, out, err } = await lint('policies -s cluster.yaml --off L-14');
    assert.equal([exitCode, out], [0, '']);
    assert.match(err, /^no findings$/m);
  });

  test('the exit code is that of the worst finding, as far as asked', async () => {
    const files = { 'dead.yaml': dead, 'untyped.yaml': untyped };
    assert.is((await lint('dead.yaml', files)).exitCode, 1);
    assert.is((await lint('dead.yaml --fail-on never', files)).exitCode, 0);
    assert.is((await lint('untyped.yaml --fail-on error', files)).exitCode, 0);
    assert.is((await lint('untyped.yaml --fail-on warning', files)).exitCode, 1);
    assert.is((await lint('policies --only L-14 --fail-on warning')).exitCode, 0);
  });

  test('--only and --off choose lints', async () => {
    const files = { 'p.yaml': policy('{egress: [{}]}', '{name: p}') };
    assert.equal(lintsIn((await lint('p.yaml', files)).out), ['L-02', 'L-06', 'L-04', 'L-13']);
    assert.equal(lintsIn((await lint('p.yaml --only L-06,l-4', files)).out), ['L-06', 'L-04']);
    assert.equal(lintsIn((await lint('p.yaml --off L-06,L-13', files)).out), ['L-02', 'L-04']);
  });

  test('an unknown lint is wrong usage', async () => {
    const { exitCode, err } = await lint('policies --off L-99');
    assert.is(exitCode, 2);
    assert.match(err, /there is no lint `L-99`/);
  });

  test('flags that are about --fix need it', async () => {
    for (const flag of ['--dry-run', '--unsafe-fixes']) assert.is((await lint(`policies ${flag}`)).exitCode, 2);
  });

  test('an input without policies is fine, and that is said', async () => {
    const { exitCode, err } = await lint('cluster.yaml');
    assert.is(exitCode, 0);
    assert.match(err, /the input has no policy that could be read/);
  });

  test('annotations count when they are allowed', async () => {
    const metadata = '{name: p, namespace: prod, annotations: {netpolc.dev/ignore: "L-03: for later"}}';
    const files = { 'p.yaml': policy('{podSelector: {}, policyTypes: [Ingress], egress: [{}]}', metadata) };
    assert.is((await lint('p.yaml', files)).exitCode, 1);
    const { exitCode, err } = await lint('p.yaml --allow-annotations', files);
    assert.is(exitCode, 0);
    assert.match(err, /^no findings; 1 accepted$/m);
  });

  test('text of the input steers no terminal', async () => {
    const spec = '{podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {"\\u001b[2J": 1}}]}]}';
    for (const format of ['text', 'json', 'sarif', 'github']) {
      const { out, err } = await lint(`p.yaml --format ${format}`, { 'p.yaml': policy(spec) });
      assert.match(out, '[2J');
      assert.not.match(out + err, /[^\n\P{C}]/u, format);
    }
  });
});

describe('input that is not sound, under lint', (test) => {
  const unknown = '{podSelector: {role: db}, policyTypes: [Ingress]}';
  const ambiguous = '{podSelector: {matchLabels: {a: on}}, policyTypes: [Ingress]}';
  const hostBits = '{podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 10.0.0.1/8}}]}]}';
  const wrong = '{podSelector: {}, policyTypes: [Ingress], ingress: [{ports: [{port: 0}]}]}';

  for (const [lintId, spec] of [
    ['L-05', unknown],
    ['L-27', ambiguous],
    ['L-28', hostBits],
  ] as const) {
    test(`${lintId} is a finding among others`, async () => {
      const files = { 'p.yaml': `${policy(spec)}---\n${policy('{podSelector: {}}', '{name: q, namespace: prod}')}` };
      const { exitCode, out } = await lint('p.yaml', files);
      assert.is(exitCode, 1);
      assert.equal(lintsIn(out), [lintId, 'L-01']);
    });
  }

  test('under --decode warn an unknown field is the same finding', async () => {
    const { exitCode, out } = await lint('p.yaml --decode warn', { 'p.yaml': policy(unknown) });
    assert.equal([exitCode, lintsIn(out)], [1, ['L-05']]);
  });

  test('nothing is said of what such a field makes of its selector', async () => {
    const spec = '{podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {env: prod}}]}]}';
    assert.equal(lintsIn((await lint('p.yaml -s cluster.yaml', { 'p.yaml': policy(spec) })).out), ['L-05']);
  });

  test('a policy that cannot be read is an error of the input, and the others are linted all the same', async () => {
    const files = { 'p.yaml': `${policy(wrong)}---\n${policy('{podSelector: {}}', '{name: q, namespace: prod}')}` };
    const { exitCode, out, err } = await lint('p.yaml', files);
    assert.is(exitCode, 3);
    assert.match(err, /error NP2202/);
    assert.equal(lintsIn(out), ['L-01']);
  });

  test('the same file stops a compile, findings or not', async () => {
    for (const spec of [unknown, ambiguous, hostBits]) {
      const { exitCode, out } = await netpolc('ir p.yaml -s cluster.yaml', { files: { 'p.yaml': policy(spec) } });
      assert.equal([exitCode, out], [3, '']);
    }
  });

  test('a missing file is an error as everywhere', async () => {
    assert.is((await lint('nowhere.yaml')).exitCode, 3);
  });
});

describe('netpolc lint --fix', (test) => {
  const messy = `# mine\n${policy('\n  podSelector: # all\n  ingress:\n    - ports: [{port: 80}] # web')}`;
  const tidy = `# mine\n${policy('\n  podSelector: {} # all\n  policyTypes: [Ingress]\n  ingress:\n    - ports: [{port: 80, protocol: TCP}] # web')}`;

  test('repairs the file and tells what is left', async () => {
    const { exitCode, out, err, host } = await lint('p.yaml --fix', { 'p.yaml': messy });
    assert.equal([exitCode, out], [0, '']);
    assert.is(host.text('p.yaml'), tidy);
    assert.match(err, /^fixed p\.yaml:4 L-01: write policyTypes: \[Ingress\]$/m);
    assert.match(err, /^fixed p\.yaml:4 L-06: write podSelector: \{\}$/m);
    assert.match(err, /^wrote p\.yaml$/m);
    assert.match(err, /^no findings$/m);
  });

  test('--dry-run says the same and writes nothing', async () => {
    const { exitCode, err, host } = await lint('p.yaml --fix --dry-run', { 'p.yaml': messy });
    assert.is(exitCode, 0);
    assert.is(host.text('p.yaml'), messy);
    assert.match(err, /^would fix p\.yaml:[0-9]+ L-14: write protocol: TCP$/m);
    assert.not.match(err, /wrote/);
  });

  test('files without anything to repair are not written', async () => {
    const ran = await lint('p.yaml policies --fix', {
      'p.yaml': tidy,
      'policies/db.yaml': dbPolicy.replace('{port: 5432}', '{protocol: TCP, port: 5432}'),
    });
    assert.not.match(ran.err, /wrote/);
    assert.equal(newFiles(ran), ['/here/p.yaml']);
  });

  test('never a snapshot, standard input or a compressed file', async () => {
    const own = { 'all.yaml': untyped };
    const snapshot = await lint('-s all.yaml --fix', own);
    assert.is(snapshot.host.text('all.yaml'), untyped);
    assert.equal(lintsIn(snapshot.out), ['L-01']);
    const both = await lint('all.yaml -s all.yaml --fix', own);
    assert.is(both.host.text('all.yaml'), untyped);
    const stdin = await lint('- --fix', {}, untyped);
    assert.equal(lintsIn(stdin.out), ['L-01']);
    assert.equal(newFiles(stdin), []);
  });

  test('what changes the meaning waits for --unsafe-fixes', async () => {
    const text = policy(
      '{podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 10.0.0.1/8}}]}]}',
    );
    const safe = await lint('p.yaml --fix', { 'p.yaml': text });
    assert.is(safe.host.text('p.yaml'), text);
    assert.match(safe.err, /1 can be fixed with a change of meaning \(--fix --unsafe-fixes\)$/m);
    const unsafe = await lint('p.yaml --fix --unsafe-fixes', { 'p.yaml': text });
    assert.is(unsafe.host.text('p.yaml'), text.replace('10.0.0.1/8', '10.0.0.0/8'));
    assert.is(unsafe.exitCode, 0);
  });

  test('--namespace says which namespace is written', async () => {
    const text = policy('{podSelector: {}, policyTypes: [Ingress]}', '{name: p}');
    const { host } = await lint('p.yaml --fix --namespace prod', { 'p.yaml': text });
    assert.match(host.text('p.yaml') ?? '', 'metadata: {name: p, namespace: prod}');
    assert.is((await lint('p.yaml --fix', { 'p.yaml': text })).host.text('p.yaml'), text);
  });

  test('a file that may not be written is the failure of the machine', async () => {
    const refused = Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'open', path: 'p.yaml' });
    const host = createFakeHost({ files: { 'p.yaml': untyped } });
    const exitCode = await runCli(['lint', 'p.yaml', '--fix'], { ...host, stage: () => Promise.reject(refused) });
    assert.is(exitCode, 4);
    assert.match(host.err(), /error NP7004: `p\.yaml` cannot be written/);
    assert.is(host.text('p.yaml'), untyped);
  });
});

describe('shapes of what lint found', (test) => {
  const files = { 'p.yaml': `${dead}---\n${policy('{podSelector: {}}', '{name: q, namespace: prod}')}` };

  test('--format json is described by its schema', async () => {
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync('schema/lint.schema.json', 'utf8')) as object,
    );
    const accepted = policy(
      '{podSelector: {}, policyTypes: [Ingress], ingress: [{}]}',
      '{name: r, namespace: prod, annotations: {netpolc.dev/ignore: "L-13: x; L-99: y"}}',
    );
    const unread = policy('{podSelector: 1}', '{name: s, namespace: prod}');
    const all = { 'p.yaml': [files['p.yaml'], accepted, unread].join('---\n') };
    for (const words of ['p.yaml', 'p.yaml -s cluster.yaml', 'p.yaml --fix --allow-annotations', 'cluster.yaml']) {
      const { out } = await lint(`${words} --format json`, all);
      const document = JSON.parse(out) as object;
      assert.ok(validate(document), JSON.stringify(validate.errors));
    }
    const broken = JSON.parse((await lint('p.yaml --format json', all)).out) as { findings: unknown[] };
    assert.not.ok(validate({ ...broken, findings: [{}] }));
  });

  test('--format json has findings, with places and fixes', async () => {
    const { exitCode, out } = await lint('p.yaml --format json', files);
    assert.is(exitCode, 1);
    const { findings } = JSON.parse(out) as {
      readonly findings: readonly {
        readonly lint: string;
        readonly policy: string;
        readonly place: { readonly line: number };
        readonly fix: { readonly edits: readonly { readonly replacement: string }[] } | null;
      }[];
    };
    assert.equal(
      findings.map((each) => [each.lint, each.policy, each.place.line, each.fix?.edits[0]?.replacement]),
      [
        ['L-03', 'prod/p', 4, undefined],
        ['L-01', 'prod/q', 8, ', policyTypes: [Ingress]'],
        ['L-23', 'prod/q', 8, undefined],
      ],
    );
  });

  test('--format sarif has them as results, with fixes that say what to replace', async () => {
    const { out } = await lint('p.yaml --format sarif', files);
    interface Result {
      readonly ruleId: string;
      readonly properties: { readonly lint: string };
      readonly fixes?: readonly {
        readonly artifactChanges: readonly { readonly replacements: readonly unknown[] }[];
      }[];
    }
    const { runs } = JSON.parse(out) as { readonly runs: readonly [{ readonly results: readonly Result[] }] };
    const untypedResult = runs[0].results.find(({ ruleId }) => ruleId === 'NP6001');
    assert.is(untypedResult?.properties.lint, 'L-01');
    assert.equal(untypedResult?.fixes?.[0]?.artifactChanges[0]?.replacements, [
      {
        deletedRegion: { startLine: 9, startColumn: 23, endLine: 9, endColumn: 23 },
        insertedContent: { text: ', policyTypes: [Ingress]' },
      },
    ]);
  });

  test('--format sarif says what is accepted, and why', async () => {
    const metadata = '{name: p, namespace: prod, annotations: {netpolc.dev/ignore: "L-13: demo"}}';
    const text = policy('{podSelector: {}, policyTypes: [Ingress], ingress: [{}]}', metadata);
    const { out } = await lint('p.yaml --format sarif --allow-annotations', { 'p.yaml': text });
    assert.match(out, /"suppressions": \[\s*\{\s*"kind": "inSource",\s*"justification": "demo"/);
  });

  test('--format github is a command a finding', async () => {
    const { out } = await lint('p.yaml --format github --only L-03', files);
    assert.match(
      out,
      /^::error file=p\.yaml,line=4,endLine=4,col=49,endColumn=55,title=NP6003 L-03::the `egress` rules have no effect/,
    );
    assert.is(out.split('\n').length, 2);
  });
});

describe('explaining lints', (test) => {
  test('a lint is explained by its id', async () => {
    const { exitCode, out } = await netpolc('explain L-09');
    assert.is(exitCode, 0);
    assert.match(out, /^NP6009 NAMESPACE_NAME_AS_LABEL \(error\)/);
    assert.match((await netpolc('explain l-37')).out, /^NP3023 /);
    assert.is((await netpolc('explain L-40')).exitCode, 2);
  });
});
