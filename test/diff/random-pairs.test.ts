// Random worlds and random changes of their policies: what the comparison says is what the oracle says about both.
import * as assert from 'uvu/assert';
import type { Connection } from '../../src/connectivity/connections.ts';
import { diffWorlds, type ComparedWorld, type WorldDiff } from '../../src/diff/diff-worlds.ts';
import type { LocalEndpoint } from '../../src/lower/endpoints.ts';
import { formatAddress } from '../../src/net/address.ts';
import type { Flow } from '../../src/net/flow.ts';
import { listPorts } from '../../src/net/port-set.ts';
import { createOracle } from '../../src/trace/oracle.ts';
import { describe } from '../kit/suite.ts';
import { must } from '../kit/must.ts';
import { chooseProbes } from '../properties/probes.ts';
import { randomWorld, type RandomWorld } from '../properties/random-world.ts';
import { rewrites } from '../properties/rewrites.ts';
import { compileWorld } from '../properties/subject.ts';
import type { Manifest } from '../properties/world/manifest.ts';
import { createRandom, type Random } from '../properties/world/random.ts';
import { readConnections, type Said } from './meaning-of-connections.ts';

const firstSeed = Number(process.env['NETPOLC_SEED'] ?? 1);
/** `NETPOLC_PAIRS` for more than a few. */
const pairs = Number(process.env['NETPOLC_PAIRS'] ?? 24);
const seeds = Array.from({ length: pairs }, (_, index) => firstSeed + index);

describe(`pairs of random worlds from seed ${firstSeed}`, (test) => {
  test('are compared as the oracle compares them, flow by flow, whether they share a snapshot or not', async () => {
    const counts = { probes: 0, differing: 0 };
    for (const seed of seeds) {
      const random = createRandom(seed);
      const manifests = randomWorld(seed, { contested: true });
      const changed = changePolicies(manifests, seed, random);
      const base = await compileWorld(manifests);
      const head = await compileWorld(changed);
      const probes = [...chooseProbes(base.world, random, 150), ...chooseProbes(head.world, random, 150)];
      const expected = probes.map(expectation(manifests, base, head));
      const shared = sharing(base, await compileWorld(changed));
      for (const [how, one] of [['apart', head] as const, ['shared', shared] as const]) {
        const said = answers(base, one, probes);
        const at = said.findIndex((each, index) => expected[index] !== null && each !== expected[index]);
        const flow = probes[at];
        assert.is(
          at,
          -1,
          flow === undefined ? '' : `seed ${seed} ${how}: ${show(flow)}: ${said[at]}, not ${expected[at]}`,
        );
      }
      counts.probes += probes.length;
      counts.differing += expected.filter((each) => each === 'gained' || each === 'lost').length;
    }
    assert.ok(counts.differing / counts.probes > 0.05, `enough of ${counts.probes} probes differ: ${counts.differing}`);
  });

  test('are compared so also when pods come, go and change their labels', async () => {
    const counts = { probes: 0, differing: 0 };
    for (const seed of seeds.slice(0, Math.ceil(pairs / 1.5))) {
      const random = createRandom(seed + 7);
      const manifests = randomWorld(seed, { contested: true });
      const changed = changeCluster(random.chance(0.5) ? changePolicies(manifests, seed, random) : manifests, random);
      const base = await compileWorld(manifests);
      const head = await compileWorld(changed);
      const probes = [...chooseProbes(base.world, random, 200), ...chooseProbes(head.world, random, 200)];
      const expected = probes.map(expectation(manifests, base, head));
      const said = answers(base, head, probes);
      const at = said.findIndex((each, index) => expected[index] !== null && each !== expected[index]);
      const flow = probes[at];
      assert.is(at, -1, flow === undefined ? '' : `seed ${seed}: ${show(flow)}: ${said[at]}, not ${expected[at]}`);
      counts.probes += probes.length;
      counts.differing += expected.filter((each) => each === 'gained' || each === 'lost').length;
    }
    assert.ok(counts.differing / counts.probes > 0.05, `enough of ${counts.probes} probes differ: ${counts.differing}`);
  });

  test('another way to write the same policies is no difference', async () => {
    for (const seed of seeds.slice(0, Math.ceil(pairs / 2))) {
      const manifests = randomWorld(seed);
      const base = await compileWorld(manifests);
      for (const [name, rewrite] of Object.entries(rewrites)) {
        const head = await compileWorld(rewrite(manifests, createRandom(seed)));
        const { connections } = must(diffWorlds(base, head, changedOnly).value);
        assert.equal(connections.map(showConnection), [], `seed ${seed}, ${name}`);
      }
    }
  });
});

const changedOnly = { wanted: 'changed', kindOf: (): 'live' => 'live' } as const;

/** What changed connections say, held to what all connections say. */
function answers(base: ComparedWorld, head: ComparedWorld, probes: readonly Flow[]): readonly string[] {
  const read = (diff: WorldDiff): ((flow: Flow) => Said) => readConnections(diff.connections, diff.subjects);
  const changed = read(must(diffWorlds(base, head, changedOnly).value));
  const all = read(must(diffWorlds(base, head, { ...changedOnly, wanted: 'all' }).value));
  return probes.map((flow) => {
    const full = all(flow);
    const expected = full === 'kept' ? 'nothing' : full;
    return changed(flow) === expected ? full : `${changed(flow)} where only changes are wanted, else ${full}`;
  });
}

