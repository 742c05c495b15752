// Workloads: the pods that they would make. What is read of them, and what is wrong with them.
import * as assert from 'uvu/assert';
import type { PodTemplate } from '../../src/snapshot/snapshot.ts';
import type { ReadOptions } from '../../src/input/world.ts';
import { inputFile, readProblems, readSound } from '../kit/files.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const versions = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  ReplicaSet: 'apps/v1',
  ReplicationController: 'v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
} as const;
const kinds = Object.keys(versions) as readonly (keyof typeof versions)[];

const pods = '{metadata: {labels: {app: web}}, spec: {containers: [{ports: [{name: http, containerPort: 80}]}]}}';

/** `more` stands behind the name in `metadata`. */
function workload(kind: keyof typeof versions, template = pods, more = ', namespace: prod'): string {
  const spec = kind === 'CronJob' ? `{jobTemplate: {spec: {template: ${template}}}}` : `{template: ${template}}`;
  return `---\napiVersion: ${versions[kind]}\nkind: ${kind}\nmetadata: {name: web${more}}\nspec: ${spec}\n`;
}

async function templatesOf(text: string, options: Partial<ReadOptions> = {}): Promise<readonly PodTemplate[]> {
  return (await readSound([inputFile('c.yaml', text)], { planned: true, ...options })).snapshot.podTemplates;
}

async function problemsOf(text: string): Promise<readonly string[]> {
  return readProblems([inputFile('c.yaml', text)], { planned: true });
}

