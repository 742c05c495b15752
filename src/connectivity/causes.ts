// Which policy text makes the difference: the rules and the policies behind a connection gained or lost.
import { distinctOrigins } from '../ir/order.ts';
import type { Direction, Origin } from '../ir/ir.ts';
import { areDisjoint, type AddressSet } from '../net/address-set.ts';
import { arePortsDisjoint, everyPort, portsOf, type PortSet } from '../net/port-set.ts';
import type { Allow } from '../net/allow-table.ts';
import type { Both } from './endpoints.ts';
import type { Side, SideState } from './side-states.ts';

export interface Cause {
  /** Whose text it is. */
  readonly world: keyof Both<unknown>;
  /** Whose side: the source's or the destination's. */
  readonly direction: Direction;
  /** `allows`: a rule that lets it through. `isolates`: a policy that selects the pod, so that only rules let through. */
  readonly effect: 'allows' | 'isolates';
  readonly origin: Origin;
}

export interface Question {
  readonly change: 'gained' | 'lost' | 'kept';
  readonly direction: Direction;
  readonly state: SideState;
  /** Of the other side. */
  readonly peers: AddressSet;
  readonly ports: PortSet;
}

/** Sorted; empty where the endpoint itself came or went, or was open all along. */
export function causesOf({ change, direction, state, peers, ports }: Question): readonly Cause[] {
  const { base, head } = state;
  const rules = (world: keyof Both<unknown>): readonly Cause[] =>
    causes(world, direction, 'allows', rulesBehind(state[world], peers, ports));
  const isolating = (world: keyof Both<unknown>, origins: readonly Origin[]): readonly Cause[] =>
    causes(world, direction, 'isolates', origins);
  if (change === 'kept') return rules('head');
  if (change === 'gained') return head === 'open' ? isolating('base', isolatedBy(base)) : rules('head');
  if (base === 'open') return isolating('head', isolatedBy(head));
  const before = new Set(isolatedBy(base).map(({ policy }) => policy));
  return [
    ...rules('base'),
    ...isolating(
      'head',
      isolatedBy(head).filter(({ policy }) => !before.has(policy)),
    ),
  ];
}

function rulesBehind(side: Side, peers: AddressSet, ports: PortSet): readonly Origin[] {
  if (side === 'open' || side === 'absent') return [];
  const behind = side.allows.filter(
    ({ allow }) => !arePortsDisjoint(portsOfAllow(allow), ports) && !areDisjoint(allow.peers, peers),
  );
  return distinctOrigins(behind.map(({ origin }) => origin));
}

function portsOfAllow({ transport, ports }: Allow): PortSet {
  return transport === null ? everyPort : portsOf(transport, ports);
}

function isolatedBy(side: Side): readonly Origin[] {
  return side === 'open' || side === 'absent' ? [] : distinctOrigins(side.isolatedBy);
}

function causes(
  world: Cause['world'],
  direction: Direction,
  effect: Cause['effect'],
  origins: readonly Origin[],
): readonly Cause[] {
  return origins.map((origin) => ({ world, direction, effect, origin }));
}
