// Snapshot objects: what is read of them, and what is wrong with them. Sections 2.5 and 3 of the semantics.
import * as assert from 'uvu/assert';
import { formatAddress } from '../../src/net/address.ts';
import type { Namespace, Node, Pod, Service } from '../../src/snapshot/snapshot.ts';
import type { ReadOptions } from '../../src/input/world.ts';
import { inputFile, readDiagnostics, readProblems, readSound } from '../kit/files.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

/** The object as YAML and as JSON: both are read alike. */
async function podOf(fields: string, options: Partial<ReadOptions> = {}): Promise<Pod> {
  const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: prod}\n${fields}`;
  return must((await readSound([inputFile('c.yaml', text)], options)).snapshot.pods[0]);
}

async function podMeta(metadata: string): Promise<Pod> {
  const text = `apiVersion: v1\nkind: Pod\nmetadata: ${metadata}\n`;
  return must((await readSound([inputFile('c.yaml', text)])).snapshot.pods[0]);
}

async function problemsOf(kind: string, fields: string): Promise<readonly string[]> {
  return readProblems([inputFile('c.yaml', `apiVersion: v1\nkind: ${kind}\n${fields}`)]);
}

const texts = (pod: Pod | Node): readonly string[] => pod.addresses.map(formatAddress);

describe('pods', (test) => {
  test('podIPs give the addresses, else podIP; each once', async () => {
    assert.equal(texts(await podOf('status: {podIPs: [{ip: 10.0.0.1}, {ip: "fd00::1"}], podIP: 10.0.0.1}')), [
      '10.0.0.1',
      'fd00::1',
    ]);
    assert.equal(texts(await podOf('status: {podIP: 10.0.0.1}')), ['10.0.0.1']);
    assert.equal(texts(await podOf('status: {podIP: 10.0.0.1, podIPs: []}')), ['10.0.0.1']);
    assert.equal(texts(await podOf('status: {podIPs: [{ip: "fd00::1"}, {ip: "FD00:0::1"}]}')), ['fd00::1']);
    assert.equal(texts(await podOf('status: {podIP: "", podIPs: null}')), []);
  });

  test('a podIP that is not among podIPs is doubtful', async () => {
    const status = 'metadata: {name: a}\nstatus: {podIP: 10.0.0.9, podIPs: [{ip: 10.0.0.1}]}';
    assert.equal(await problemsOf('Pod', status), ['c.yaml:4:17 NP3010']);
    const same = 'metadata: {name: a}\nstatus: {podIP: "FD00::1", podIPs: [{ip: "fd00::1"}]}';
    assert.equal(await problemsOf('Pod', same), []);
  });

  test('addresses that two programs could read differently are refused', async () => {
    for (const ip of [
      '10.0.0.01',
      '010.0.0.1',
      '::ffff:10.0.0.1',
      '10.0.0',
      '10.0.0.256',
      '10.0.0.1/32',
      'fe80::1%eth0',
      'x',
      '1.2.3.4.5',
      '.1.2.3',
      '1..2.3',
    ]) {
      const status = `metadata: {name: a}\nstatus: {podIP: "${ip}"}`;
      assert.equal(await problemsOf('Pod', status), ['c.yaml:4:17 NP3004'], ip);
      const listed = `metadata: {name: a}\nstatus:\n  podIPs:\n  - ip: 10.0.0.1\n  - ip: "${ip}"`;
      assert.equal(await problemsOf('Pod', listed), ['c.yaml:7:9 NP3004'], ip);
    }
  });

  test('a pod is live when it has an address, is not hostNetwork and not finished', async () => {
    const live = async (fields: string): Promise<boolean> => (await podOf(fields)).live;
    assert.is(await live('status: {podIP: 10.0.0.1}'), true);
    for (const phase of ['Pending', 'Running', 'Unknown']) {
      assert.is(await live(`status: {podIP: 10.0.0.1, phase: ${phase}}`), true, phase);
      assert.is(await live(`status: {phase: ${phase}}`), false, phase);
    }
    assert.is(await live('status: {podIP: 10.0.0.1, phase: Succeeded}'), false);
    assert.is(await live('status: {podIP: 10.0.0.1, phase: Failed}'), false);
    assert.is(await live('spec: {hostNetwork: true}\nstatus: {podIP: 10.0.0.1}'), false);
    assert.is(await live('spec: {hostNetwork: false}\nstatus: {podIP: 10.0.0.1}'), true);
    const leaving = '{name: a, deletionTimestamp: "2026-01-01T00:00:00Z"}\nstatus: {podIP: 10.0.0.1}';
    assert.is((await podMeta(leaving)).live, true);
  });

  test('a phase that the API does not know is refused', async () => {
    assert.equal(await problemsOf('Pod', 'metadata: {name: a}\nstatus: {phase: succeeded}'), ['c.yaml:4:17 NP3007']);
  });

  test('the node is known, or null', async () => {
    const pod = await podOf('spec: {nodeName: worker-1, hostNetwork: true}');
    assert.equal([pod.node, pod.hostNetwork], ['worker-1', true]);
    assert.is((await podOf('spec: {}')).node, null);
    assert.equal(await problemsOf('Pod', 'metadata: {name: a}\nspec: {nodeName: Worker_1}'), ['c.yaml:4:18 NP3009']);
  });

  test('named ports come from containers and sidecars; from other init containers when asked', async () => {
    const spec = `spec:
  containers:
  - ports: [{name: http, containerPort: 8080}, {containerPort: 9999}]
  - ports: [{name: http, containerPort: 8081, protocol: TCP}, {name: dns, containerPort: 53, protocol: UDP}]
  initContainers:
  - ports: [{name: init, containerPort: 1}]
  - restartPolicy: Always
    ports: [{name: side, containerPort: 2, protocol: SCTP}]
  ephemeralContainers:
  - ports: [{name: debug, containerPort: 3}]
