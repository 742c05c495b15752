// Rules as iptables-save prints them.
import * as assert from 'uvu/assert';
import { describe } from '../../kit/suite.ts';
import { parseRule, type SavedRule } from './rule.ts';
import { splitWords } from './words.ts';

const anything = { source: null, destination: null, protocol: null, ports: null, icmpType: null, state: null };
const parse = (line: string): SavedRule => parseRule(splitWords(line));

describe('rules of iptables', (test) => {
  test('what each part matches', () => {
    assert.equal(
      parse('-d 10.0.0.7/32 -p tcp -m multiport --dports 80,1000:2000 -m comment --comment "a b" -g NPC1-X'),
      {
        ...anything,
        destination: { kind: 'prefix', text: '10.0.0.7/32' },
        protocol: 'tcp',
        ports: [
          { first: 80, last: 80 },
          { first: 1000, last: 2000 },
        ],
        verdict: { kind: 'goto', chain: 'NPC1-X' },
      },
    );
    assert.equal(parse('-m set --match-set npc4s src -j RETURN'), {
      ...anything,
      source: { kind: 'set', text: 'npc4s' },
      verdict: { kind: 'return' },
    });
    assert.equal(parse('-m iprange --dst-range 10.0.0.1-10.0.0.9 -j DROP'), {
      ...anything,
      destination: { kind: 'range', text: '10.0.0.1-10.0.0.9' },
      verdict: { kind: 'drop' },
    });
    assert.equal(parse('-p icmp -m icmp --icmp-type 3 -m conntrack --ctstate RELATED -j RETURN'), {
      ...anything,
      ...{ protocol: 'icmp', icmpType: 3, state: 'RELATED', verdict: { kind: 'return' } },
    });
  });
  const refused = [
    '-j ACCEPT',
    '-j DROP -g NPC1-X',
    '-p tcp',
    '! -s 10.0.0.7/32 -j DROP',
    '-s 10.0.0.7/32 -s 10.0.0.8/32 -j DROP',
    '-s 10.0.0.7/32 -m set --match-set npc4s src -j DROP',
    '-p tcp -m tcp --sport 80 -j DROP',
    '-p tcp -m multiport --dports 70000 -j DROP',
    '-p tcp -m multiport --dports 90:80 -j DROP',
    '-m multiport -j DROP',
    '-m set --match-set npc4s src,dst -j DROP',
    '-p icmp -m icmp --icmp-type 3/1 -j DROP',
    '-i eth0 -j DROP',
  ];
  for (const line of refused) {
    test(`\`${line}\` is refused`, () => {
      assert.throws(() => parse(line));
    });
  }
});
