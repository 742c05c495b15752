// Random claims over random worlds: what is proven is what the oracle says, asked flow by flow.
import * as assert from 'uvu/assert';
import { compareAddresses } from '../../src/ir/order.ts';
import { formatAddress, type Address } from '../../src/net/address.ts';
import type { Flow } from '../../src/net/flow.ts';
import { prove, type ProofResult } from '../../src/prove/prove.ts';
import { parseClaims } from '../../src/prove/parse-claims.ts';
import { wholeSource } from '../../src/source/source.ts';
import { createOracle, type Oracle } from '../../src/trace/oracle.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { chooseProbes } from '../properties/probes.ts';
import { formatFlow } from '../properties/properties.ts';
import { randomWorld } from '../properties/random-world.ts';
import { compileWorld } from '../properties/subject.ts';
import { createRandom } from '../properties/world/random.ts';
import { claimText, createMeaning, type Meaning, type TestClaim } from './meaning-of-claims.ts';
import { randomClaim } from './random-claim.ts';

const firstSeed = Number(process.env['NETPOLC_SEED'] ?? 1);
const seeds = Array.from({ length: 40 }, (_, index) => firstSeed + index);

interface Case {
  readonly oracle: Oracle;
  readonly meaning: Meaning;
  readonly probes: readonly { readonly flow: Flow; readonly isAllowed: boolean }[];
}

describe(`random claims over random worlds from seed ${firstSeed}`, (test) => {
  test('hold where no flow breaks them, and fail with a flow that does, the first of all', async () => {
    const counts = { holds: 0, fails: 0, empty: 0 };
    for (const seed of seeds) {
      const random = createRandom(seed);
      const manifests = randomWorld(seed, { contested: true });
      const { world, compiler } = await compileWorld(manifests);
      const { semantics, readOptions } = manifests;
      const oracle = createOracle(world, semantics);
      const meaning = createMeaning(world.snapshot, semantics.allowEgressToOwnNode);
      const flows = chooseProbes(world, random, 2000).filter(isSent(world.snapshot.nodeByName));
      const probes = flows.map((flow) => ({ flow, isAllowed: oracle(flow) === 'allow' }));
      const claims = Array.from({ length: 25 }, () => randomClaim(world.snapshot, random));
      const source = wholeSource('claims.flows', claims.map(claimText).join('\n'));
      const parsed = must(parseClaims(source).value);
      const options = { semantics, allowIncomplete: readOptions.allowIncomplete };
      const proofs = must(prove(parsed, { world, compiler, ...options }).value, `seed ${seed}`);
      assert.is(proofs.length, claims.length);
      for (const [index, claim] of claims.entries()) {
        const { result } = must(proofs[index]);
        const wrong = findMistake(claim, result, { oracle, meaning, probes });
        assert.is(wrong, null, `seed ${seed}, ${claimText(claim)}: ${wrong ?? ''}`);
        counts[result.kind]++;
      }
    }
    const total = seeds.length * 25;
    assert.ok(counts.holds > total / 10 && counts.fails > total / 4, JSON.stringify(counts));
  });
});

function findMistake(claim: TestClaim, result: ProofResult, { oracle, meaning, probes }: Case): string | null {
  const wanted = claim.kind === 'always';
  const breaking = probes.filter(({ flow, isAllowed }) => isAllowed !== wanted && meaning.means(claim, flow));
  const [first] = breaking;
  if (result.kind !== 'fails') return first === undefined ? null : `${result.kind}, but ${formatFlow(first.flow)}`;
  const { flow, source, destination } = result.counterexample;
  if (flow === null) return null;
  if (!meaning.means(claim, flow)) return `${formatFlow(flow)} is not meant`;
  if ((oracle(flow) === 'allow') === wanted) return `${formatFlow(flow)} breaks nothing`;
  if (source.unit === null || destination.unit === null) {
    const between = breaking.find((each) => arePods(each.flow, meaning));
    return between === undefined ? null : `${formatFlow(between.flow)} is between pods, ${formatFlow(flow)} is not`;
  }
  const smaller = breaking.find((each) => arePods(each.flow, meaning) && compareFlows(each.flow, flow, meaning) < 0);
  return smaller === undefined ? null : `${formatFlow(smaller.flow)} comes before ${formatFlow(flow)}`;
}

/** By the names of the pods, then what is smaller in addresses and ports. */
function compareFlows(a: Flow, b: Flow, { podsAt }: Meaning): number {
  const name = (address: Address): string =>
    podsAt(address)
      .map((pod) => `${pod.namespace}/${pod.name}`)
      .join('+');
  const order = ['TCP', 'UDP', 'SCTP'];
  return (
    compare(name(a.source), name(b.source)) ||
    compareAddresses(a.source, b.source) ||
    compare(name(a.destination), name(b.destination)) ||
    compareAddresses(a.destination, b.destination) ||
    order.indexOf(a.protocol) - order.indexOf(b.protocol) ||
    a.port - b.port
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function arePods(flow: Flow, { podsAt }: Meaning): boolean {
  return podsAt(flow.source).length > 0 && podsAt(flow.destination).length > 0;
}

/** Only what a sound sender sends: a node with its own address, and whoever has it is that node. */
function isSent(nodeByName: ReadonlyMap<string, { readonly addresses: readonly Address[] }>): (flow: Flow) => boolean {
  const owners = new Map(
    [...nodeByName].flatMap(([name, { addresses }]) => addresses.map((each) => [formatAddress(each), name])),
  );
  const owner = (address: Address): string | null => owners.get(formatAddress(address)) ?? null;
  return ({ source, destination, sourceNode, destinationNode }) =>
    sourceNode === owner(source) && destinationNode === owner(destination);
}
