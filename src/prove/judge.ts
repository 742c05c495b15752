// What the two sides of one connection say, port by port, and why.
import { present, type Unit } from '../connectivity/endpoints.ts';
import { distinctOrigins } from '../ir/order.ts';
import type { Direction, Origin } from '../ir/ir.ts';
import type { Enforcement } from '../lower/enforcement.ts';
import type { Address } from '../net/address.ts';
import { addressesOf, contains } from '../net/address-set.ts';
import { arePortsDisjoint, everyPort, type PortSet } from '../net/port-set.ts';
import type { Verdict } from '../net/flow.ts';
import { isExempt } from './outside-cells.ts';
import { isAllowedOnSome } from './peers-on.ts';
import { portsThrough } from './side.ts';
import { nodeOf, type Terrain } from './terrain.ts';

/** One end of a connection. */
export interface Party {
  /** Null for what is no pod. */
  readonly unit: Unit | null;
  readonly address: Address;
  /** The node whose own address it is. */
  readonly node: string | null;
}

export interface Judgement {
  readonly egress: SideJudgement;
  readonly ingress: SideJudgement;
}

export interface SideJudgement {
  readonly direction: Direction;
  /** `no-pod`: it has no policies (S-506). `itself`: S-601. `own-node`: S-603, S-604. `open`: no policy isolates it. */
  readonly why: 'no-pod' | 'itself' | 'own-node' | 'open' | 'policies';
  /** What it lets through. */
  readonly passing: PortSet;
  readonly enforcement: Enforcement | null;
}

/** Judges a connection, on all ports at once. */
export function judge(terrain: Terrain, source: Party, destination: Party): Judgement {
  return {
    egress: judgeSide(terrain, 'egress', source, destination),
    ingress: judgeSide(terrain, 'ingress', destination, source),
  };
}

/** The end that an address is. */
export function partyAt(terrain: Terrain, address: Address, node: string | null): Party {
  const [unit = null] = terrain.unitsIn(addressesOf([address]));
  return { unit, address, node };
}

/** What a side says on the given ports, and the pieces of policies behind it: rules that allow, or all that isolates. */
export interface Reason {
  readonly direction: Direction;
  readonly verdict: Verdict;
  readonly why: SideJudgement['why'];
  /** Sorted. */
  readonly origins: readonly Origin[];
}

export function reasonOf(
  { direction, why, passing, enforcement }: SideJudgement,
  peer: Address,
  ports: PortSet,
): Reason {
  const verdict = arePortsDisjoint(passing, ports) ? 'deny' : 'allow';
  if (enforcement === null) return { direction, verdict, why, origins: [] };
  const allowing = enforcement.allows.filter(
    ({ allow }) => contains(allow.peers, peer) && isAllowedOnSome(allow, ports),
  );
  const behind = verdict === 'deny' ? enforcement.isolatedBy : allowing.map(({ origin }) => origin);
  return { direction, verdict, why, origins: distinctOrigins(behind) };
}

function judgeSide(terrain: Terrain, direction: Direction, { unit }: Party, peer: Party): SideJudgement {
  const free = (why: SideJudgement['why']): SideJudgement => ({
    direction,
    why,
    passing: everyPort,
    enforcement: null,
  });
  if (unit === null) return free('no-pod');
  const { subject } = unit;
  if (peer.unit !== null && present(peer.unit.subject) === present(subject)) return free('itself');
  if (peer.node !== null && peer.node === nodeOf(subject) && isExempt(terrain, direction)) return free('own-node');
  const enforcement = terrain.sideOf(subject, direction);
  if (enforcement === null) return free('open');
  return { direction, why: 'policies', passing: portsThrough(enforcement, peer.address), enforcement };
}
