// B-1, B-2 and B-3: what the first packet of a connection costs under each engine.
import type { Address } from '../../../src/net/address.ts';
import { kernelEngines, type KernelEngine } from '../../kit/kernel-engines.ts';
import { must } from '../../kit/must.ts';
import type { Result } from '../result.ts';
import { compareLanes } from './compare-lanes.ts';
import { filterOf, handMade, noFilter } from './filter.ts';
import { loadEstablishedOnly } from './hand-written.ts';
import { timeLanes, type Lane } from './lanes.ts';
import { newFlows } from './new-flows.ts';
import { admittingNode, artifactsOf, firstPort, peerAddresses } from './node-world.ts';

const policyCounts = [1, 5, 20] as const;

/**
 * B-1: every engine with 1, 5 and 20 policies a pod, each with 1,000 peers of its own and a port of its own, ÷ the
 * established rule alone. Packets are of the last policy: the worst when they are tried in a row.
 */
export async function benchPoliciesByEngine(rounds: number): Promise<readonly Result[]> {
  const groups = groupsOf(must(policyCounts.at(-1)));
  const last = must(groups.at(-1));
  const lanes: Record<string, Lane> = {};
  for (const by of kernelEngines) {
    const established = handMade(loadEstablishedOnly(by.engine.name));
    lanes[`${by.engine.name}-0`] = { filter: established, packets: newFlows(last, firstPort) };
    for (const count of policyCounts)
      lanes[`${by.engine.name}-${count}`] = await admittingLane(by, groups.slice(-count));
  }
  const times = await timeLanes(rounds, { ...lanes, sending: sending(last) });
  return kernelEngines.flatMap(({ engine: { name } }) => [
    ...policyCounts.map((count) => {
      const what = `new flow, ${name}: ${count} policies a pod ÷ established rule only`;
      return compareLanes({ goal: 'B-1', what, wanted: null }, times, `${name}-${count}`, `${name}-0`);
    }),
    compareLanes(
      { goal: 'B-1', what: `new flow, ${name}: 20 policies a pod ÷ 1`, wanted: null },
      times,
      `${name}-20`,
      `${name}-1`,
    ),
  ]);
}

/** B-2: every engine with 100,000 peers ÷ with 1,000. */
export async function benchPeersByEngine(rounds: number): Promise<readonly Result[]> {
  const [many, few] = [peerAddresses(100_000), peerAddresses(1_000)];
  const lanes: Record<string, Lane> = {};
  for (const by of kernelEngines) {
    lanes[`${by.engine.name}-many`] = await admittingLane(by, [many]);
    lanes[`${by.engine.name}-few`] = await admittingLane(by, [few]);
  }
  const times = await timeLanes(rounds, { ...lanes, sending: sending(few) });
  return kernelEngines.map(({ engine: { name } }) => {
    const what = `new flow, ${name}: 100,000 peers ÷ 1,000`;
    return compareLanes({ goal: 'B-2', what, wanted: null }, times, `${name}-many`, `${name}-few`);
  });
}

/** B-3: every other engine ÷ nftables, with 100,000 peers. */
export async function benchEnginesAtOnce(rounds: number): Promise<readonly Result[]> {
  const peers = peerAddresses(100_000);
  const lanes: Record<string, Lane> = {};
  for (const by of kernelEngines) lanes[by.engine.name] = await admittingLane(by, [peers]);
  const times = await timeLanes(rounds, { ...lanes, sending: sending(peers) });
  return kernelEngines
    .filter(({ engine: { name } }) => name !== 'nftables')
    .map(({ engine: { name } }) => {
      const what = `new flow, 100,000 peers: ${name} ÷ nftables`;
      return compareLanes({ goal: 'B-3', what, wanted: null }, times, name, 'nftables');
    });
}

function groupsOf(count: number): readonly (readonly Address[])[] {
  const peers = peerAddresses(count * 1000);
  return Array.from({ length: count }, (_, index) => peers.slice(index * 1000, (index + 1) * 1000));
}

/** Its packets are those that the last group may send. */
async function admittingLane({ engine, target }: KernelEngine, groups: readonly (readonly Address[])[]): Promise<Lane> {
  const filter = await filterOf(engine, artifactsOf(admittingNode(groups), target));
  return { filter, packets: newFlows(must(groups.at(-1)), firstPort + groups.length - 1) };
}

function sending(peers: readonly Address[]): Lane {
  return { filter: noFilter, packets: newFlows(peers, firstPort), discarded: true };
}
