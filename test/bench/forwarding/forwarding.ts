// P-6 and P-7: what the first packet of a connection costs under netpolc's ruleset.
import { must } from '../../kit/must.ts';
import { targetByName } from '../../../targets/index.ts';
import type { Ir } from '../../../src/ir/ir.ts';
import { atMost, type Result } from '../result.ts';
import { compareLanes } from './compare-lanes.ts';
import { filterOf, handMade, noFilter, type Filter } from './filter.ts';
import { loadEstablishedOnly, loadHandWritten } from './hand-written.ts';
import { timeLanes } from './lanes.ts';
import { newFlows } from './new-flows.ts';
import { admittingNode, artifactsOf, firstPort, peerAddresses } from './node-world.ts';

/** P-6: netpolc ÷ the hand-written ideal, with 100,000 peers. */
export async function benchNewFlows(rounds: number): Promise<readonly Result[]> {
  const peers = peerAddresses(100_000);
  const packets = newFlows(peers, firstPort);
  const times = await timeLanes(rounds, {
    sending: { filter: noFilter, packets, discarded: true },
    established: { filter: handMade(loadEstablishedOnly('nftables')), packets },
    ideal: { filter: handMade(loadHandWritten(peers)), packets },
    again: { filter: handMade(loadHandWritten(peers)), packets },
    netpolc: { filter: await compiled(admittingNode([peers])), packets },
    both: { filter: await compiled(admittingNode([peers], { egress: true })), packets },
  });
  const compare = (what: string, over: keyof typeof times, under: keyof typeof times, limit: number | null): Result =>
    compareLanes({ goal: 'P-6', what, wanted: limit === null ? null : atMost(limit) }, times, over, under);
  return [
    compare('new flow: ideal ÷ established rule only', 'ideal', 'established', null),
    compare('new flow: ideal ÷ itself (noise)', 'again', 'ideal', null),
    compare('new flow: netpolc ÷ ideal, 100,000 peers', 'netpolc', 'ideal', 1.05),
    compare('new flow: netpolc, egress isolated too ÷ ideal', 'both', 'ideal', null),
  ];
}

/** P-7: 20 policies a pod, each with its own peers and port, ÷ one. Packets of the last policy: the worst in a row. */
export async function benchManyPolicies(rounds: number): Promise<readonly Result[]> {
  const peers = peerAddresses(20_000);
  const groups = Array.from({ length: 20 }, (_, index) => peers.slice(index * 1000, (index + 1) * 1000));
  const last = must(groups[19]);
  const times = await timeLanes(rounds, {
    sending: { filter: noFilter, packets: newFlows(last, firstPort), discarded: true },
    one: { filter: await compiled(admittingNode([last])), packets: newFlows(last, firstPort) },
    twenty: { filter: await compiled(admittingNode(groups)), packets: newFlows(last, firstPort + 19) },
  });
  const goal = { goal: 'P-7', what: 'new flow: 20 policies a pod ÷ 1', wanted: atMost(1.05) };
  return [compareLanes(goal, times, 'twenty', 'one')];
}

function compiled(ir: Ir): Promise<Filter> {
  const target = must(targetByName('nftables'));
  return filterOf(target.engines[0], artifactsOf(ir, target));
}
