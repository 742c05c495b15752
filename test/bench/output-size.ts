// P-8: what cannot touch a node's pods does not show in its output.
import { createCompiler, emit } from '../../src/compile.ts';
import { readWorld } from '../../src/input/read-world.ts';
import { defaultReadOptions, type InputFile, type World } from '../../src/input/world.ts';
import { targetByName } from '../../targets/index.ts';
import { must } from '../kit/must.ts';
import { clusterManifests } from './cluster/manifests.ts';
import { nodeName, planCluster, sizes } from './cluster/plan.ts';
import type { Result } from './result.ts';

const local = nodeName(7);

/** Bytes of one node's ruleset with all policies ÷ with only those of the namespaces that have a pod there. */
export async function benchOutputSize(): Promise<readonly Result[]> {
  const world = await generatedWorld();
  const here = new Set(world.snapshot.pods.filter((pod) => pod.node === local).map((pod) => pod.namespace));
  const policies = world.policies.filter((policy) => here.has(policy.namespace));
  const [all, own] = [rulesetOf(world), rulesetOf({ ...world, policies })];
  const details = {
    policies: world.policies.length,
    policiesHere: policies.length,
    allBytes: all.length,
    ownBytes: own.length,
  };
  return [
    {
      goal: 'P-8',
      what: 'output with all policies ÷ with those of its namespaces',
      value: all.length / own.length,
      atMost: 1,
      details,
    },
  ];
}

function rulesetOf(world: World): string {
  const ir = must(createCompiler(world).ir({ kind: 'node', name: local }).value);
  return must(emit(ir, must(targetByName('nftables')), 'bench').value)
    .map(({ text }) => text)
    .join('');
}

async function generatedWorld(): Promise<World> {
  const items = [...clusterManifests(planCluster(sizes.small))];
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  const file: InputFile = {
    name: 'cluster.json',
    role: 'snapshot',
    async *chunks() {
      yield new TextEncoder().encode(text);
    },
  };
  return must((await readWorld([file], defaultReadOptions)).value);
}
