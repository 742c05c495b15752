// Which nodes the flows of several requests meet, with what is loaded there and what each is asked.
import { diagnose, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Scope } from '../ir/ir.ts';
import { formatAddress } from '../net/address.ts';
import type { Flow, Verdict } from '../net/flow.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Artifact, Engine, HostCommand } from '../target.ts';
import type { Probe } from './probe.ts';
import { whyNotSendable } from './sendable.ts';
import { gatewayOfFlows, nodesOfFlows, type NodeProbes } from './stations.ts';

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

export interface ReplayResult {
  /** In the order of the flows: allow when every node that a flow meets let it through, and the reply back. */
  readonly verdicts: readonly Verdict[];
  /** How many packets were sent for the flows, replies included. */
  readonly packets: number;
}

/** One node of one request. */
export interface Visit extends NodeProbes {
  readonly request: ReplayRequest;
  readonly label: string;
  readonly load: readonly HostCommand[];
}

/**
 * Every node of every request, each with a source port of its own: no two connections of a session are alike.
 * Errors: NP7043 for flows that no kernel carries, and those of `artifactsOf`.
 */
export function planVisits(requests: readonly ReplayRequest[], engine: Engine): Outcome<readonly Visit[]> {
  const unsendable = requests.flatMap(({ flows, world }) => {
    const nodeAddresses = addressesOfNodes(world.snapshot);
    return flows.flatMap((flow) => notSendable(flow, nodeAddresses));
  });
  if (unsendable.length > 0) return { value: null, diagnostics: unsendable };
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

/** A flow is allowed when every node that it meets let its probe through. */
export function resultOf(
  request: ReplayRequest,
  visits: readonly Visit[],
  passed: readonly (readonly Probe[])[],
  packetsPerProbe: 1 | 2,
): ReplayResult {
  const denied = new Set<number>();
  let packets = 0;
  for (const [index, visit] of visits.entries()) {
    if (visit.request !== request) continue;
    const through = new Set(passed[index]);
    packets += packetsPerProbe * visit.probes.length;
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
