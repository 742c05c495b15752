import * as assert from 'uvu/assert';
import type { Match, Rule, Verdict } from '../../../targets/iptables/iptables-plan.ts';
import { ruleMeaning, ruleText } from '../../../targets/iptables/rule-text.ts';
import { safeText } from '../../../targets/shared/safe-text.ts';
import { describe } from '../../kit/suite.ts';

const drop: Verdict = { kind: 'drop' };
const text = (matches: readonly Match[], verdict: Verdict = drop): string =>
  ruleText({ matches, verdict, comment: null });

describe('rules as text', (test) => {
  test('every match in the words of iptables', () => {
    const cases: readonly (readonly [Match, string])[] = [
      [{ kind: 'prefix', side: 'source', prefix: '10.0.0.0/8' }, '-s 10.0.0.0/8'],
      [{ kind: 'prefix', side: 'destination', prefix: 'fd00::1/128' }, '-d fd00::1/128'],
      [
        { kind: 'range', side: 'source', first: '10.0.0.1', last: '10.0.0.9' },
        '-m iprange --src-range 10.0.0.1-10.0.0.9',
      ],
      [{ kind: 'range', side: 'destination', first: '::1', last: '::9' }, '-m iprange --dst-range ::1-::9'],
      [{ kind: 'set', side: 'source', set: 'npc4sx' }, '-m set --match-set npc4sx src'],
      [{ kind: 'set', side: 'destination', set: 'npc4sx' }, '-m set --match-set npc4sx dst'],
      [{ kind: 'protocol', protocol: 'sctp' }, '-p sctp'],
      [{ kind: 'ports', protocol: 'tcp', ports: ['80'] }, '-p tcp -m multiport --dports 80'],
      [{ kind: 'ports', protocol: 'udp', ports: ['53', '100:200'] }, '-p udp -m multiport --dports 53,100:200'],
      [{ kind: 'icmp-type', protocol: 'icmp', type: 8 }, '-p icmp -m icmp --icmp-type 8'],
      [{ kind: 'icmp-type', protocol: 'ipv6-icmp', type: 133 }, '-p ipv6-icmp -m icmp6 --icmpv6-type 133'],
      [{ kind: 'state', state: 'RELATED' }, '-m conntrack --ctstate RELATED'],
    ];
    for (const [match, words] of cases) assert.is(text([match]), `${words} -j DROP`);
  });
  test('every verdict; none of them is ACCEPT', () => {
    assert.is(text([], { kind: 'return' }), '-j RETURN');
    assert.is(text([], { kind: 'jump', chain: 'A' }), '-j A');
    assert.is(text([], { kind: 'goto', chain: 'A' }), '-g A');
  });
  test('the comment stands before the verdict and is no part of the meaning', () => {
    const rule: Rule = {
      matches: [{ kind: 'protocol', protocol: 'tcp' }],
      verdict: drop,
      comment: safeText('prod/db "x"', 100),
    };
    assert.is(ruleText(rule), '-p tcp -m comment --comment "prod/db _x_" -j DROP');
    assert.is(ruleMeaning(rule), '-p tcp -j DROP');
  });
});
