// A rule as iptables writes it, in the order and the words of iptables-save.
import type { Match, Rule, Side, Verdict } from './iptables-plan.ts';

/** What follows `-A CHAIN`, with the comment. */
export function ruleText({ matches, verdict, comment }: Rule): string {
  const words = matches.map(matchText);
  if (comment !== null) words.push(`-m comment --comment "${comment}"`);
  words.push(verdictText(verdict));
  return words.join(' ');
}

/** The same without the comment: all that a rule means. */
export function ruleMeaning(rule: Rule): string {
  return ruleText({ ...rule, comment: null });
}

function matchText(match: Match): string {
  switch (match.kind) {
    case 'prefix':
      return `-${match.side === 'source' ? 's' : 'd'} ${match.prefix}`;
    case 'range':
      return `-m iprange --${short(match.side)}-range ${match.first}-${match.last}`;
    case 'set':
      return `-m set --match-set ${match.set} ${short(match.side)}`;
    case 'protocol':
      return `-p ${match.protocol}`;
    case 'ports':
      // Looks at the ports alone. `-m tcp` drops, for everybody, what ends behind them.
      return `-p ${match.protocol} -m multiport --dports ${match.ports.join(',')}`;
    case 'icmp-type':
      return match.protocol === 'icmp'
        ? `-p icmp -m icmp --icmp-type ${match.type}`
        : `-p ipv6-icmp -m icmp6 --icmpv6-type ${match.type}`;
    case 'state':
      return `-m conntrack --ctstate ${match.state}`;
  }
}

function verdictText(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'return':
      return '-j RETURN';
    case 'drop':
      return '-j DROP';
    case 'jump':
      return `-j ${verdict.chain}`;
    case 'goto':
      return `-g ${verdict.chain}`;
  }
}

function short(side: Side): 'src' | 'dst' {
  return side === 'source' ? 'src' : 'dst';
}
