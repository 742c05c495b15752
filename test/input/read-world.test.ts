// Which objects count, where they come from, and what is said about the others.
import * as assert from 'uvu/assert';
import { gzipSync } from 'node:zlib';
import { unpack } from '../../src/host/gunzip.ts';
import { printSkipped } from '../../src/input/skipped.ts';
import { policyKey } from '../../src/policy/network-policy.ts';
import { podKey } from '../../src/snapshot/snapshot.ts';
import { positionOf } from '../../src/source/source.ts';
import { brokenFile, inputFile, readDiagnostics, readProblems, readSound, summary } from '../kit/files.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const policy = (name: string, cidr = '10.0.0.0/8'): string => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: prod}
spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: ${cidr}}}]}]}
`;
const pod = (name: string): string => `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: prod}\n`;

describe('reading a world', (test) => {
  test('policies come from policy files; from snapshots only when there are none', async () => {
    const policies = inputFile('p.yaml', policy('given'), 'policies');
    const cluster = inputFile('c.yaml', policy('live') + pod('a'));
    const both = await readSound([policies, cluster]);
    assert.equal(both.policies.map(policyKey), ['prod/given']);
    assert.is(both.skippedByKind.size, 0);
    assert.equal((await readSound([cluster])).policies.map(policyKey), ['prod/live']);
  });

  test('policies of a snapshot that do not count are not even looked at', async () => {
    const bad = `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {}\nspec: {podselector: on}\n`;
    const old = `---\napiVersion: extensions/v1beta1\nkind: NetworkPolicy\nmetadata: {name: x}\n`;
    const cluster = inputFile('c.yaml', bad + old + policy('given'));
    const world = await readSound([inputFile('p.yaml', policy('given'), 'policies'), cluster]);
    assert.is(world.policies.length, 1);
  });

  test('cluster objects come from files of either role', async () => {
    const world = await readSound([
      inputFile('p.yaml', policy('x') + pod('b'), 'policies'),
      inputFile('c.yaml', pod('a')),
    ]);
    assert.equal(world.snapshot.pods.map(podKey), ['prod/a', 'prod/b']);
  });

  test('host bits in a CIDR are an error in a file and a warning in a live cluster', async () => {
    const text = policy('x', '10.1.2.3/8');
    assert.equal(await readProblems([inputFile('p.yaml', text, 'policies')]), ['p.yaml:5:60 NP2108']);
    const [warning] = await readDiagnostics([inputFile('c.yaml', text)]);
    assert.equal([warning?.code, warning?.severity], ['NP2108', 'warning']);
    const { policies } = await readSound([inputFile('c.yaml', text)]);
    const peer = policies[0]?.ingress?.[0]?.peers?.[0];
    assert.equal(peer?.kind === 'ipBlock' && peer.cidr.base.words, [10 * 2 ** 24]);
  });

  test('a file of policies that holds no object is refused, a snapshot may be empty', async () => {
    for (const text of ['', '\n \n', '# nothing\n---\n', '\ufeff', '{"apiVersion":"v1","kind":"List","items":[]}']) {
      assert.equal(await readProblems([inputFile('p.yaml', text, 'policies')]), ['p.yaml:1:1 NP1001'], text);
      assert.is((await readSound([inputFile('c.yaml', text)])).policies.length, 0);
    }
    const other = inputFile('p.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}', 'policies');
    assert.equal(await readProblems([other]), []);
  });

  test('what is not used is counted by kind, whatever it holds', async () => {
    const text = `apiVersion: apps/v1
