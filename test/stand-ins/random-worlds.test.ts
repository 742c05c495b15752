// What must hold of stand-ins in every world: random ones, with workloads beside the pods.
import * as assert from 'uvu/assert';
import { createCompiler } from '../../src/compile.ts';
import { readWorld } from '../../src/input/read-world.ts';
import type { InputFile, World } from '../../src/input/world.ts';
import { evaluate } from '../../src/ir/evaluate.ts';
import { printIr } from '../../src/ir/json.ts';
import { parseIr } from '../../src/ir/parse-ir.ts';
import { formatAddress } from '../../src/net/address.ts';
import { matches, type LabelSelector } from '../../src/policy/label-selector.ts';
import type { PodPeer } from '../../src/policy/network-policy.ts';
import { podKey, type Pod } from '../../src/snapshot/snapshot.ts';
import { addStandIns, type StoodIn } from '../../src/stand-ins/add-stand-ins.ts';
import { createOracle } from '../../src/trace/oracle.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { chooseProbes } from '../properties/probes.ts';
import { randomWorld, type RandomWorld } from '../properties/random-world.ts';
import type { Manifest } from '../properties/world/manifest.ts';
import { createRandom, type Random } from '../properties/world/random.ts';
import { randomLabels } from '../properties/world/random-selector.ts';
import { renderFiles } from '../properties/world/render.ts';

const worlds = 40;
const kinds = [
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['batch/v1', 'Job'],
] as const;
const nameLabel = 'kubernetes.io/metadata.name';

/** A random world with up to four workloads. */
function manifestsOf(seed: number): RandomWorld {
  const world = randomWorld(seed);
  const random = createRandom(seed);
  const workloads = Array.from({ length: random.below(5) }, (_, index) => randomWorkload(random, index));
  return { ...world, cluster: [...world.cluster, ...workloads] };
}

function randomWorkload(random: Random, index: number): Manifest {
  const [apiVersion, kind] = random.pick(kinds);
  const metadata = { name: `workload-${index}`, namespace: random.pick(['a', 'b', 'made']) };
  return { apiVersion, kind, metadata, spec: { template: { metadata: { labels: randomLabels(random) ?? null } } } };
}

async function read(files: readonly InputFile[], { readOptions }: RandomWorld): Promise<World> {
  return must((await readWorld(files, { ...readOptions, planned: true })).value);
}

async function eachWorld(check: (world: World, stood: StoodIn, seed: number) => void | Promise<void>): Promise<void> {
  for (let seed = 1; seed <= worlds; seed++) {
    const manifests = manifestsOf(seed);
    const world = await read(renderFiles(manifests), manifests);
    const [stood] = addStandIns([world], { futurePods: true });
    await check(world, must(stood), seed);
  }
}

/** Every selector of pods, with the namespace of its policy. */
function selectorsOf({ policies, clusterPolicies }: World): readonly (readonly [Omit<PodPeer, 'origin'>, string])[] {
  return [
    ...policies.flatMap(({ namespace, subject, ingress, egress }) => [
      [{ kind: 'pods' as const, podSelector: subject, namespaceSelector: null }, namespace] as const,
      ...[...(ingress ?? []), ...(egress ?? [])]
        .flatMap(({ peers }) => peers ?? [])
        .flatMap((peer) => (peer.kind === 'pods' ? [[peer, namespace] as const] : [])),
    ]),
    ...clusterPolicies.flatMap(({ subject, ingress, egress }) =>
      [subject, ...[...ingress, ...egress].flatMap(({ peers }) => peers)].flatMap((peer) =>
        peer.kind === 'pods' ? [[peer, ''] as const] : [],
      ),
    ),
  ];
}

/** Whether a pod is certainly selected. */
function selects({ snapshot }: World, peer: Omit<PodPeer, 'origin'>, policyNamespace: string, pod: Pod): boolean {
  if (!matches(peer.podSelector, pod.labels)) return false;
  if (peer.namespaceSelector === null) return pod.namespace === policyNamespace;
  const known = snapshot.namespaceByName.get(pod.namespace);
  if (known !== undefined) return matches(peer.namespaceSelector, known.labels);
  const byName = new Map([[nameLabel, pod.namespace]]);
  const namesOnly = peer.namespaceSelector.requirements.every(({ key }) => key === nameLabel);
  return namesOnly && matches(peer.namespaceSelector, byName);
}

/** By trying: every label of the generator may be absent or have one of its values, or another one. */
function canMatch(selector: LabelSelector): boolean {
  const keys = [...new Set(selector.requirements.map(({ key }) => key))];
  const values = [...selector.requirements.flatMap((each) => each.values), 'something-else', null];
  const tries = (rest: readonly string[], labels: ReadonlyMap<string, string>): boolean => {
    const [key, ...others] = rest;
    if (key === undefined) return matches(selector, labels);
    return values.some((value) => tries(others, value === null ? labels : new Map([...labels, [key, value]])));
  };
  return tries(keys, new Map());
}