`;
    const main = [
      { name: 'http', protocol: 'TCP', port: 8080 },
      { name: 'http', protocol: 'TCP', port: 8081 },
      { name: 'dns', protocol: 'UDP', port: 53 },
    ];
    const side = { name: 'side', protocol: 'SCTP', port: 2 };
    assert.equal((await podOf(spec)).namedPorts, [...main, side]);
    const init = { name: 'init', protocol: 'TCP', port: 1 };
    assert.equal((await podOf(spec, { namedPortsInit: 'all' })).namedPorts, [...main, init, side]);
  });

  test('ports that the API refuses are refused', async () => {
    const ports = (list: string): Promise<readonly string[]> =>
      problemsOf('Pod', `metadata: {name: a}\nspec: {containers: [{ports: [${list}]}]}`);
    assert.equal(await ports('{name: h_t, containerPort: 80}'), ['c.yaml:4:37 NP3005']);
    assert.equal(await ports('{name: http, containerPort: 0}'), ['c.yaml:4:58 NP3006']);
    assert.equal(await ports('{name: http, containerPort: 65536}'), ['c.yaml:4:58 NP3006']);
    assert.equal(await ports('{name: http, containerPort: 1.5}'), ['c.yaml:4:58 NP2002']);
    assert.equal(await ports('{name: http, containerPort: "80"}'), ['c.yaml:4:58 NP2002']);
    assert.equal(await ports('{name: http, containerPort: 1e400}'), ['c.yaml:4:58 NP1016']);
    assert.equal(await ports('{name: http}'), ['c.yaml:4:30 NP2002']);
    assert.equal(await ports('{name: http, containerPort: 80, protocol: tcp}'), ['c.yaml:4:72 NP3007']);
    assert.equal(await ports('{name: dns, containerPort: 53}, {name: dns, containerPort: 53, protocol: UDP}'), [
      'c.yaml:4:69 NP3008',
    ]);
  });

  test('the workload is the controller; behind a ReplicaSet the Deployment', async () => {
    const workload = async (labels: string, owners: string): Promise<string> =>
      (await podMeta(`{name: web-7d4b9c6f5-x2x9z, labels: {${labels}}, ownerReferences: [${owners}]}`)).workload;
    const set = '{kind: ReplicaSet, name: web-7d4b9c6f5, controller: true}';
    assert.is(await workload('pod-template-hash: 7d4b9c6f5', set), 'web');
    assert.is(await workload('pod-template-hash: other', set), 'web-7d4b9c6f5');
    assert.is(await workload('', set), 'web-7d4b9c6f5');
    for (const kind of ['Job', 'StatefulSet', 'DaemonSet', 'CronJob']) {
      assert.is(await workload('', `{kind: Foo, name: other}, {kind: ${kind}, name: db, controller: true}`), 'db');
    }
    assert.is(await workload('', '{kind: Node, name: n1, controller: true}'), 'web-7d4b9c6f5-x2x9z');
    assert.is(await workload('', ''), 'web-7d4b9c6f5-x2x9z');
  });

  test('pods with equal labels share one Map, whatever the order of keys', async () => {
    const pod = (name: string, labels: string): string =>
      `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: ${labels}}\n`;
    const text = [
      pod('a', '{app: web, tier: front}'),
      pod('b', '{app: web}'),
      pod('c', '{tier: front, app: web}'),
      pod('d', '{app: web, tier: front, constructor: x}'),
      pod('e', '{}'),
      pod('f', 'null'),
    ].join('');
    const { pods } = (await readSound([inputFile('c.yaml', text)])).snapshot;
    const [a, b, c, d, e, f] = pods.map(({ labels }) => labels);
    assert.is(a, c);
    assert.is(e, f);
    assert.is(new Set([a, b, d, e]).size, 4);
    assert.equal(
      [...must(d)],
      [
        ['app', 'web'],
        ['constructor', 'x'],
        ['tier', 'front'],
      ],
    );
  });

  test('every member of Object.prototype is a label like any other, or no label at all', async () => {
    const json = (labels: string): string =>
      `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","labels":${labels}}}`;
    for (const key of Object.getOwnPropertyNames(Object.prototype)) {
      const text = json(`{"x":"1",${JSON.stringify(key)}:"1"}`);
      if (key.startsWith('__')) {
        assert.equal(
          await readProblems([inputFile('c.json', text)]),
          [`c.json:1:${text.indexOf(':"1"}') + 2} NP2301`],
          key,
        );
      } else {
        const { pods } = (await readSound([inputFile('c.json', text)])).snapshot;
        assert.is(pods[0]?.labels.get(key), '1', key);
      }
    }
    const { pods } = (await readSound([inputFile('c.json', json('{"x":"1"}'))])).snapshot;
    assert.is(pods[0]?.labels.get('constructor'), undefined);
  });

  test('labels that the API refuses are refused', async () => {
    const labels = (text: string): Promise<readonly string[]> =>
      problemsOf('Pod', `metadata: {name: a, labels: ${text}}`);
    assert.equal(await labels('{"a b": c}'), ['c.yaml:3:37 NP2301']);
    assert.equal(await labels('{a: "b c"}'), ['c.yaml:3:33 NP2302']);
    assert.equal(await labels('{a: 1}'), ['c.yaml:3:33 NP2002']);
    assert.equal(await labels('{a: null}'), ['c.yaml:3:33 NP2002']);
    assert.equal(await labels('{a: on}'), ['c.yaml:3:33 NP1016']);
    assert.equal(await labels('{on: a}'), ['c.yaml:3:30 NP1016']);
    assert.equal(await labels('{1: a}'), ['c.yaml:3:30 NP1010']);
    assert.equal(await labels('[a]'), ['c.yaml:3:29 NP2002']);
    assert.equal(await labels('x'), ['c.yaml:3:29 NP2002']);
  });

  test('ambiguous and strange values matter only where somebody reads them', async () => {
    const pod = await podOf(
      'spec: {containers: [{args: [on, 010, 22:22], env: {1: y}, ports: [{containerPort: 010}]}], on: off}',
    );
    assert.equal(pod.namedPorts, []);
    assert.equal(await problemsOf('Pod', 'metadata: {name: a}\nspec: {nodeName: on}'), ['c.yaml:4:18 NP1016']);
    assert.equal(await problemsOf('Pod', 'metadata: {name: a}\nspec: {hostNetwork: yes}'), ['c.yaml:4:21 NP1016']);
    assert.equal(await problemsOf('Pod', 'metadata: {name: 010}'), ['c.yaml:3:18 NP1016']);
  });

  test('wrong types are errors wherever something is read, never a crash', async () => {
    const wrong: readonly (readonly [string, string])[] = [
      ['metadata: x', 'c.yaml:3:11 NP2002'],
      ['metadata: {name: 7}', 'c.yaml:3:18 NP2002'],
      ['metadata: {name: a, namespace: [b]}', 'c.yaml:3:32 NP2002'],
      ['metadata: {name: a, ownerReferences: {}}', 'c.yaml:3:38 NP2002'],
      ['metadata: {name: a, ownerReferences: [7]}', 'c.yaml:3:39 NP2002'],
      ['metadata: {name: a}\nspec: [a]', 'c.yaml:4:7 NP2002'],
      ['metadata: {name: a}\nspec: {hostNetwork: "true"}', 'c.yaml:4:21 NP2002'],
      ['metadata: {name: a}\nspec: {containers: 7}', 'c.yaml:4:20 NP2002'],
      ['metadata: {name: a}\nspec: {containers: [[]]}', 'c.yaml:4:21 NP2002'],
      ['metadata: {name: a}\nspec: {containers: [{ports: x}]}', 'c.yaml:4:29 NP2002'],
      ['metadata: {name: a}\nstatus: x', 'c.yaml:4:9 NP2002'],
      ['metadata: {name: a}\nstatus: {podIPs: 10.0.0.1}', 'c.yaml:4:18 NP2002'],
      ['metadata: {name: a}\nstatus: {podIPs: [10.0.0.1]}', 'c.yaml:4:19 NP2002'],
      ['metadata: {name: a}\nstatus: {podIP: 7}', 'c.yaml:4:17 NP2002'],
    ];
    for (const [fields, expected] of wrong) {
      assert.ok(
        (await problemsOf('Pod', fields)).includes(expected),
        `${fields}: ${String(await problemsOf('Pod', fields))}`,
      );
    }
  });

  test('null is absence', async () => {
    const pod = await podOf('spec: {nodeName: null, containers: [null], hostNetwork: null}\nstatus: null');
    assert.equal([pod.node, pod.live, pod.namedPorts], [null, false, []]);
  });

  test('names are needed and checked', async () => {
    assert.equal(await problemsOf('Pod', 'metadata: {}'), ['c.yaml:3:11 NP2004']);
    assert.equal(await problemsOf('Pod', 'spec: {}'), ['c.yaml:1:1 NP2004']);
    const [generated] = await readDiagnostics([
      inputFile('c.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}'),
    ]);
    assert.match(generated?.message ?? '', 'generateName');
    for (const name of ['A', 'a_b', '-a', 'a-', 'a..b', '.a', 'a.', 'a.-b', 'ä', 'a"; flush ruleset']) {
      assert.equal(await problemsOf('Pod', `metadata: {name: '${name}'}`), ['c.yaml:3:18 NP2005'], name);
    }
    assert.equal(await problemsOf('Pod', 'metadata: {name: a.b-c.0, namespace: n0}'), []);
    assert.equal(await problemsOf('Pod', 'metadata: {name: a, namespace: a.b}'), ['c.yaml:3:32 NP2006']);
  });

  test('the place of a pod is where its object begins', async () => {
    const text =
      '{"apiVersion":"v1","kind":"List","items":[\n  {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}]}';
    const pod = must((await readSound([inputFile('c.json', text)])).snapshot.pods[0]);
    assert.equal(pod.source, { name: 'c.json', text: null, line: 2, column: 3 });
  });
});

