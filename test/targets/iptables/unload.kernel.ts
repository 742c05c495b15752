// unload.sh on machines of its own: it takes away what load.sh brought, however it was left, and nothing else.
import * as assert from 'uvu/assert';
import { describe } from '../../kit/suite.ts';
import { foreign, onMachine, variants } from './load-machine.ts';

/** Where a load was killed, or what people did to our rules. */
const conditions: Readonly<Record<string, string>> = {
  'sets and rules of a generation': 'load A',
  'rules of a generation without sets': 'load plainB',
  'jumps that people added, to our chains and from their own': `load A; iptables-$v -A FORWARD -p udp -j NETPOLC-FORWARD
    iptables-$v -A THEIRS -j NETPOLC-INPUT; ip6tables-$v -A INPUT -m comment --comment 'a b' -g NETPOLC-INPUT`,
  'chains without a jump': 'load A; iptables-$v -D FORWARD -j NETPOLC-FORWARD; ip6tables-$v -D INPUT -j NETPOLC-INPUT',
  'one family': `load A; ip6tables-$v-save -t filter | sed '/NPC1-/d; /^:NETPOLC-/d; /-j NETPOLC-[A-Z]*$/d' | ip6tables-$v-restore`,
  'sets alone': 'ipset restore < A/ipset',
  'what a killed load left': `load A; mkdir bin
    printf '%s\\n' '#!/bin/sh' 'if [ "$1" = swap ]; then kill -9 0; fi' "exec $(command -v ipset) \\"\\$@\\"" > bin/ipset
    chmod +x bin/ipset; PATH="$PWD/bin:$PATH" setsid --wait sh B/load.sh $v 2> /dev/null || true`,
};

for (const variant of variants)
  describe(`unload.sh ${variant}`, (test) => {
    for (const [what, setUp] of Object.entries(conditions))
      test(`removes ${what}`, async () => {
        const out = await onMachine(
          variant,
          // Restoring what iptables-save said sets counters of a family to zero: they are no part of this comparison.
          `${foreign}\nstate() { everything | sed 's/^\\[[0-9:]*\\] //'; }
           state > before\n${setUp}\n! state | cmp -s before -; unload; state | diff before -; unload; state | diff before -`,
        );
        assert.is(out, '');
      });
    test('has nothing to do on a clean machine, and does not even make a table', async () => {
      const out = await onMachine(
        variant,
        'sh A/unload.sh $v; nft list ruleset; cat /proc/net/ip_tables_names 2> /dev/null || true',
      );
      assert.is(out, `netpolc: nothing is loaded through iptables-${variant}\n`);
    });
    test('says which sets others keep, and how to go on', async () => {
      const out = await onMachine(
        variant,
        `load A; iptables-$v -A FORWARD -m set --match-set $(ipset list -name | sed -n /npc4/p) src -j ACCEPT
         if sh A/unload.sh $v 2> said; then exit 9; else echo $?; fi; cat said; ipset list -name
         iptables-$v -F FORWARD; unload; ipset list -name`,
      );
      assert.match(
        out,
        /^4\nnetpolc: sets are still there: .*in use.*\n {2}hint: remove rules of others that refer to them, and run this again\nnpc4sA\w+\n$/,
      );
    });
    test('refuses a chain that somebody else enters directly, and leaves that family as it was', async () => {
      const out = await onMachine(
        variant,
        `load A; chain=$(sed -n 's/^:\\(NPC1-P[^ ]*\\).*/\\1/p' A/v4.rules); iptables-$v -A OUTPUT -j $chain
         iptables-$v-save -t filter | sed /^#/d > before
         if sh A/unload.sh $v 2> said; then exit 9; else echo $?; fi; tail -n 2 said
         iptables-$v-save -t filter | sed /^#/d | diff before -; iptables-$v -F OUTPUT; unload; everything | grep -c N[EP][TC] || true`,
      );
      assert.is(
        out,
        '4\nnetpolc: the filter table of IPv4 could not be changed, see above\n' +
          '  hint: remove rules of others that refer to our chains, and run this again\n0\n',
      );
    });
    test('works with no other file beside it, and refuses what is no variant', async () => {
      const out = await onMachine(
        variant,
        `load A; mkdir alone; cp A/unload.sh alone; cd alone; sh unload.sh pf 2>&1 || echo $?; sh unload.sh $v; ipset list -name`,
      );
      assert.is(
        out,
        'netpolc: not a variant of iptables: `pf`\n  hint: usage: sh unload.sh [nft|legacy]\n2\n' +
          `netpolc: nothing is loaded through iptables-${variant}\n`,
      );
    });
  });
