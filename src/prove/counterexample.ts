// The smallest connection that breaks a claim: pods before addresses, by name, then the smallest port.
import type { Subject, Unit } from '../connectivity/endpoints.ts';
import { compareAddresses } from '../ir/order.ts';
import { intersectPorts, listPorts, portsOf, subtractPorts, unitePorts, type PortSet } from '../net/port-set.ts';
import type { Flow, Verdict } from '../net/flow.ts';
import type { TransportClass } from '../net/protocol.ts';
import { judge, reasonOf, type Judgement, type Party, type Reason } from './judge.ts';
import type { Cell, Group, Question } from './question.ts';
import { addressOf, type Terrain } from './terrain.ts';

export interface Counterexample {
  readonly source: Party;
  readonly destination: Party;
  readonly transport: TransportClass;
  /** Null for protocols without ports. */
  readonly port: number | null;
  readonly verdict: Verdict;
  /** What the source's side says, then the destination's. */
  readonly reasons: readonly [Reason, Reason];
  /** The same as a question to the oracle; null for protocols without ports, of which it knows nothing. */
  readonly flow: Flow | null;
}

export interface Pair extends Pick<Question, 'ports' | 'wanted'> {
  readonly source: Party;
  readonly destination: Party;
}

/** The smallest pair of a cell; null when it has none but a pod and itself. O(units). */
export function smallestPair(terrain: Terrain, { sources, destinations, question }: Cell): Pair | null {
  const { ports, wanted } = question;
  const first = (group: Group, but: Subject | null): Party | null =>
    group.kind === 'pods'
      ? firstPod(terrain, group.units, but)
      : { unit: null, address: group.address, node: group.node };
  const source = first(sources, null);
  const destination = first(destinations, source?.unit?.subject ?? null);
  if (source !== null && destination !== null) return { source, destination, ports, wanted };
  // Every destination is that very pod: perhaps there is another source.
  const only = first(destinations, null);
  const other = first(sources, only?.unit?.subject ?? null);
  return only === null || other === null ? null : { source: other, destination: only, ports, wanted };
}

function firstPod(terrain: Terrain, units: readonly Unit[], but: Subject | null): Party | null {
  let first: Unit | null = null;
  for (const unit of units) {
    if (unit.subject === but) continue;
    if (first === null || terrain.rankOf(unit) < terrain.rankOf(first)) first = unit;
  }
  return first === null ? null : { unit: first, address: addressOf(first), node: null };
}

/** The smaller of two pairs; of one and the same, what is asked of both. */
export function smallerPair(terrain: Terrain, a: Pair | null, b: Pair): Pair {
  const order = a === null ? 1 : comparePairs(terrain, a, b);
  if (a === null || order > 0) return b;
  return order < 0 ? a : { ...a, ports: unitePorts(a.ports, b.ports) };
}

/** Pods with pods first, by source, then destination; then pods with addresses, by the pod, then the address. */
function comparePairs(terrain: Terrain, a: Pair, b: Pair): number {
  const [left, right] = [a, b].map((pair) => ranksOf(terrain, pair));
  const differing = (left ?? []).map((rank, index) => rank - (right?.[index] ?? 0)).find((each) => each !== 0);
  return (
    differing ??
    (compareAddresses(a.source.address, b.source.address) ||
      compareAddresses(a.destination.address, b.destination.address))
  );
}

function ranksOf(terrain: Terrain, { source, destination }: Pair): readonly number[] {
  const [from, to] = [source.unit, destination.unit];
  if (from !== null && to !== null) return [0, terrain.rankOf(from), terrain.rankOf(to)];
  const pod = from ?? to;
  return [1, pod === null ? 0 : terrain.rankOf(pod), from === null ? 1 : 0];
}

/** The smallest port on which a pair breaks its claim, and why. */
export function counterexampleOf(terrain: Terrain, { source, destination, ports, wanted }: Pair): Counterexample {
  const judgement = judge(terrain, source, destination);
  const passing = passingBoth(judgement);
  const breaking = wanted === 'nothing' ? intersectPorts(passing, ports) : subtractPorts(ports, passing);
  const [transport, port] = smallestPort(breaking);
  return exampleAt({ source, destination }, judgement, transport, port);
}

/** One connection with its verdict. */
export function exampleAt(
  { source, destination }: Pick<Pair, 'source' | 'destination'>,
  judgement: Judgement,
  transport: TransportClass,
  port: number | null,
): Counterexample {
  const ports = portsOf(transport, { first: port ?? 0, last: port ?? 0 });
  const egress = reasonOf(judgement.egress, destination.address, ports);
  const ingress = reasonOf(judgement.ingress, source.address, ports);
  const verdict = egress.verdict === 'allow' && ingress.verdict === 'allow' ? 'allow' : 'deny';
  const ends = { source: source.address, destination: destination.address };
  const nodes = { sourceNode: source.node, destinationNode: destination.node };
  const flow = transport === 'OTHER' || port === null ? null : { ...ends, ...nodes, protocol: transport, port };
  return { source, destination, transport, port, verdict, reasons: [egress, ingress], flow };
}

export function passingBoth({ egress, ingress }: Judgement): PortSet {
  return intersectPorts(egress.passing, ingress.passing);
}

/** As people list them. */
const transportOrder: readonly TransportClass[] = ['TCP', 'UDP', 'SCTP', 'OTHER'];

/** Port 0 is no example: where it is, all others are (S-228). */
function smallestPort(ports: PortSet): readonly [TransportClass, number | null] {
  const stretches = listPorts(ports).filter(({ transport, last }) => transport === 'OTHER' || last > 0);
  const [first] = [...stretches].sort(
    (a, b) => transportOrder.indexOf(a.transport) - transportOrder.indexOf(b.transport) || a.first - b.first,
  );
  if (first === undefined) throw new Error('a pair that breaks its claim on no port');
  return [first.transport, first.transport === 'OTHER' ? null : Math.max(1, first.first)];
}