kind: ControllerRevision
metadata: {name: a}
data: {template: {spec: {containers: [{args: [on, 010, 1_000], env: {1: x, yes: no}}]}}}
---
apiVersion: netpolc.dev/v1
kind: Host
metadata: {name: backup}
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: {name: a}
`;
    const world = await readSound([inputFile('p.yaml', text, 'policies'), inputFile('c.yaml', text)]);
    assert.equal(
      [...world.skippedByKind],
      [
        ['apps/v1/ControllerRevision', 2],
        ['netpolc.dev/v1/Host', 2],
        ['projectcalico.org/v3/NetworkPolicy', 2],
      ],
    );
  });

  test('a policy in a version that is not served is refused', async () => {
    for (const version of ['extensions/v1beta1', 'v1', 'networking.k8s.io/v1beta1', 'apps/v1']) {
      const text = `apiVersion: ${version}\nkind: NetworkPolicy\nmetadata: {name: a}`;
      assert.equal(await readProblems([inputFile('p.yaml', text, 'policies')]), ['p.yaml:1:13 NP2003'], version);
    }
  });

  test('a kind that is nearly a known one is not skipped', async () => {
    const problems = (apiVersion: string, kind: string): Promise<readonly string[]> =>
      readProblems([inputFile('p.yaml', `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}`, 'policies')]);
    assert.equal(await problems('networking.k8s.io/v1', 'Networkpolicy'), ['p.yaml:2:7 NP1018']);
    assert.equal(await problems('networking.k8s.io/v1', 'NetworkPolicies'), ['p.yaml:2:7 NP1018']);
    assert.equal(await problems('v1', 'namespace'), ['p.yaml:2:7 NP1018']);
    for (const kind of ['ConfigMap', 'Secret', 'Endpoints', 'ServiceAccount', 'PodTemplate', 'Event']) {
      assert.equal(await problems('v1', kind), [], kind);
    }
    assert.equal(await problems('networking.k8s.io/v1', 'Ingress'), []);
    assert.equal(await problems('networking.k8s.io/v1', 'IngressClass'), []);
  });

  test('an object that is there twice is reported with a note at the first one', async () => {
    const [problem, ...others] = await readDiagnostics([
      inputFile('a.yaml', policy('x'), 'policies'),
      inputFile('b.yaml', policy('z') + policy('x'), 'policies'),
    ]);
    assert.equal(others, []);
    assert.is(problem?.message, 'DUPLICATE_OBJECT: NetworkPolicy `prod/x` is in the input twice');
    assert.is(summary(must(problem)), 'b.yaml:9:18 NP1017');
    const first = must(problem?.notes[0]?.span);
    assert.equal([first.source.name, positionOf(first).line], ['a.yaml', 4]);
  });

  test('a file that is read twice is named as such', async () => {
    const [problem] = await readDiagnostics([
      inputFile('a.yaml', policy('x'), 'policies'),
      inputFile('a.yaml', policy('x'), 'policies'),
    ]);
    assert.is(problem?.hint, '`a.yaml` is read twice: name it, or the folder that holds it, once');
    assert.equal(problem?.notes, []);
  });

  test('duplicates of every kind are found, also when a file is given twice', async () => {
    const kinds = ['Namespace', 'Pod', 'Node', 'Service'];
    const text = kinds.map((kind) => `---\napiVersion: v1\nkind: ${kind}\nmetadata: {name: a}\n`).join('');
    assert.equal(await readProblems([inputFile('c.yaml', text)]), []);
    const twice = await readDiagnostics([inputFile('c.yaml', text), inputFile('c.yaml', text)]);
    assert.equal(twice.map(({ message }) => /: (.*) `/.exec(message)?.[1]).sort(), [
      'Namespace',
      'Node',
      'Pod',
      'Service',
    ]);
  });

  test('the same name in another namespace, or of another kind, is no duplicate', async () => {
    const text = `${pod('a')}${pod('a').replace('prod', 'test')}${policy('a')}`;
    assert.is((await readSound([inputFile('c.yaml', text)])).snapshot.pods.length, 2);
  });

  test('objects without a namespace get the one that was asked for', async () => {
    const text = `${pod('a')}${policy('p')}`.replaceAll(', namespace: prod', '');
    const world = await readSound([inputFile('c.yaml', text)], { namespace: 'team-a' });
    assert.equal([...world.snapshot.pods.map(podKey), ...world.policies.map(policyKey)], ['team-a/a', 'team-a/p']);
  });

  test('the order of the input changes nothing', async () => {
    const texts = [policy('b'), pod('z'), policy('a'), pod('b')];
    const keys = async (order: readonly string[]): Promise<readonly string[]> => {
      const world = await readSound(order.map((text, index) => inputFile(`${index}.yaml`, text)));
      return [...world.policies.map(policyKey), ...world.snapshot.pods.map(podKey)];
    };
    assert.equal(await keys(texts), ['prod/a', 'prod/b', 'prod/b', 'prod/z']);
    assert.equal(await keys([...texts].reverse()), ['prod/a', 'prod/b', 'prod/b', 'prod/z']);
  });

  test('problems of all files are told at once', async () => {
    const problems = await readProblems([
      inputFile('a.json', '{', 'policies'),
      inputFile('b.yaml', 'x', 'policies'),
      inputFile('c.yaml', pod('A')),
    ]);
    assert.equal(problems, ['a.json:1:2 NP1007', 'b.yaml:1:1 NP1015', 'c.yaml:4:18 NP2005']);
  });

  test('standard input is called by its name', async () => {
    assert.equal(await readProblems([inputFile('-', 'x')]), ['<stdin>:1:1 NP1015']);
  });

  test('YAML has a bound, alias bombs and ambiguous values of policies are refused', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((key, index) => {
        const before = '*' + 'abcdefgh'.charAt(index);
        return `${key}: &${key} [${Array(9).fill(before).join(',')}]`;
      }),
    ].join('\n');
    const [problem] = await readDiagnostics([inputFile('bomb.yaml', `apiVersion: v1\nkind: X\n${bomb}`)]);
    assert.is(problem?.code, 'NP1013');
    const large = inputFile('large.yaml', new Uint8Array(65 * 1024 * 1024).fill(0x23), 'snapshot', 1024 * 1024);
    assert.equal(await readProblems([large]), ['large.yaml:1:1 NP1012']);
    const ambiguous = policy('x').replace('{podSelector: {}', '{podSelector: {matchLabels: {a: on}}');
    assert.equal(await readProblems([inputFile('p.yaml', ambiguous)]), ['p.yaml:5:39 NP1016']);
  });
});

