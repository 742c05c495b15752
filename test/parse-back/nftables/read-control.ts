// The rules of a base chain that come before addresses are looked at: states and control messages.
import type { ControlPacket, ControlVerdict } from '../hook-facts.ts';
import { walkControlRules, type ControlRule } from '../control-rules.ts';
import { must } from '../../kit/must.ts';
import { unexpected } from '../strict-json.ts';
import { plainText, type NftChain, type NftRule, type NftStatement } from './listing.ts';
import { looksAtAddresses } from './read-lookups.ts';

type Test = ControlRule['matches'];

/** What becomes of a packet by these rules; `judged` when it is left to the rules behind them. */
export function readControl(chain: NftChain, chains: readonly NftChain[]): (packet: ControlPacket) => ControlVerdict {
  const end = chain.rules.findIndex(looksAtAddresses);
  const rules = chain.rules.slice(0, end === -1 ? undefined : end).map((rule) => readRule(rule, chains));
  return (packet) => walkControlRules(rules, packet) ?? 'judged';
}

function readRule({ statements }: NftRule, chains: readonly NftChain[]): ControlRule {
  const tests = statements.slice(0, -1).map(readTest);
  return {
    matches: (packet) => tests.every((test) => test(packet)),
    verdict: readVerdict(statements.at(-1) ?? '', chains),
  };
}

/** Rules only ever lead to rules further down in the listing of calls: a circle would not load. */
function readVerdict(statement: NftStatement, chains: readonly NftChain[]): ControlRule['verdict'] {
  if (statement === 'accept') return 'passes';
  if (statement === 'drop') return 'dropped';
  const name = /^jump (\S+)$/.exec(plainText(statement))?.[1];
  if (name === undefined) throw unexpected('accept, drop or jump', statement);
  const { rules } = must(
    chains.find((chain) => chain.name === name),
    name,
  );
  return { kind: 'jump', rules: rules.map((rule) => readRule(rule, chains)) };
}

/** nft adds to a comparison of types that family and protocol are the ones that have such types. */
function readTest(statement: NftStatement): Test {
  const [, selector = '', values = ''] =
    /^(ct state|meta l4proto|icmp type|icmpv6 type) (.*)$/.exec(plainText(statement)) ?? [];
  const names = values.replace(/^\{ (.*) \}$/, '$1').split(', ');
  switch (selector) {
    case 'ct state':
      return ({ state }) => names.includes(state);
    case 'meta l4proto': {
      const numbers = names.map((name) => must({ icmp: 1, 'ipv6-icmp': 58 }[name], name));
      return ({ protocol }) => numbers.includes(protocol);
    }
    case 'icmp type': {
      const types = names.map((name) => must(icmpTypes[name], name));
      return ({ family, protocol, type }) => family === 'IPv4' && protocol === 1 && types.includes(type);
    }
    case 'icmpv6 type': {
      const types = names.map((name) => must(icmpv6Types[name], name));
      return ({ family, protocol, type }) => family === 'IPv6' && protocol === 58 && types.includes(type);
    }
    default:
      throw unexpected('a state or a control message', statement);
  }
}

/** nft's names for IANA's numbers, as `nft describe icmp type` and `nft describe icmpv6 type` print them. */
const icmpTypes: Readonly<Record<string, number>> = {
  'echo-reply': 0,
  'destination-unreachable': 3,
  redirect: 5,
  'echo-request': 8,
  'time-exceeded': 11,
  'parameter-problem': 12,
};

const icmpv6Types: Readonly<Record<string, number>> = {
  'destination-unreachable': 1,
  'packet-too-big': 2,
  'time-exceeded': 3,
  'parameter-problem': 4,
  'echo-request': 128,
  'echo-reply': 129,
  'mld-listener-query': 130,
  'mld-listener-report': 131,
  'mld-listener-done': 132,
  'nd-router-solicit': 133,
  'nd-router-advert': 134,
  'nd-neighbor-solicit': 135,
  'nd-neighbor-advert': 136,
  'nd-redirect': 137,
  'mld2-listener-report': 143,
};