describe('pod templates', (test) => {
  test('every kind of workload gives the labels and ports of its pods', async () => {
    for (const kind of kinds) {
      const [template, ...others] = await templatesOf(workload(kind));
      const { source, labels, ...facts } = must(template);
      assert.equal(others, [], kind);
      assert.equal([...labels], [['app', 'web']]);
      assert.equal(facts, {
        kind,
        namespace: 'prod',
        name: 'web',
        hostNetwork: false,
        namedPorts: [{ name: 'http', protocol: 'TCP', port: 80 }],
        unnamedPorts: [],
      });
      assert.equal([source.name, source.line, source.column], ['c.yaml', 2, 1]);
    }
  });

  test('without a template, labels and ports there are none; the namespace is the one asked for', async () => {
    const [bare] = await templatesOf('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n', {
      namespace: 'team-a',
    });
    assert.equal(
      [must(bare).namespace, must(bare).labels.size, must(bare).namedPorts, must(bare).hostNetwork],
      ['team-a', 0, [], false],
    );
  });

  test('hostNetwork is the one of the pods, not of the workload', async () => {
    const [onHost] = await templatesOf(workload('DaemonSet', '{spec: {hostNetwork: true}}'));
    assert.is(onHost?.hostNetwork, true);
    const misplaced = 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: web}\nspec: {hostNetwork: true}\n';
    assert.is((await templatesOf(misplaced))[0]?.hostNetwork, false);
  });

  test('sidecars count for named ports as those of pods do', async () => {
    const ports = (name: string): string => `ports: [{name: ${name}, containerPort: 81}]`;
    const init = `[{restartPolicy: Always, ${ports('side')}}, {${ports('init')}}]`;
    const text = workload('Job', `{spec: {initContainers: ${init}}}`);
    const names = async (options: Partial<ReadOptions>): Promise<readonly string[]> =>
      must((await templatesOf(text, options))[0]).namedPorts.map(({ name }) => name);
    assert.equal(await names({}), ['side']);
    assert.equal(await names({ namedPortsInit: 'all' }), ['side', 'init']);
  });

  test('what is wrong in a template is reported as in a pod, at its place', async () => {
    assert.equal(await problemsOf(workload('Deployment', '{metadata: {labels: {app: 1}}}')), ['c.yaml:5:44 NP2002']);
    assert.equal(await problemsOf(workload('Deployment', '{metadata: {labels: {app: on}}}')), ['c.yaml:5:44 NP1016']);
    assert.equal(await problemsOf(workload('Deployment', '{metadata: {labels: {-app: x}}}')), ['c.yaml:5:45 NP2301']);
    assert.equal(await problemsOf(workload('Deployment', '{metadata: {labels: {app: "-"}}}')), ['c.yaml:5:44 NP2302']);
    assert.equal(await problemsOf(workload('Deployment', '{spec: {hostNetwork: "true"}}')), ['c.yaml:5:39 NP2002']);
    const port = '{spec: {containers: [{ports: [{name: http, containerPort: 0}]}]}}';
    assert.equal(await problemsOf(workload('Deployment', port)), ['c.yaml:5:76 NP3006']);
    assert.equal(await problemsOf(workload('CronJob', '[]')), ['c.yaml:5:39 NP2002']);
    assert.equal(await problemsOf(workload('Job', '{}', ', namespace: A')), ['c.yaml:4:34 NP2006']);
    assert.equal(await problemsOf('apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: x}'), [
      'c.yaml:3:11 NP2004',
    ]);
  });

  test('parts that are not read are nobody’s business', async () => {
    const args = '{spec: {containers: [{args: [on, 010, 1_000], env: {1: x, yes: no}}]}}';
    assert.is((await templatesOf(workload('Deployment', args))).length, 1);
  });

  test('a kind in a version that is not its own is not read, and one that is nearly known is reported', async () => {
    const other = (apiVersion: string, kind: string): string =>
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n`;
    for (const [apiVersion, kind] of [
      ['v1', 'Deployment'],
      ['apps/v1', 'Job'],
      ['batch/v1', 'ReplicationController'],
      ['apps.example.com/v1', 'Deployment'],
      ['apps/v1', 'ControllerRevision'],
    ] as const) {
      assert.equal(await templatesOf(other(apiVersion, kind)), [], `${apiVersion} ${kind}`);
    }
    assert.equal(await problemsOf(other('apps/v1', 'Deploymnet')), ['c.yaml:2:7 NP1018']);
    assert.equal(await problemsOf(other('batch/v1', 'cronjob')), ['c.yaml:2:7 NP1018']);
  });

  test('lists of workloads are flattened', async () => {
    const list = `apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- {metadata: {name: b}}\n- {metadata: {name: a}}\n`;
    assert.equal(
      (await templatesOf(list)).map(({ kind, name }) => `${kind} ${name}`),
      ['Deployment a', 'Deployment b'],
    );
  });

  test('they are sorted by namespace, name and kind, whatever the order of the input', async () => {
    const texts = [
      workload('StatefulSet'),
      workload('Deployment'),
      workload('Job', '{}', '-a, namespace: prod'),
      workload('Job', '{}', ', namespace: a'),
    ];
    const order = ['a/web Job', 'prod/web Deployment', 'prod/web StatefulSet', 'prod/web-a Job'];
    for (const each of [texts, [...texts].reverse()]) {
      const found = await templatesOf(each.join(''));
      assert.equal(
        found.map(({ namespace, name, kind }) => `${namespace}/${name} ${kind}`),
        order,
      );
    }
  });

  test('one that is there twice is reported', async () => {
    for (const kind of kinds) {
      assert.equal(await problemsOf(workload(kind) + workload(kind)), ['c.yaml:7:1 NP1017'], kind);
    }
  });

  test('a ReplicaSet of a Deployment and a Job of a CronJob are not taken for themselves', async () => {
    const owned = (kind: keyof typeof versions, owner: string, controller: boolean): string =>
      workload(kind, pods, `, ownerReferences: [{kind: ${owner}, name: x, controller: ${String(controller)}}]`);
    const made = await readSound([
      inputFile('c.yaml', owned('ReplicaSet', 'Deployment', true) + owned('Job', 'CronJob', true)),
    ]);
    assert.equal(made.snapshot.podTemplates, []);
    assert.equal(
      [...made.skippedByKind],
      [
        ['apps/v1/ReplicaSet', 1],
        ['batch/v1/Job', 1],
      ],
    );
    const own = [
      owned('ReplicaSet', 'Rollout', true),
      owned('Job', 'CronJob', false),
      owned('StatefulSet', 'Deployment', true),
    ];
    for (const text of own) assert.is((await templatesOf(text)).length, 1, text);
  });
});

describe('manifests of pods', (test) => {
  const pod = (fields = ''): string =>
    `---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {app: x}}\n${fields}`;
  const kindsIn = async (text: string, role: 'policies' | 'snapshot'): Promise<readonly string[]> => {
    const { snapshot } = await readSound([inputFile('p.yaml', text, role)], { planned: true });
    assert.equal(
      snapshot.pods.map(({ name }) => name),
      ['a'],
    );
    return snapshot.podTemplates.map(({ kind, name, labels }) => `${kind} ${name} ${String(labels.get('app'))}`);
  };

  test('a pod that nothing has touched is a template of itself where people write', async () => {
    for (const fields of ['', 'status: {}\n', 'status: null\n', 'status: {phase: ""}\n', 'spec: {nodeName: ""}\n']) {
      assert.equal(await kindsIn(pod(fields), 'policies'), ['Pod a x'], fields);
      assert.equal(await kindsIn(pod(fields), 'snapshot'), [], fields);
    }
  });

  test('one with an address, a phase or a node is not', async () => {
    for (const fields of ['status: {podIP: 10.0.0.1}\n', 'status: {phase: Pending}\n', 'spec: {nodeName: n1}\n']) {
      assert.equal(await kindsIn(pod(fields), 'policies'), [], fields);
    }
  });

  test('one that is there twice is reported once', async () => {
    assert.equal(await readProblems([inputFile('p.yaml', pod() + pod(), 'policies')]), ['p.yaml:6:1 NP1017']);
  });
});
