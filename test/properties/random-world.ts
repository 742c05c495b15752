// Random small worlds as Kubernetes objects. They go through the readers like a user's files. Source: P-1 of the reliability study.
import { defaultReadOptions, type ReadOptions } from '../../src/input/world.ts';
import { defaultSemantics, type SemanticsOptions } from '../../src/net/semantics-options.ts';
import { several, textAt, type Dial, type Manifest } from './world/manifest.ts';
import { createRandom, type Random } from './world/random.ts';
import { randomCluster } from './world/random-cluster.ts';
import { nodeLabels, randomClusterPolicies, randomDnsSnapshot } from './world/random-cluster-policy.ts';
import { randomPolicy } from './world/random-policy.ts';
import { jsonRendering, randomRendering, type Rendering } from './world/render.ts';

/** Everything that a run of netpolc would be given. Plain data, so that a shrinker can take pieces away. */
export interface RandomWorld {
  readonly policies: readonly Manifest[];
  /** Those of tiers; none in every other world. */
  readonly clusterPolicies: readonly Manifest[];
  /** Namespaces, nodes and pods; names with their addresses where there are tiers. */
  readonly cluster: readonly Manifest[];
  readonly rendering: Rendering;
  readonly readOptions: ReadOptions;
  readonly semantics: SemanticsOptions;
}

export interface WorldOptions {
  /** Whether two live pods may claim one address (S-323). A kernel cannot play two pods with one address. */
  readonly contested: boolean;
  /** False: no world has tiers. */
  readonly tiers?: boolean;
}

/**
 * The world of a seed. Three worlds in ten choose every list's shape with 25 % each (nil, empty, one empty
 * element, elements); the others have mostly elements, because worlds of empty lists find little. Nothing is discarded.
 */
export function randomWorld(seed: number, options: WorldOptions = { contested: true }): RandomWorld {
  const random = createRandom(seed);
  const dial: Dial = random.chance(0.3) ? 'flat' : 'dense';
  const cluster = randomCluster(random, options);
  const defaultNamespace = random.pick(cluster.namespaces);
  // Some policies live where no pod does (S-304).
  const populated = cluster.objects.flatMap((object) => textAt(object, 'metadata', 'namespace') ?? []);
  const namespaces = [...populated, ...cluster.namespaces, ...(random.chance(0.1) ? ['unused'] : [])];
  const policies = several(random, random.chance(0.1) ? 0 : 2, 7, (index) =>
    randomPolicy(random, { name: `policy-${index}`, namespaces, defaultNamespace, dial }),
  );
  const world = {
    policies,
    clusterPolicies: [],
    cluster: cluster.objects,
    rendering: random.chance(0.5) ? jsonRendering : randomRendering(random),
    readOptions: readOptions(random, defaultNamespace, cluster.incomplete),
    semantics: { ...defaultSemantics, allowEgressToOwnNode: random.chance(0.2) },
  };
  return options.tiers === false || seed % 2 === 0 ? world : withTiers(world, cluster.namespaces, seed);
}

/** Has randomness of its own: the rest of a world does not depend on whether it has tiers. */
function withTiers(world: RandomWorld, namespaces: readonly string[], seed: number): RandomWorld {
  const random = createRandom(2 ** 31 - seed);
  const newer = random.chance(0.2);
  const labelled = world.cluster.map((object) =>
    object['kind'] === 'Node'
      ? { ...object, metadata: { ...(object['metadata'] as Manifest), labels: random.pick(nodeLabels) } }
      : object,
  );
  return {
    ...world,
    clusterPolicies: randomClusterPolicies(random, { namespaces, newer }),
    cluster: random.chance(0.7) ? [...labelled, randomDnsSnapshot(random)] : labelled,
    readOptions: { ...world.readOptions, decode: newer ? 'warn' : 'strict' },
  };
}

function readOptions(random: Random, namespace: string, allowIncomplete: boolean): ReadOptions {
  const namedPortsInit = random.chance(0.2) ? 'all' : 'sidecars';
  return { ...defaultReadOptions, namespace, allowIncomplete, namedPortsInit };
}
