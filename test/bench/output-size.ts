// P-8 and B-6: what cannot touch a node's pods does not show in its output.
import { createCompiler, emit } from '../../src/compile.ts';
import type { World } from '../../src/input/world.ts';
import type { Ir } from '../../src/ir/ir.ts';
import { contains } from '../../src/net/address-set.ts';
import { matches } from '../../src/policy/label-selector.ts';
import type { Target } from '../../src/target.ts';
import { targets } from '../../targets/index.ts';
import { must } from '../kit/must.ts';
import { clusterWorld } from './cluster/cluster-world.ts';
import { nodeName, sizes } from './cluster/plan.ts';
import { atMost, type Result } from './result.ts';

const local = nodeName(7);

/**
 * Bytes of one node's artifacts ÷ those without the policies that select none of its pods and without the pods that none
 * of its address sets holds, for every target.
 */
export async function benchOutputSize(): Promise<readonly Result[]> {
  const world = await clusterWorld(sizes.medium);
  const related = onlyRelated(world, irOf(world));
  const counts = {
    ...{ policies: world.policies.length, relatedPolicies: related.policies.length },
    ...{ pods: world.snapshot.pods.length, relatedPods: related.snapshot.pods.length },
  };
  return targets.map((target) => {
    const [allBytes, ownBytes] = [bytesOf(world, target), bytesOf(related, target)];
    return {
      goal: target.name === 'nftables' ? 'P-8' : 'B-6',
      what: `output ÷ output without what cannot touch the node, ${target.name}`,
      value: allBytes / ownBytes,
      wanted: atMost(1),
      details: { ...counts, allBytes, ownBytes },
    };
  });
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

function bytesOf(world: World, target: Target): number {
  const artifacts = must(emit(irOf(world), target, { version: 'bench' }).value);
  return artifacts.reduce((sum, { content }) => sum + content.length, 0);
}