describe('bytes that do not come', (test) => {
  const packed = gzipSync(`${pod('a')}${pod('b')}`);
  const file = (bytes: Uint8Array): Parameters<typeof readSound>[0] => {
    const plain = inputFile('c.yaml.gz', bytes, 'snapshot', 10);
    return [{ ...plain, chunks: () => unpack(plain.chunks()) }];
  };

  test('compressed files are known by their first bytes', async () => {
    assert.equal((await readSound(file(packed))).snapshot.pods.map(podKey), ['prod/a', 'prod/b']);
    assert.equal((await readSound(file(new TextEncoder().encode(pod('a'))))).snapshot.pods.map(podKey), ['prod/a']);
    assert.equal((await readSound(file(new Uint8Array(0)))).snapshot.pods, []);
  });

  test('damaged and truncated ones are refused as a whole', async () => {
    assert.equal(await readProblems(file(packed.subarray(0, packed.length - 9))), ['c.yaml.gz:1:1 NP1014']);
    const damaged = packed.map((byte, index) => (index === 20 ? byte ^ 0xff : byte));
    assert.equal(await readProblems(file(damaged)), ['c.yaml.gz:1:1 NP1014']);
    assert.equal(await readProblems(file(new Uint8Array([0x1f, 0x8b, 1, 2, 3]))), ['c.yaml.gz:1:1 NP1014']);
  });

  test('a bomb is refused before it has gone off', async () => {
    const bomb = gzipSync(new Uint8Array(400 * 1024 * 1024).fill(0x20), { level: 9 });
    assert.ok(bomb.length < 1024 * 1024);
    const [problem] = await readDiagnostics(file(bomb));
    assert.is(problem?.code, 'NP1014');
    assert.match(problem?.message ?? '', 'more than');
  });

  test('what the system refuses to read is told; other errors are bugs', async () => {
    const refused = Object.assign(new Error('the disk reports an error'), { inputFault: 'NP1003' as const });
    const [problem] = await readDiagnostics([brokenFile('c.yaml', pod('a'), refused)]);
    assert.equal([problem?.code, problem?.message], ['NP1003', '`c.yaml` cannot be read: the disk reports an error']);
    const system = Object.assign(new Error('EIO: read'), { code: 'EIO', syscall: 'read' });
    assert.equal(await readProblems([brokenFile('c.yaml', pod('a'), system)]), ['c.yaml:1:1 NP1003']);
    try {
      await readDiagnostics([brokenFile('c.yaml', pod('a'), new Error('a bug'))]);
      assert.unreachable();
    } catch (error) {
      assert.is((error as Error).message, 'a bug');
    }
  });
});

describe('the sentence about what was skipped', (test) => {
  test('it counts and names kinds, most frequent first', () => {
    assert.is(printSkipped(new Map()), null);
    assert.is(
      printSkipped(new Map([['v1/ConfigMap', 1]])),
      'skipped 1 object of kinds that policies do not depend on: v1/ConfigMap (1)',
    );
    const some = new Map([
      ['v1/ConfigMap', 1],
      ['apps/v1/Deployment', 2],
    ]);
    assert.match(
      printSkipped(some) ?? '',
      /^skipped 3 objects of .*: apps\/v1\/Deployment \(2\), v1\/ConfigMap \(1\)$/,
    );
  });

  test('it is short and safe for a terminal', () => {
    const many = new Map(Array.from({ length: 12 }, (_, index) => [`v1/K${index}`, 1] as const));
    assert.match(printSkipped(many) ?? '', /^skipped 12 objects of .*, 2 other kinds$/);
    assert.not.match(printSkipped(new Map([['v1/\u001b[31m', 1]])) ?? '', '\u001b');
  });
});
