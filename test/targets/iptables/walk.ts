// A packet's way through planned rules, as iptables goes: for tests of what the rules mean, and of how many are met.
import { addressKey, parseAddress, type Address } from '../../../src/net/address.ts';
import { contains, union, type AddressSet } from '../../../src/net/address-set.ts';
import { parseRange } from '../../../src/net/range-text.ts';
import type { FamilyRules, IptablesPlan, Match, Rule, Side } from '../../../targets/iptables/iptables-plan.ts';
import { getOrMake } from '../../../src/collections/get-or-make.ts';
import { must } from '../../kit/must.ts';

/** The first packet of a connection, unless `state` says otherwise. */
export interface Packet {
  readonly source: Address;
  readonly destination: Address;
  /** `tcp`, `icmp`, or anything else for a protocol that no rule speaks of. */
  readonly protocol: string;
  readonly port?: number;
  readonly icmpType?: number;
  readonly state?: 'ESTABLISHED' | 'RELATED';
}

export interface Walk {
  readonly verdict: 'pass' | 'drop';
  /** How many rules the packet was compared with. */
  readonly met: number;
}

/** From the chain of a hook on. */
export function walk(plan: IptablesPlan, hook: 'forward' | 'input', packet: Packet): Walk {
  const rules = must(plan.rules.find(({ family }) => family === packet.source.family));
  let met = 0;
  const run = (name: string): 'pass' | 'drop' | 'next' => {
    for (const rule of rulesOf(rules, name)) {
      met++;
      if (!rule.matches.every((match) => matches(plan, match, packet))) continue;
      const { verdict } = rule;
      if (verdict.kind === 'drop') return 'drop';
      if (verdict.kind === 'return') return 'next';
      const came = run(verdict.chain);
      if (verdict.kind === 'goto' || came === 'drop') return came;
    }
    return 'next';
  };
  return { verdict: run(rules[hook]) === 'drop' ? 'drop' : 'pass', met };
}

function rulesOf(rules: FamilyRules, name: string): readonly Rule[] {
  return must(rules.chains.find((chain) => chain.name === name)).rules;
}

function matches(plan: IptablesPlan, match: Match, packet: Packet): boolean {
  switch (match.kind) {
    case 'prefix':
      return contains(range(match.prefix), addressOf(packet, match.side));
    case 'range':
      return contains(range(`${match.first}-${match.last}`), addressOf(packet, match.side));
    case 'set':
      return has(plan, match.set, addressOf(packet, match.side));
    case 'protocol':
      return packet.protocol === match.protocol;
    case 'ports':
      return packet.protocol === match.protocol && match.ports.some((ports) => inPorts(ports, must(packet.port)));
    case 'icmp-type':
      return packet.protocol === match.protocol && packet.icmpType === match.type;
    case 'state':
      return packet.state === match.state;
  }
}

function addressOf(packet: Packet, side: Side): Address {
  return packet[side];
}

function inPorts(ports: string, port: number): boolean {
  const [first = NaN, last = first] = ports.split(':').map(Number);
  return first <= port && port <= last;
}

const rangeByText = new Map<string, AddressSet>();

function range(text: string): AddressSet {
  return getOrMake(rangeByText, text, () => must(parseRange(text), text));
}

type Elements = { readonly keys: ReadonlySet<unknown> } | { readonly addresses: AddressSet };

const elementsByPlan = new WeakMap<IptablesPlan, Map<string, Elements>>();

function has(plan: IptablesPlan, name: string, address: Address): boolean {
  const known = getOrMake(elementsByPlan, plan, () => new Map<string, Elements>());
  const elements = getOrMake(known, name, (): Elements => {
    const set = must(plan.sets?.find((each) => each.name === name));
    if (set.type === 'hash:net') return { addresses: union(set.elements.map(range)) };
    return { keys: new Set(set.elements.map((text) => addressKey(must(parseAddress(text))))) };
  });
  return 'keys' in elements ? elements.keys.has(addressKey(address)) : contains(elements.addresses, address);
}
