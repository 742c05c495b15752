import * as assert from 'uvu/assert';
import { worldRemarks } from '../../src/cli/world-remarks.ts';
import { inputFile, readSound } from '../kit/files.ts';
import { describe } from '../kit/suite.ts';

const policy = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: {}\n---\n';
const others = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n---\n';
const workload = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n---\n';
const barePod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: b, namespace: other}\n';

describe('remarks on a world', (test) => {
  test('where nothing stands in, workloads are skipped and policies without pods have no effect', async () => {
    const world = await readSound([inputFile('p.yaml', policy + others + workload + barePod, 'policies')]);
    assert.equal(worldRemarks(world), [
      'skipped 2 objects of kinds that policies do not depend on: apps/v1/Deployment (1), v1/ConfigMap (1)',
      '1 policy has no effect, for want of any pod in the namespace: default/p',
    ]);
  });

  test('where workloads stand for pods, neither is said', async () => {
    const world = await readSound([inputFile('p.yaml', policy + others + workload, 'policies')], { planned: true });
    assert.equal(worldRemarks(world, { standIns: true }), [
      'skipped 1 object of kinds that policies do not depend on: v1/ConfigMap (1)',
    ]);
    const idle = await readSound([inputFile('p.yaml', workload, 'policies')], { planned: true });
    assert.match(worldRemarks(idle, { standIns: true })[0] ?? '', /^the input has no NetworkPolicy/);
  });
});
