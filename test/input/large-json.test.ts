// Beyond the beginning of a file JSON is read the fast way: what holds for small files holds there.
import * as assert from 'uvu/assert';
import { policyKey } from '../../src/policy/network-policy.ts';
import { podKey } from '../../src/snapshot/snapshot.ts';
import { positionOf } from '../../src/source/source.ts';
import { inputFile, readDiagnostics, readSound, summary } from '../kit/files.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

/** An object that nobody reads, so long that what follows is not at the beginning. */
const filler = `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"big"},"data":{"x":"${'x'.repeat(300_000)}"}}`;
const pod = (name: string, more: object = {}): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'prod', labels: { app: 'a' } },
    ...more,
  });
const policy = JSON.stringify({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'db', namespace: 'prod' },
  spec: { podSelector: {} },
});
const list = (...items: readonly string[]): string =>
  `{"apiVersion":"v1","items":[\n${[filler, ...items].join(',\n')}\n],"kind":"List"}`;

async function faults(...items: readonly string[]): Promise<readonly string[]> {
  return (await readDiagnostics([inputFile('big.json', list(...items))])).map(summary);
}

describe('large JSON', (test) => {
  test('pods, policies and lists are found behind a long beginning, each with its place', async () => {
    const inner = `{"apiVersion":"v1","kind":"PodList","items":[{"metadata":{"name":"b","namespace":"prod"}}]}`;
    const world = await readSound([inputFile('big.json', list(pod('a'), inner, policy, filler))]);
    assert.equal(world.snapshot.pods.map(podKey), ['prod/a', 'prod/b']);
    assert.equal(world.policies.map(policyKey), ['prod/db']);
    assert.equal([...world.skippedByKind], [['v1/ConfigMap', 2]]);
    const [first] = world.snapshot.pods;
    assert.equal([first?.source.name, first?.source.line, first?.source.column], ['big.json', 3, 1]);
    const { origin } = must(world.policies[0]);
    const name = policy.indexOf('"db"') + 1;
    assert.equal(positionOf(origin.span), { line: 5, column: name });
  });

  test('a broken item, and what is wrong inside of a sound one, have their place', async () => {
    assert.equal(await faults(pod('a'), '{"kind":}'), ['big.json:4:9 NP1007']);
    const address = pod('a', { status: { podIP: '10.0.0.01' } });
    assert.equal(await faults(pod('b'), address), [`big.json:4:${address.indexOf('"10.0') + 1} NP3004`]);
    assert.equal(await faults(pod('a'), '{"kind":"Pod"}'), ['big.json:4:1 NP1015']);
    assert.equal(await faults(pod('a'), 'null'), ['big.json:4:1 NP1015']);
    assert.equal(await faults(pod('a'), '{"apiVersion":"v1","kind":"pod"}'), ['big.json:4:27 NP1018']);
  });

  test('what is not ASCII moves columns by what people count', async () => {
    const noted = pod('a', { note: 'é😀' });
    const text = `{"apiVersion":"v1","items":[${filler},${noted},${pod('b')},{"kind":}],"kind":"List"}`;
    const [fault] = await readDiagnostics([inputFile('big.json', text)]);
    const column = 28 + filler.length + 1 + noted.length + 1 + pod('b').length + 1 + 9;
    assert.is(summary(must(fault)), `big.json:1:${column} NP1007`);
    const world = await readSound([inputFile('big.json', text.replace(',{"kind":}', ''))]);
    assert.is(must(world.snapshot.pods[1]).source.column, 28 + filler.length + 1 + noted.length + 1 + 1);
  });

  test('control characters, bytes that are no UTF-8 and endless nesting are found', async () => {
    assert.match((await faults(pod('a', { note: '\u202e' })))[0] ?? '', /^big\.json:3:\d+ NP1006$/);
    assert.match((await faults(pod('a', { note: '\u007f' })))[0] ?? '', /^big\.json:3:\d+ NP1006$/);
    assert.match(
      (await faults(pod('a'), `{"a":${'['.repeat(150)}${']'.repeat(150)}}`))[0] ?? '',
      /^big\.json:4:\d+ NP1011$/,
    );
    const bytes = new TextEncoder().encode(list(pod('a'), pod('b', { note: '#' })));
    bytes[bytes.lastIndexOf(0x23)] = 0xff;
    const [bad] = await readDiagnostics([inputFile('big.json', bytes)]);
    assert.is(summary(must(bad)), `big.json:4:${pod('b', { note: '#' }).indexOf('#') + 1} NP1005`);
  });

  test('objects one after another are read like items of a list', async () => {
    const world = await readSound([inputFile('big.json', [filler, pod('a'), pod('b'), policy].join('\n'))]);
    assert.equal(world.snapshot.pods.map(podKey), ['prod/a', 'prod/b']);
    assert.is(world.policies.length, 1);
  });

  test('the fast way and the strict way read the same, wherever chunks end, and know every line', async () => {
    const kinds = Array.from({ length: 60 }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        annotations: { note: index % 7 === 0 ? 'naïve "quoted" \\ 😀' : 'plain' },
        labels: { app: `app-${index % 3}`, tier: 'x' },
        name: `pod-${String(index).padStart(2, '0')}`,
        namespace: 'prod',
        ownerReferences: [{ kind: 'StatefulSet', name: `app-${index % 3}`, controller: true }],
      },
      spec: { containers: [{ ports: [{ name: `port-${index % 2}`, containerPort: 80 }] }], nodeName: `n${index % 5}` },
      status: { phase: 'Running', podIPs: [{ ip: `10.0.0.${index}` }, { ip: `fd00::${index}` }] },
    }));
    const items = (indent: number): string => kinds.map((each) => JSON.stringify(each, null, indent)).join(',\n');
    for (const indent of [0, 4]) {
      const strict = await readSound([
        inputFile('c.json', `{"apiVersion":"v1","kind":"List","items":[\n${items(indent)}]}`),
      ]);
      const text = list(items(indent));
      for (const size of [997, 1 << 20]) {
        const fast = await readSound([inputFile('c.json', text, 'snapshot', size)]);
        const facts = ({ snapshot }: typeof fast): unknown => snapshot.pods.map(({ source: _, ...pod }) => pod);
        assert.equal(facts(fast), facts(strict));
        const lines = text.split('\n');
        for (const { name, source } of fast.snapshot.pods) {
          const end = lines.findIndex((line, index) => index >= source.line - 1 && line.includes(`"${name}"`));
          assert.is(lines[source.line - 1]?.startsWith('{'), true, name);
          assert.ok(end !== -1 && !lines.slice(source.line, end).some((line) => line.startsWith('{')), name);
        }
        const shared = new Set(fast.snapshot.pods.map(({ labels }) => labels));
        assert.is(shared.size, 3);
      }
    }
  });

  test('workloads are read the fast way as the strict way reads them', async () => {
    const pods = {
      metadata: { annotations: { a: 'b' }, labels: { app: 'web', tier: 'x' } },
      spec: {
        hostNetwork: true,
        containers: [{ name: 'c', ports: [{ name: 'http', containerPort: 80 }] }],
        initContainers: [{ restartPolicy: 'Always', ports: [{ name: 'side', containerPort: 81, protocol: 'UDP' }] }],
      },
    };
    const workload = (apiVersion: string, kind: string, spec: object, metadata: object = {}): string =>
      JSON.stringify({ apiVersion, kind, metadata: { name: 'web', namespace: 'prod', ...metadata }, spec });
    const owned = { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', controller: true }] };
    const items = [
      ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind) =>
        workload('apps/v1', kind, { replicas: 2, selector: { matchLabels: { app: 'web' } }, template: pods }),
      ),
      workload('v1', 'ReplicationController', { selector: { app: 'web' }, template: pods }),
      workload('batch/v1', 'Job', { template: pods }),
      workload('batch/v1', 'CronJob', { schedule: '@daily', jobTemplate: { spec: { template: pods } } }),
      workload('apps/v1', 'ReplicaSet', { template: pods }, { name: 'web-1', ...owned }),
      `{"apiVersion":"apps/v1","kind":"DeploymentList","items":[{"metadata":{"name":"a"},"spec":{"template":null}}]}`,
    ];
    const strict = await readSound(
      [inputFile('c.json', `{"apiVersion":"v1","kind":"List","items":[${items.join(',')}]}`)],
      { planned: true },
    );
    const fast = await readSound([inputFile('c.json', list(...items))], { planned: true });
    const facts = ({ snapshot }: typeof fast): unknown => snapshot.podTemplates.map(({ source: _, ...rest }) => rest);
    assert.equal(facts(fast), facts(strict));
    assert.equal(
      fast.snapshot.podTemplates.map(({ name, kind, namedPorts, hostNetwork }) => [
        `${name} ${kind}`,
        namedPorts.length,
        hostNetwork,
      ]),
      [
        ['a Deployment', 0, false],
        ['web CronJob', 2, true],
        ['web DaemonSet', 2, true],
        ['web Deployment', 2, true],
        ['web Job', 2, true],
        ['web ReplicaSet', 2, true],
        ['web ReplicationController', 2, true],
        ['web StatefulSet', 2, true],
      ],
    );
    assert.is(new Set(fast.snapshot.podTemplates.map(({ labels }) => labels)).size, 2);
    assert.is(fast.skippedByKind.get('apps/v1/ReplicaSet'), 1);
    assert.is(must(fast.snapshot.podTemplates[3]).source.line, 3);
  });

  test('what is wrong with a workload is found at its place, and templates of other kinds are nobody’s business', async () => {
    const workload = (apiVersion: string, kind: string, template: unknown): string =>
      JSON.stringify({ apiVersion, kind, metadata: { name: 'web' }, spec: { template } });
    const planned = async (...items: readonly string[]): Promise<readonly string[]> =>
      (await readDiagnostics([inputFile('big.json', list(...items))], { planned: true })).map(summary);
    const wrong = workload('apps/v1', 'Deployment', { metadata: { labels: { app: 1 } } });
    assert.equal(await planned(wrong), [`big.json:3:${wrong.indexOf('1}') + 1} NP2002`]);
    const others = [7, [], { metadata: [] }, { metadata: { labels: { app: 1 } } }];
    assert.equal(await planned(...others.map((each) => workload('example.com/v1', 'Certificate', each))), []);
  });

  test('a hundred errors are enough', async () => {
    const items = Array.from({ length: 300 }, (_, index) => pod(`P${index}`));
    assert.is((await faults(...items)).length, 100);
  });
});
