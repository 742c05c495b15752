// One flow → one verdict, by the IR alone.
import { formatAddress, type Address } from '../net/address.ts';
import { contains } from '../net/address-set.ts';
import type { Flow, Verdict } from '../net/flow.ts';
import type { TransportClass } from '../net/protocol.ts';
import type { Endpoint, Ir, ProfileId } from './ir.ts';

/**
 * What this enforcement point says about a flow. Sides whose endpoint is not in scope are not judged: ask the IR of
 * the other node as well, or the IR of the whole snapshot. O(rows) per side; the first question indexes the IR.
 *
 * Source: S-501 to S-504, S-601 to S-604.
 */
export function evaluate(ir: Ir, flow: Flow): Verdict {
  const endpoints = endpointsOf(ir);
  const source = endpoints.get(formatAddress(flow.source));
  const destination = endpoints.get(formatAddress(flow.destination));
  if (source !== undefined && source === destination) return 'allow';
  const passes = egressPasses(ir, source, flow) && ingressPasses(ir, destination, flow);
  return passes ? 'allow' : 'deny';
}

function egressPasses(ir: Ir, source: Endpoint | undefined, flow: Flow): boolean {
  if (source === undefined || source.egress === null) return true;
  const toOwnNode = flow.destinationNode !== null && flow.destinationNode === source.node;
  if (toOwnNode && ir.options.allowEgressToOwnNode) return true;
  return allows(ir, source.egress, flow.destination, flow.protocol, flow.port);
}

function ingressPasses(ir: Ir, destination: Endpoint | undefined, flow: Flow): boolean {
  if (destination === undefined || destination.ingress === null) return true;
  if (flow.sourceNode !== null && flow.sourceNode === destination.node) return true;
  return allows(ir, destination.ingress, flow.source, flow.protocol, flow.port);
}

/** Whether a profile lets `peer` through. For OTHER the port means nothing. */
export function allows(ir: Ir, id: ProfileId, peer: Address, transport: TransportClass, port: number): boolean {
  const profile = ir.profileById.get(id);
  if (profile === undefined) return false;
  const rows = profile.rows.filter((row) => row.transport === transport && row.first <= port && port <= row.last);
  return [profile.every, ...rows.map((row) => row.peers)].some((set) => {
    const named = ir.addressSetById.get(set);
    return named !== undefined && contains(named.addresses, peer);
  });
}

const endpointsByIr = new WeakMap<Ir, ReadonlyMap<string, Endpoint>>();

function endpointsOf(ir: Ir): ReadonlyMap<string, Endpoint> {
  const known = endpointsByIr.get(ir);
  if (known !== undefined) return known;
  const pairs = ir.endpoints.flatMap((endpoint) =>
    endpoint.addresses.map((a) => [formatAddress(a), endpoint] as const),
  );
  const endpoints = new Map(pairs);
  endpointsByIr.set(ir, endpoints);
  return endpoints;
}
