// Random worlds and random changes of their policies: what the comparison says is what the oracle says about both.
import * as assert from 'uvu/assert';
import type { Connection } from '../../src/connectivity/connections.ts';
import { diffWorlds, type ComparedWorld, type WorldDiff } from '../../src/diff/diff-worlds.ts';
import { formatAddress, type Address } from '../../src/net/address.ts';
import type { Flow } from '../../src/net/flow.ts';
import { listPorts } from '../../src/net/port-set.ts';
import { createOracle } from '../../src/trace/oracle.ts';
import { describe } from '../kit/suite.ts';
import { must } from '../kit/must.ts';
import { chooseProbes } from '../properties/probes.ts';
import { randomWorld, type RandomWorld } from '../properties/random-world.ts';
import { rewrites } from '../properties/rewrites.ts';
import { compileWorld } from '../properties/subject.ts';
import { createRandom, type Random } from '../properties/world/random.ts';
import { readConnections, type Said } from './meaning-of-connections.ts';

const firstSeed = Number(process.env['NETPOLC_SEED'] ?? 1);
const seeds = Array.from({ length: 60 }, (_, index) => firstSeed + index);

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

  test('another way to write the same policies is no difference', async () => {
    for (const seed of seeds.slice(0, 30)) {
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

/** By the oracle; null where traffic is exempt from policies, of which comparisons do not speak. */
function expectation(
  { semantics }: RandomWorld,
  base: ComparedWorld,
  head: ComparedWorld,
): (flow: Flow) => Said | null {
  const [before, after] = [createOracle(base.world, semantics), createOracle(head.world, semantics)];
  const nodes = nodesByAddress(base);
  return (flow) => {
    const from = nodes.get(formatAddress(flow.source));
    const to = nodes.get(formatAddress(flow.destination));
    if (from?.pod === to?.pod) return null;
    if (flow.sourceNode !== null && flow.sourceNode === to?.node) return null;
    if (flow.destinationNode !== null && flow.destinationNode === from?.node) return null;
    const [was, is] = [before(flow), after(flow)];
    if (was === is) return was === 'allow' ? 'kept' : 'nothing';
    return is === 'allow' ? 'gained' : 'lost';
  };
}

interface Owner {
  readonly pod: string;
  readonly node: string | null;
}

/** Owners of an address that several claim are one endpoint together, on a node if all are. */
function nodesByAddress({ compiler }: ComparedWorld): ReadonlyMap<string, Owner> {
  const endpoints = compiler.sides.endpoints({ kind: 'snapshot' });
  return new Map(
    endpoints.flatMap(({ owners, addresses }) => {
      const nodes = new Set(owners.map(({ node }) => node));
      const [node = null] = nodes;
      const pod = owners.map(({ namespace, name }) => `${namespace}/${name}`).join();
      return addresses.map((address: Address) => [formatAddress(address), { pod, node: nodes.size > 1 ? null : node }]);
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
