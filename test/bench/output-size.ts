// P-8: what cannot touch a node's pods does not show in its output.
import { createCompiler, emit } from '../../src/compile.ts';
import { readWorld } from '../../src/input/read-world.ts';
import { defaultReadOptions, type InputFile, type World } from '../../src/input/world.ts';
import type { Ir } from '../../src/ir/ir.ts';
import { contains } from '../../src/net/address-set.ts';
import { matches } from '../../src/policy/label-selector.ts';
import { targetByName } from '../../targets/index.ts';
import { must } from '../kit/must.ts';
import { clusterManifests } from './cluster/manifests.ts';
import { nodeName, planCluster, sizes } from './cluster/plan.ts';
import type { Result } from './result.ts';

const local = nodeName(7);

/**
 * Bytes of one node's ruleset ÷ those without the policies that select none of its pods and without the pods that none
 * of its address sets holds.
 */
export async function benchOutputSize(): Promise<readonly Result[]> {
  const world = await generatedWorld();
  const related = onlyRelated(world, irOf(world));
  const [all, own] = [rulesetOf(world), rulesetOf(related)];
  const details = {
    ...{ policies: world.policies.length, relatedPolicies: related.policies.length },
    ...{ pods: world.snapshot.pods.length, relatedPods: related.snapshot.pods.length },
    ...{ allBytes: all.length, relatedBytes: own.length },
  };
  const what = 'output ÷ output without what cannot touch the node';
  return [{ goal: 'P-8', what, value: all.length / own.length, atMost: 1, details }];
}

function onlyRelated({ policies, snapshot, ...rest }: World, ir: Ir): World {
  const here = snapshot.pods.filter((pod) => pod.node === local);
  const sets = [...ir.addressSetById.values()].map(({ addresses }) => addresses);
  return {
    ...rest,
    policies: policies.filter(({ namespace, subject }) =>
      here.some((pod) => pod.namespace === namespace && matches(subject, pod.labels)),
    ),
    snapshot: {
      ...snapshot,
      pods: snapshot.pods.filter(
        (pod) => pod.node === local || pod.addresses.some((address) => sets.some((set) => contains(set, address))),
      ),
    },
  };
}

function irOf(world: World): Ir {
  return must(createCompiler(world).ir({ kind: 'node', name: local }).value);
}

function rulesetOf(world: World): string {
  const target = must(targetByName('nftables'));
  return must(emit(irOf(world), target, { version: 'bench' }).value)
    .map(({ content }) => content)
    .join('');
}

async function generatedWorld(): Promise<World> {
  const items = [...clusterManifests(planCluster(sizes.medium))];
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