describe('namespaces, nodes and services', (test) => {
  const only = async <T>(text: string, pick: (world: Awaited<ReturnType<typeof readSound>>) => T): Promise<T> =>
    pick(await readSound([inputFile('c.yaml', `apiVersion: v1\n${text}`)]));

  test('a namespace always carries its name as a label', async () => {
    const namespace = (text: string): Promise<Namespace> =>
      only(`kind: Namespace\nmetadata: ${text}`, ({ snapshot }) => must(snapshot.namespaceByName.get('prod')));
    const name = ['kubernetes.io/metadata.name', 'prod'];
    assert.equal([...(await namespace('{name: prod}')).labels], [name]);
    assert.equal([...(await namespace('{name: prod, labels: {team: a}}')).labels], [['team', 'a'], name]);
    const forged = '{name: prod, labels: {kubernetes.io/metadata.name: test}}';
    assert.equal([...(await namespace(forged)).labels], [name]);
    assert.equal(await problemsOf('Namespace', `metadata: ${forged}`), ['c.yaml:3:62 NP3003']);
    assert.equal(await problemsOf('Namespace', 'metadata: {name: a.b}'), ['c.yaml:3:18 NP2005']);
  });

  test('a node has its addresses and pod ranges', async () => {
    const text = `kind: Node
metadata: {name: n1.example.com, labels: {zone: a}}
spec: {podCIDR: 10.1.0.0/24, podCIDRs: [10.1.0.0/24, "fd00:1::/64"]}
status:
  addresses:
  - {type: InternalIP, address: 192.168.0.1}
  - {type: Hostname, address: n1}
  - {type: ExternalIP, address: "2001:db8::1"}
  - {type: InternalIP, address: 192.168.0.1}
`;
    const node = await only(text, ({ snapshot }) => must(snapshot.nodeByName.get('n1.example.com')));
    assert.equal(texts(node), ['192.168.0.1', '2001:db8::1']);
    assert.equal(node.podCidrs, ['10.1.0.0/24', 'fd00:1::/64']);
    assert.equal([...node.labels], [['zone', 'a']]);
    const single = await only('kind: Node\nmetadata: {name: n1}\nspec: {podCIDR: 10.1.0.0/24}', ({ snapshot }) =>
      must(snapshot.nodeByName.get('n1')),
    );
    assert.equal(single.podCidrs, ['10.1.0.0/24']);
    const wrong =
      'metadata: {name: n1}\nspec: {podCIDR: 10.1.0.1/24}\nstatus: {addresses: [{type: InternalIP, address: n1}]}';
    assert.equal([...(await problemsOf('Node', wrong))].sort(), ['c.yaml:4:17 NP3011', 'c.yaml:5:50 NP3004']);
  });

  test('a service has its selector, addresses and ports', async () => {
    const service = (spec: string): Promise<Service> =>
      only(`kind: Service\nmetadata: {name: db, namespace: prod}\nspec: ${spec}`, ({ snapshot }) =>
        must(snapshot.services[0]),
      );
    const full = await service(
      '{type: NodePort, selector: {app: db}, clusterIP: 10.96.0.1, clusterIPs: [10.96.0.1, "fd00::1"], ports: [{name: sql, port: 3306, targetPort: mysql, nodePort: 30000}, {port: 53, protocol: UDP}]}',
    );
    assert.equal([...must(full.selector)], [['app', 'db']]);
    assert.equal(full.clusterIPs.map(formatAddress), ['10.96.0.1', 'fd00::1']);
    assert.equal(full.ports, [
      { name: 'sql', protocol: 'TCP', port: 3306, targetPort: 'mysql', nodePort: 30000 },
      { name: null, protocol: 'UDP', port: 53, targetPort: 53, nodePort: null },
    ]);
    const headless = await service('{clusterIP: None, clusterIPs: [None], ports: [{port: 80, targetPort: 8080}]}');
    assert.equal([headless.type, headless.selector, headless.clusterIPs], ['ClusterIP', null, []]);
    assert.equal(headless.ports[0]?.targetPort, 8080);
    assert.equal(
      await problemsOf('Service', 'metadata: {name: a}\nspec: {type: Odd, clusterIP: x, ports: [{port: 0}]}'),
      ['c.yaml:4:14 NP3007', 'c.yaml:4:30 NP3004', 'c.yaml:4:48 NP3006'],
    );
  });
});
