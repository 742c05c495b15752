// P-6 and P-7: what the first packet of a connection costs under netpolc's ruleset.
import type { Address } from '../../../src/net/address.ts';
import { createRandom } from '../../properties/world/random.ts';
import { median } from '../measure.ts';
import type { Result } from '../result.ts';
import { timeLanes, type Lane, type ProbePacket } from './lanes.ts';
import { compiled, establishedOnly, firstPort, handWritten, localPods, peerAddresses } from './rulesets.ts';

const flows = 50_000;

/** P-6: netpolc ÷ the hand-written ideal, with 100,000 peers. */
export async function benchNewFlows(rounds: number): Promise<readonly Result[]> {
  const peers = peerAddresses(100_000);
  const packets = newFlows(peers, firstPort);
  const times = await timeLanes(rounds, {
    sending: { ruleset: '', packets, discarded: true },
    established: { ruleset: establishedOnly, packets },
    ideal: { ruleset: handWritten(peers), packets },
    again: { ruleset: handWritten(peers), packets },
    netpolc: { ruleset: compiled([peers], { egress: false }), packets },
    both: { ruleset: compiled([peers], { egress: true }), packets },
  } satisfies Record<string, Lane>);
  const compare = (what: string, over: keyof typeof times, under: keyof typeof times, atMost: number | null): Result =>
    compareLanes({ goal: 'P-6', what, atMost }, times.sending, times[over], times[under]);
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
  const last = groups[19] ?? [];
  const times = await timeLanes(rounds, {
    sending: { ruleset: '', packets: newFlows(last, firstPort), discarded: true },
    one: { ruleset: compiled([last], { egress: false }), packets: newFlows(last, firstPort) },
    twenty: { ruleset: compiled(groups, { egress: false }), packets: newFlows(last, firstPort + 19) },
  } satisfies Record<string, Lane>);
  const goal = { goal: 'P-7', what: 'new flow: 20 policies a pod ÷ 1', atMost: 1.05 };
  return [compareLanes(goal, times.sending, times.twenty, times.one)];
}

/** Net of what sending costs, as a median over rounds. */
function compareLanes(
  goal: Pick<Result, 'goal' | 'what' | 'atMost'>,
  sending: readonly number[],
  over: readonly number[],
  under: readonly number[],
): Result {
  const harness = median(sending);
  const ratios = over.map((time, round) => (time - harness) / ((under[round] ?? NaN) - harness));
  const gross = median(over.map((time, round) => time / (under[round] ?? NaN)));
  const details = { overNs: median(over), underNs: median(under), sendingNs: harness, grossRatio: gross };
  return { ...goal, value: median(ratios), details };
}

/** One packet a flow: peers at random, as requests come, to every local pod. */
function newFlows(peers: readonly Address[], destinationPort: number): readonly ProbePacket[] {
  const random = createRandom(1);
  return Array.from({ length: flows }, (_, index) => ({
    source: random.pick(peers),
    destination: localPods[index % localPods.length] as Address,
    protocol: 'UDP' as const,
    sourcePort: 1024 + (index % 64_000),
    destinationPort,
  }));
}
