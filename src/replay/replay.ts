// Flows → verdicts of the kernel: real packets through nodes that have the compiled artifacts loaded.
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { addressKey, formatAddress } from '../net/address.ts';
import type { Flow } from '../net/flow.ts';
import type { Engine } from '../target.ts';
import { reverse, tupleKey } from './packet.ts';
import { aimReply, type Probe } from './probe.ts';
import { runSession, type Seen, type Station } from './session.ts';
import { sentinelAddresses } from './stage-shots.ts';
import type { Topology } from './topology.ts';
import { planVisits, resultOf, type ReplayRequest, type ReplayResult, type Visit } from './visits.ts';

export interface ReplayOptions {
  /** What loads the artifacts and judges the packets. */
  readonly engine: Engine;
  readonly topology: Topology;
}

/**
 * Judges the flows of every request in one session. A flow that meets no node is allowed. Every node is sent all first
 * packets and then all replies. A reply to a packet that did not pass is a first packet of nobody's: it tells nothing.
 *
 * Errors: those of runSession; NP7043 for flows that no kernel carries; NP7044 when a reply is stopped.
 */
export async function replay(
  requests: readonly ReplayRequest[],
  { engine, topology }: ReplayOptions,
  host: Host,
): Promise<Outcome<readonly ReplayResult[]>> {
  const { value: visits, diagnostics } = planVisits(requests, engine);
  if (visits === null) return { value: null, diagnostics };
  const sentinels = sentinelAddresses((address) => requests.some((request) => isPodAddress(request, address)));
  const { value: seen, diagnostics: failures } = await runSession(host, visits.map(stationOf), {
    engine,
    topology,
    sentinels,
  });
  if (seen === null) return { value: null, diagnostics: failures };
  const passed = visits.map(({ probes }) => probes.flatMap(({ probe }) => (hasPassed(probe, seen) ? [probe] : [])));
  const stopped = visits.flatMap((visit, index) => stoppedReplies(visit, passed[index] ?? [], topology, seen));
  if (stopped.length > 0) return { value: null, diagnostics: stopped };
  return { value: requests.map((request) => resultOf(request, visits, passed, 2)), diagnostics };
}

function stationOf({ label, load, ownAddresses, probes }: Visit): Station {
  const all = probes.map(({ probe }) => probe);
  return {
    label,
    load,
    ownAddresses,
    stages: [
      { stage: 'first', probes: all },
      { stage: 'reply', probes: all },
    ],
  };
}

/** What a pod sends to the node itself must reach the node's stack, everything else the far end of a link. */
function hasPassed({ kind, tuple }: Probe, seen: Seen): boolean {
  const where = kind === 'input' ? seen.own : seen.through;
  return where.has(tupleKey(tuple));
}

/** Replies to what the node itself sent come back into its stack. */
function hasReplied({ kind, tuple }: Probe, seen: Seen): boolean {
  const where = kind === 'output' ? seen.own : seen.through;
  return where.has(tupleKey(reverse(tuple)));
}

function stoppedReplies(
  { label }: Visit,
  passed: readonly Probe[],
  topology: Topology,
  seen: Seen,
): readonly Diagnostic[] {
  const stopped = passed.filter((probe) => aimReply(probe, topology) !== null && !hasReplied(probe, seen));
  return stopped.map(({ tuple }) => {
    const [from, to] = [formatAddress(tuple.source), formatAddress(tuple.destination)];
    return diagnose('NP7044', { from, to: `${to} ${tuple.protocol} ${tuple.destinationPort}`, station: label }, null);
  });
}

function isPodAddress({ world }: ReplayRequest, address: Flow['source']): boolean {
  const key = addressKey(address);
  return world.snapshot.pods.some((pod) => pod.addresses.some((own) => addressKey(own) === key));
}
