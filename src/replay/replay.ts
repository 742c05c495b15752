// Flows → verdicts of the kernel: real packets through nodes that have the compiled artifacts loaded.
import { diagnose, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { Scope } from '../ir/ir.ts';
import { addressKey, formatAddress } from '../net/address.ts';
import type { Flow, Verdict } from '../net/flow.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Artifact, Engine } from '../target.ts';
import { reverse, tupleKey } from './packet.ts';
import { aimReply, type Probe } from './probe.ts';
import { whyNotSendable } from './sendable.ts';
import { runSession, type Seen, type Station } from './session.ts';
import { sentinelAddresses } from './stage-shots.ts';
import { gatewayOfFlows, nodesOfFlows, type NodeProbes } from './stations.ts';
import type { Topology } from './topology.ts';

export interface ReplayRequest {
  /** For messages when several requests share a session. */
  readonly label?: string;
  readonly world: { readonly snapshot: Snapshot };
  /** The artifacts of a scope. */
  readonly artifactsOf: (scope: Scope) => Outcome<readonly Artifact[]>;
  readonly flows: readonly Flow[];
  /** `nodes`: each flow at the nodes of its pods. `gateway`: at one machine that carries every pod. Default `nodes`. */
  readonly at?: 'nodes' | 'gateway';
}

export interface ReplayOptions {
  /** What loads the artifacts and judges the packets. */
  readonly engine: Engine;
  readonly topology: Topology;
}

export interface ReplayResult {
  /** In the order of the flows: allow when every node that a flow meets let it through, and the reply back. */
  readonly verdicts: readonly Verdict[];
  /** How many probes were sent, replies included. */
  readonly packets: number;
}

/**
 * Judges the flows of every request in one session. A flow that meets no node is allowed. First all first packets are
 * sent; then, on nodes made anew, those that passed and their replies.
 *
 * Errors: those of runSession; NP7043 for flows that no kernel carries; NP7044 when a reply is stopped.
 */
export async function replay(
  requests: readonly ReplayRequest[],
  { engine, topology }: ReplayOptions,
  host: Host,
): Promise<Outcome<readonly ReplayResult[]>> {
  const unsendable = requests.flatMap(({ flows, world }) => {
    const nodeAddresses = addressesOfNodes(world.snapshot);
    return flows.flatMap((flow) => notSendable(flow, nodeAddresses));
  });
  if (unsendable.length > 0) return { value: null, diagnostics: unsendable };
  const { value: visits, diagnostics } = planVisits(requests, engine);
  if (visits === null) return { value: null, diagnostics };
  const sentinels = sentinelAddresses((address) => requests.some((request) => isPodAddress(request, address)));
  const options = { engine, topology, sentinels };
  const first = await runSession(host, visits.map(firstStation), options);
  if (first.value === null) return { value: null, diagnostics: first.diagnostics };
  const { value: seen } = first;
  const passed = visits.map(({ probes }) => probes.flatMap(({ probe }) => (hasPassed(probe, seen) ? [probe] : [])));
  const second = await runSession(
    host,
    visits.map((visit, index) => replyStation(visit, passed[index] ?? [])),
    options,
  );
  if (second.value === null) return { value: null, diagnostics: second.diagnostics };
  const replied = second.value;
  const stopped = visits.flatMap((visit, index) => stoppedReplies(visit, passed[index] ?? [], topology, replied));
  if (stopped.length > 0) return { value: null, diagnostics: stopped };
  return { value: requests.map((request) => resultOf(request, visits, passed)), diagnostics };
}

/** One node of one request. */
interface Visit extends NodeProbes {
  readonly request: ReplayRequest;
  readonly label: string;
  readonly load: Station['load'];
}

/** Every node of every request, each with a source port of its own: no two connections of a session are alike. */
function planVisits(requests: readonly ReplayRequest[], engine: Engine): Outcome<readonly Visit[]> {
  const nodes = requests.flatMap((request) => nodesOf(request).map((node) => ({ request, node })));
  const firstPort = freeSourcePorts(requests, nodes.length);
  const diagnostics: Diagnostic[] = [];
  const visits = nodes.flatMap(({ request, node }, index): readonly Visit[] => {
    const { value: artifacts, diagnostics: found } = request.artifactsOf(node.scope);
    diagnostics.push(...found);
    if (artifacts === null) return [];
    const name = node.scope.kind === 'node' ? `node ${node.scope.name}` : 'the gateway';
    const label = request.label === undefined ? name : `${name} of ${request.label}`;
    const probes = node.probes.map(({ flows, probe }) => ({ flows, probe: fromPort(probe, firstPort + index) }));
    return [{ ...node, probes, request, label, load: engine.apply(artifacts) }];
  });
  return { value: hasErrors(diagnostics) ? null : visits, diagnostics };
}

function nodesOf({ world, flows, at = 'nodes' }: ReplayRequest): readonly NodeProbes[] {
  const nodes = at === 'nodes' ? nodesOfFlows(world.snapshot, flows) : [gatewayOfFlows(world.snapshot, flows)];
  return nodes.filter(({ probes }) => probes.length > 0);
}

function fromPort(probe: Probe, sourcePort: number): Probe {
  return { ...probe, tuple: { ...probe.tuple, sourcePort } };
}

/** The first of `count` ports in a row that no flow asks about: a flow must not look like the reply of another. */
function freeSourcePorts(requests: readonly ReplayRequest[], count: number): number {
  const asked = new Set(requests.flatMap(({ flows }) => flows.map(({ port }) => port)));
  let first = 20_000;
  for (let port = first; port < first + count; port++) if (asked.has(port)) first = port + 1;
  if (first + count > 65_536) throw new Error(`no ${count} source ports in a row are left`);
  return first;
}

function firstStation({ label, load, ownAddresses, probes }: Visit): Station {
  return { label, load, ownAddresses, stages: [{ stage: 'first', probes: probes.map(({ probe }) => probe) }] };
}

function replyStation({ label, load, ownAddresses }: Visit, passed: readonly Probe[]): Station {
  const stages = [
    { stage: 'first' as const, probes: passed },
    { stage: 'reply' as const, probes: passed },
  ];
  return { label, load, ownAddresses, stages };
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
  const stopped = passed.filter(
    (probe) => !hasPassed(probe, seen) || (aimReply(probe, topology) !== null && !hasReplied(probe, seen)),
  );
  return stopped.map(({ tuple }) => {
    const [from, to] = [formatAddress(tuple.source), formatAddress(tuple.destination)];
    return diagnose('NP7044', { from, to: `${to} ${tuple.protocol} ${tuple.destinationPort}`, station: label }, null);
  });
}

function resultOf(
  request: ReplayRequest,
  visits: readonly Visit[],
  passed: readonly (readonly Probe[])[],
): ReplayResult {
  const denied = new Set<number>();
  let packets = 0;
  for (const [index, visit] of visits.entries()) {
    if (visit.request !== request) continue;
    const through = new Set(passed[index]);
    packets += visit.probes.length + 2 * through.size;
    for (const { flows, probe } of visit.probes) {
      if (!through.has(probe)) for (const flow of flows) denied.add(flow);
    }
  }
  return { verdicts: request.flows.map((_, index) => (denied.has(index) ? 'deny' : 'allow')), packets };
}

function notSendable(flow: Flow, nodeAddresses: ReadonlySet<string>): readonly Diagnostic[] {
  const reason = whyNotSendable(flow) ?? whyNotForwardedByItsNode(flow, nodeAddresses);
  if (reason === null) return [];
  const { source, destination } = flow;
  return [diagnose('NP7043', { from: formatAddress(source), to: formatAddress(destination), reason }, null)];
}

/** A pod with a node's own address: that node's kernel keeps such packets to itself, and no rule is asked. */
function whyNotForwardedByItsNode(flow: Flow, nodeAddresses: ReadonlySet<string>): string | null {
  const { source, destination, sourceNode, destinationNode } = flow;
  const isNodes = (address: Flow['source'], node: string | null): boolean =>
    node === null && nodeAddresses.has(formatAddress(address));
  const shared = isNodes(source, sourceNode) || isNodes(destination, destinationNode);
  return shared ? 'a pod has the address of a node' : null;
}

function addressesOfNodes({ nodeByName }: Snapshot): ReadonlySet<string> {
  return new Set([...nodeByName.values()].flatMap(({ addresses }) => addresses.map(formatAddress)));
}

function isPodAddress({ world }: ReplayRequest, address: Flow['source']): boolean {
  const key = addressKey(address);
  return world.snapshot.pods.some((pod) => pod.addresses.some((own) => addressKey(own) === key));
}
