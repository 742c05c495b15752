// The words of one rule → its parts. It knows the matches that the target uses.
import { allPorts, type PortRange } from '../../../src/net/protocol.ts';
import { unexpected } from '../strict-json.ts';

/** All parts that are there must match. */
export interface SavedRule {
  readonly source: AddressMatch | null;
  readonly destination: AddressMatch | null;
  /** `tcp` */
  readonly protocol: string | null;
  readonly ports: readonly PortRange[] | null;
  readonly icmpType: number | null;
  /** `ESTABLISHED` */
  readonly state: string | null;
  readonly verdict: SavedVerdict;
}

/** `-s`, `--src-range`, `--match-set … src` */
export interface AddressMatch {
  readonly kind: 'prefix' | 'range' | 'set';
  readonly text: string;
}

export type SavedVerdict =
  { readonly kind: 'return' | 'drop' } | { readonly kind: 'jump' | 'goto'; readonly chain: string };

/** Throws at everything else, inverted matches included. Comments mean nothing. */
export function parseRule(words: readonly string[]): SavedRule {
  const parts = new Map<string, readonly string[]>();
  const modules: string[] = [];
  for (let at = 0; at < words.length;) {
    const name = words[at] ?? '';
    const count = wordsBehind[name];
    if (count === undefined) throw unexpected('a rule', words.join(' '));
    const values = words.slice(at + 1, at + 1 + count);
    if (values.length < count || values.some((value) => name !== '--comment' && value.startsWith('-'))) {
      throw unexpected(`${count} words behind ${name}`, words.join(' '));
    }
    if (name === '-m') modules.push(values[0] ?? '');
    else if (parts.has(name)) throw unexpected(`${name} once`, words.join(' '));
    else parts.set(name, values);
    at += 1 + count;
  }
  return ruleOf((name) => parts.get(name)?.[0] ?? null, parts, modules, words);
}

/** What an option has behind it. */
const wordsBehind: Readonly<Record<string, number>> = {
  ...{ '-s': 1, '-d': 1, '-p': 1, '-m': 1, '-j': 1, '-g': 1, '--comment': 1, '--ctstate': 1 },
  ...{ '--dport': 1, '--dports': 1, '--icmp-type': 1, '--icmpv6-type': 1 },
  ...{ '--src-range': 1, '--dst-range': 1, '--match-set': 2 },
};

function ruleOf(
  part: (name: string) => string | null,
  parts: ReadonlyMap<string, readonly string[]>,
  modules: readonly string[],
  words: readonly string[],
): SavedRule {
  const protocol = part('-p');
  const ports = part('--dports') ?? part('--dport');
  const icmpType = part('--icmp-type') ?? part('--icmpv6-type');
  const expected = [
    ...(part('--dport') === null ? [] : [protocol ?? '']),
    ...(part('--dports') === null ? [] : ['multiport']),
    ...(part('--icmp-type') === null ? [] : ['icmp']),
    ...(part('--icmpv6-type') === null ? [] : ['icmp6']),
    ...(part('--ctstate') === null ? [] : ['conntrack']),
    ...(part('--match-set') === null ? [] : ['set']),
    ...(part('--comment') === null ? [] : ['comment']),
    ...(parts.has('--src-range') || parts.has('--dst-range') ? ['iprange'] : []),
  ];
  if (expected.toSorted().join() !== [...modules].sort().join())
    throw unexpected('modules that are used', words.join(' '));
  return {
    source: addressMatch(parts, 's', words),
    destination: addressMatch(parts, 'd', words),
    protocol,
    ports: ports === null ? null : ports.split(',').map(parsePorts),
    icmpType: icmpType === null ? null : parseNumber(icmpType, 255),
    state: part('--ctstate'),
    verdict: verdictOf(part('-j'), part('-g'), words),
  };
}

function addressMatch(
  parts: ReadonlyMap<string, readonly string[]>,
  side: 's' | 'd',
  words: readonly string[],
): AddressMatch | null {
  const [set, flag] = parts.get('--match-set') ?? [];
  if (flag !== undefined && flag !== 'src' && flag !== 'dst') throw unexpected('src or dst', flag);
  const prefix = parts.get(`-${side}`)?.[0];
  const range = parts.get(side === 's' ? '--src-range' : '--dst-range')?.[0];
  const own = flag === (side === 's' ? 'src' : 'dst') ? set : undefined;
  const matches = [
    ...(prefix === undefined ? [] : [{ kind: 'prefix', text: prefix } as const]),
    ...(range === undefined ? [] : [{ kind: 'range', text: range } as const]),
    ...(own === undefined ? [] : [{ kind: 'set', text: own } as const]),
  ];
  if (matches.length > 1) throw unexpected('one match a side', words.join(' '));
  return matches[0] ?? null;
}

/** `80`, `1000:2000` */
function parsePorts(text: string): PortRange {
  const [first = '', last = first, ...rest] = text.split(':');
  const range = { first: parseNumber(first, allPorts.last), last: parseNumber(last, allPorts.last) };
  if (rest.length > 0 || range.first > range.last) throw unexpected('ports', text);
  return range;
}

function parseNumber(text: string, most: number): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > most) throw unexpected('a number', text);
  return Number(text);
}

function verdictOf(jump: string | null, goto: string | null, words: readonly string[]): SavedVerdict {
  if (jump !== null && goto === null) {
    if (jump === 'RETURN') return { kind: 'return' };
    if (jump === 'DROP') return { kind: 'drop' };
    if (/^(?:NPC1-|NETPOLC-)/.test(jump)) return { kind: 'jump', chain: jump };
  }
  if (goto !== null && jump === null) return { kind: 'goto', chain: goto };
  throw unexpected('a verdict of ours', words.join(' '));
}
