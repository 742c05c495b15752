// What rules do before they look at addresses, and in which order they then do it: for engines whose hooks are rules.
import type { Direction, Ir } from '../../src/ir/ir.ts';
import { families, type Family } from '../../src/net/address.ts';
import type { Hook, Meaning } from './meaning.ts';

/** The parts of a packet that matter before its addresses do. */
export interface ControlPacket {
  readonly family: Family;
  readonly state: State;
  /** IANA's number. */
  readonly protocol: number;
  /** Of an ICMP or ICMPv6 message; 0 for everything else. */
  readonly type: number;
}

/** States of connection tracking. */
export const states = ['established', 'related', 'new', 'invalid', 'untracked'] as const;
export type State = (typeof states)[number];

export type ControlVerdict = 'passes' | 'dropped' | 'judged';

/** What happens in a row to packets that are left to be judged. */
export type Step = 'drop from link-local' | 'drop to link-local' | Direction;

/** One family's packets at one hook. */
export interface HookReading {
  readonly verdictOf: (packet: ControlPacket) => ControlVerdict;
  readonly steps: readonly Step[];
}

export type HookReadings = Readonly<Record<Hook, Readonly<Record<Family, HookReading>>>>;

/** A hook at which nothing happens. */
export const openHook: HookReading = { verdictOf: () => 'passes', steps: [] };

/**
 * Every kind of packet by number: all ICMP types of both protocols over both families, and protocols that must not be
 * taken for them. Where no step follows, to be left for judging is to pass.
 */
export function factsOfHooks(readings: HookReadings): Meaning['facts'] {
  const facts = new Map<string, string>();
  for (const hook of ['forward', 'input'] as const) {
    for (const family of families) {
      const { steps, verdictOf } = readings[hook][family];
      facts.set(`${hook} ${family} steps`, steps.join(', '));
      const settle = (packet: ControlPacket): ControlVerdict => {
        const verdict = verdictOf(packet);
        return verdict === 'judged' && steps.length === 0 ? 'passes' : verdict;
      };
      for (const state of states) {
        for (const [name, protocol] of Object.entries(protocolNumbers)) {
          const types = name.endsWith('icmp') ? 256 : 1;
          const verdicts = Array.from({ length: types }, (_, type) => settle({ family, state, protocol, type }));
          facts.set(`${hook} ${family} ${state} ${name}`, runs(verdicts));
        }
      }
    }
  }
  return facts;
}

export const protocolNumbers = { icmp: 1, tcp: 6, udp: 17, gre: 47, 'ipv6-icmp': 58, sctp: 132 } as const;

/** What must hold. Sources: S-427, S-431, S-502, S-601, S-603, S-604. */
export function hooksByIr(ir: Ir): HookReadings {
  const restricts = (direction: Direction, family: Family): boolean =>
    ir.endpoints.some(
      (endpoint) => endpoint[direction] !== null && endpoint.addresses.some((address) => address.family === family),
    );
  const isOpen = ir.endpoints.every(({ ingress, egress }) => ingress === null && egress === null);
  const forward = (family: Family): HookReading => ({
    verdictOf: (packet) => controlVerdict(packet, ir.options.icmpEcho, true),
    steps: [
      ...(family === 'IPv6' && !isOpen ? (['drop from link-local', 'drop to link-local'] as const) : []),
      ...(['egress', 'ingress'] as const).filter((direction) => restricts(direction, family)),
    ],
  });
  const input = (family: Family): HookReading => {
    if (ir.options.allowEgressToOwnNode || !restricts('egress', family)) return openHook;
    return { verdictOf: (packet) => controlVerdict(packet, ir.options.icmpEcho, false), steps: ['egress'] };
  };
  return {
    forward: { IPv4: forward('IPv4'), IPv6: forward('IPv6') },
    input: { IPv4: input('IPv4'), IPv6: input('IPv6') },
  };
}

interface ControlTypes {
  readonly protocol: number;
  readonly redirects: readonly number[];
  readonly errors: readonly number[];
  readonly neighbours: readonly number[];
  readonly echo: readonly number[];
}

/** S-431: destination unreachable, time exceeded, parameter problem and packet too big; listeners; neighbour discovery. */
const controlTypes: Readonly<Record<Family, ControlTypes>> = {
  IPv4: { protocol: 1, redirects: [5], errors: [3, 11, 12], neighbours: [], echo: [0, 8] },
  IPv6: {
    protocol: 58,
    redirects: [134, 137],
    errors: [1, 2, 3, 4],
    neighbours: [130, 131, 132, 133, 135, 136, 143],
    echo: [128, 129],
  },
};

function controlVerdict(packet: ControlPacket, echoPasses: boolean, isForwarded: boolean): ControlVerdict {
  const { protocol, redirects, errors, neighbours, echo } = controlTypes[packet.family];
  if (packet.state === 'established') return 'passes';
  if (packet.protocol !== protocol) return 'judged';
  if (isForwarded && redirects.includes(packet.type)) return 'dropped';
  const passes =
    (packet.state === 'related' && errors.includes(packet.type)) ||
    neighbours.includes(packet.type) ||
    (echoPasses && echo.includes(packet.type));
  return passes ? 'passes' : 'judged';
}

/** `0-4 judged, 5 dropped, 6-255 judged` */
function runs(verdicts: readonly ControlVerdict[]): string {
  const starts = verdicts.flatMap((verdict, type) => (verdict === verdicts[type - 1] ? [] : [type]));
  if (starts.length === 1) return verdicts[0] ?? '';
  return starts
    .map((first, index) => {
      const last = (starts[index + 1] ?? verdicts.length) - 1;
      return `${first === last ? first : `${first}-${last}`} ${verdicts[first] ?? ''}`;
    })
    .join(', ');
}