/**
 * By the oracle; nobody reaches what does not exist. Null where traffic is exempt from policies, of which comparisons do not
 * speak, and where an address went from one pod to another.
 */
function expectation(
  { semantics }: RandomWorld,
  base: ComparedWorld,
  head: ComparedWorld,
): (flow: Flow) => Said | null {
  const sides = [base, head].map(({ world, compiler }) => ({
    oracle: createOracle(world, semantics),
    owners: ownersByAddress(compiler.sides.endpoints({ kind: 'snapshot' })),
  }));
  const everywhere = new Set(sides.flatMap(({ owners }) => [...owners.keys()]));
  return (flow) => {
    const ends = [flow.source, flow.destination].map(formatAddress);
    const verdicts: boolean[] = [];
    for (const { oracle, owners } of sides) {
      const [from, to] = ends.map((end) => owners.get(end));
      if (isExempt(flow, from, to)) return null;
      const exist = ends.every((end) => owners.has(end) || !everywhere.has(end));
      verdicts.push(exist && oracle(flow) === 'allow');
    }
    const moved = ends.some((end) => new Set(sides.flatMap(({ owners }) => owners.get(end)?.pod ?? [])).size > 1);
    if (moved || !ends.some((end) => everywhere.has(end))) return null;
    const [was, is] = verdicts;
    if (was === is) return was === true ? 'kept' : 'nothing';
    return is === true ? 'gained' : 'lost';
  };
}

function isExempt(flow: Flow, from: Owner | undefined, to: Owner | undefined): boolean {
  if (from !== undefined && from.pod === to?.pod) return true;
  if (flow.sourceNode !== null && flow.sourceNode === to?.node) return true;
  return flow.destinationNode !== null && flow.destinationNode === from?.node;
}

interface Owner {
  readonly pod: string;
  readonly node: string | null;
}

/** Owners of an address that several claim are one endpoint together, on a node if all are. */
function ownersByAddress(endpoints: readonly LocalEndpoint[]): ReadonlyMap<string, Owner> {
  return new Map(
    endpoints.flatMap(({ owners, addresses }) => {
      const nodes = new Set(owners.map(({ node }) => node));
      const [node = null] = nodes;
      const pod = owners.map(({ namespace, name }) => `${namespace}/${name}`).join();
      return addresses.map((each) => [formatAddress(each), { pod, node: nodes.size > 1 ? null : node }] as const);
    }),
  );
}

/** The same head on the base's snapshot object, as the command line has it. */
function sharing(base: ComparedWorld, head: ComparedWorld): ComparedWorld {
  return { ...head, world: { ...head.world, snapshot: base.world.snapshot } };
}

/** Drops policies, adds some of another world, or gives rules of one to another. */
function changePolicies(world: RandomWorld, seed: number, random: Random): RandomWorld {
  const other = randomWorld(seed + 2, { contested: true });
  const policies = world.policies.filter(() => random.chance(0.7));
  const added = other.policies
    .filter(() => random.chance(0.3))
    .map((policy, index) => {
      const host = world.policies[index % Math.max(1, world.policies.length)];
      const metadata = { ...(policy['metadata'] as object), name: `added-${index}`, ...namespaceOf(host) };
      return { ...policy, metadata };
    });
  const clusterPolicies = world.clusterPolicies.filter(() => random.chance(0.8));
  return { ...world, policies: [...policies, ...added], clusterPolicies };
}

/** Some pods are gone, some have no labels any more; some namespaces lost theirs. */
function changeCluster(world: RandomWorld, random: Random): RandomWorld {
  const cluster = world.cluster.flatMap((object) => {
    const kind = object['kind'];
    if (kind === 'Pod' && random.chance(0.2)) return [];
    if ((kind === 'Pod' || kind === 'Namespace') && random.chance(0.2)) {
      return [{ ...object, metadata: { ...(object['metadata'] as Manifest), labels: {} } }];
    }
    return [object];
  });
  return { ...world, cluster };
}

function namespaceOf(policy: RandomWorld['policies'][number] | undefined): object {
  const metadata = policy?.['metadata'] as { readonly namespace?: string } | undefined;
  return metadata?.namespace === undefined ? {} : { namespace: metadata.namespace };
}

function show({ source, destination, protocol, port, sourceNode, destinationNode }: Flow): string {
  const ends = [source, destination].map(formatAddress).join(' -> ');
  return `${ends}:${port}/${protocol} (nodes ${sourceNode ?? '-'}, ${destinationNode ?? '-'})`;
}

function showConnection({ change, source, destination, ports }: Connection): string {
  const name = ({ kind, ...party }: Connection['source']): string =>
    kind === 'pods' && 'workload' in party ? party.workload.id : 'outside';
  return `${change} ${name(source)} -> ${name(destination)} ${JSON.stringify(listPorts(ports))}`;
}