describe(`stand-ins in ${worlds} random worlds`, (test) => {
  test('every selector that can match certainly selects some live pod; a future pod is selected by who asked for it', async () => {
    let made = 0;
    await eachWorld((before, { world, futurePods }, seed) => {
      const live = world.snapshot.pods.filter((pod) => pod.live);
      const existing = live.filter((pod) => !futurePods.has(pod));
      const reasons = new Set<Pod>();
      for (const [peer, namespace] of selectorsOf(before)) {
        const selected = live.filter((pod) => selects(world, peer, namespace, pod));
        if (!existing.some((pod) => selects(world, peer, namespace, pod))) for (const pod of selected) reasons.add(pod);
        // A name may be listed, and the labels of the namespace of that name open.
        const listed = peer.namespaceSelector?.requirements.some(({ key }) => key === nameLabel) ?? false;
        const possible = canMatch(peer.podSelector) && canMatch(peer.namespaceSelector ?? { requirements: [] });
        if (!possible) assert.is(selected.length, 0, `seed ${seed}`);
        else if (!listed) assert.ok(selected.length > 0, `seed ${seed}: ${JSON.stringify(peer)} in ${namespace}`);
      }
      for (const pod of futurePods) {
        if (pod.labels.size > 0) assert.ok(reasons.has(pod), `seed ${seed}: ${podKey(pod)}`);
      }
      made += futurePods.size;
    });
    assert.ok(made > 2 * worlds, `${made} future pods`);
  });

  test('no verdict between pods, nodes and outsiders that exist is changed', async () => {
    let allowed = 0;
    let probed = 0;
    await eachWorld((before, { world }, seed) => {
      const { semantics } = manifestsOf(seed);
      const [without, withThem] = [createOracle(before, semantics), createOracle(world, semantics)];
      const added = world.snapshot.pods.filter((pod) => !before.snapshot.pods.includes(pod));
      const taken = new Set(added.flatMap(({ addresses }) => addresses).map(formatAddress));
      for (const flow of chooseProbes(before, createRandom(seed), 200)) {
        // Where blocks mean all reserved addresses, an outsider's may be taken: it is no outsider any more.
        if ([flow.source, flow.destination].some((end) => taken.has(formatAddress(end)))) continue;
        const verdict = without(flow);
        assert.is(
          withThem(flow),
          verdict,
          `seed ${seed}: ${formatAddress(flow.source)} ${formatAddress(flow.destination)}`,
        );
        probed++;
        if (verdict === 'allow') allowed++;
      }
    });
    assert.ok(allowed > probed / 4 && allowed < (3 * probed) / 4, `${allowed} of ${probed} are allowed`);
  });

  test('the compiler takes them for pods: its IR is sound, survives printing and agrees with the oracle', async () => {
    await eachWorld((_, { world }, seed) => {
      const { semantics } = manifestsOf(seed);
      const compiler = createCompiler(world, { semantics, allowIncomplete: true });
      const ir = must(compiler.ir({ kind: 'snapshot' }).value, `seed ${seed}`);
      const again = must(parseIr(printIr(ir)).value, `seed ${seed}`);
      assert.is(printIr(again), printIr(ir));
      const oracle = createOracle(world, semantics);
      for (const flow of chooseProbes(world, createRandom(seed), 200)) {
        assert.is(
          evaluate(ir, flow),
          oracle(flow),
          `seed ${seed}: ${formatAddress(flow.source)} ${formatAddress(flow.destination)}`,
        );
      }
    });
  });

  test('the order of the input changes nothing, and the pods are sorted and unique', async () => {
    await eachWorld(async (_, { world }, seed) => {
      const manifests = manifestsOf(seed);
      const backwards = {
        ...manifests,
        policies: [...manifests.policies].reverse(),
        clusterPolicies: [...manifests.clusterPolicies].reverse(),
        cluster: [...manifests.cluster].reverse(),
      };
      const other = await read(renderFiles(backwards), manifests);
      const [stood] = addStandIns([other], { futurePods: true });
      const facts = (each: World): unknown => [
        each.snapshot.pods.map(({ source: __, ...pod }) => pod),
        [...each.snapshot.namespaceByName.values()].map(({ name, labels }) => [name, [...labels].sort()]),
      ];
      assert.equal(facts(must(stood).world), facts(world), `seed ${seed}`);
      const keys = world.snapshot.pods.map(({ namespace, name }) => `${namespace}\u0000${name}`);
      assert.equal(keys, [...new Set(keys)].sort(), `seed ${seed}`);
    });
  });
});
