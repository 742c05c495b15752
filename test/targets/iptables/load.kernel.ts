// load.sh on machines of its own: what it leaves, and what it leaves alone.
import * as assert from 'uvu/assert';
import { describe } from '../../kit/suite.ts';
import { brokenFamily, foreign, generations, onMachine, variants } from './load-machine.ts';

for (const variant of variants)
  describe(`load.sh ${variant}`, (test) => {
    test('each load leaves its generation and nothing else, with sets, without, and one after the other', async () => {
      const order = 'A A B plainA plainA plainB A plainB B';
      const out = await onMachine(variant, `for each in ${order}; do load $each; differences $each; done; echo fine`);
      assert.is(out, 'fine\n');
    });

    test('sets that an earlier compilation left beside rules without sets are not looked at', async () => {
      const out = await onMachine(
        variant,
        `load A; cp A/ipset plainB; load plainB; rm plainB/ipset; differences plainB
         echo 'create theirs hash:ip' > plainA/ipset; load plainA; rm plainA/ipset; differences plainA; echo fine`,
      );
      assert.is(out, 'fine\n');
    });

    test('there is one jump from each built-in chain, and it is the first rule', async () => {
      const out = await onMachine(
        variant,
        `for time in 1 2 3 4 5 6 7 8 9 10; do load A; done
         count() { for p in iptables ip6tables; do for hook in FORWARD INPUT; do $p-$v -S $hook | grep -n NETPOLC || true; done; done; }
         count
         for p in iptables ip6tables; do
           $p-$v -I FORWARD -j ACCEPT; $p-$v -A FORWARD -j NETPOLC-FORWARD; $p-$v -A FORWARD -p udp -j NETPOLC-FORWARD
           $p-$v -I INPUT -s ::/1 -j ACCEPT || $p-$v -I INPUT -s 0.0.0.0/1 -j ACCEPT
           $p-$v -A INPUT -m comment --comment 'one more' -g NETPOLC-INPUT; $p-$v -A INPUT -j NETPOLC-INPUT
         done 2> /dev/null
         load B; count`,
      );
      const jumps = ['FORWARD', 'INPUT', 'FORWARD', 'INPUT']
        .map((hook) => `2:-A ${hook} -j NETPOLC-${hook}\n`)
        .join('');
      assert.is(out, jumps + jumps);
    });

    test('rules, chains and sets of others stay as they are, counters too, while ours come, change and go', async () => {
      const out = await onMachine(
        variant,
        `${foreign}
         everything > before; grep -c THEIRS before
         theirs() { everything | grep -v -e '-[jg] NETPOLC-[FI][A-Z]*$' -e NPC1- -e '^:NETPOLC' -e npc[46]s; }
         for each in A B plainA B; do load $each; theirs | diff before -; done
         unload; everything | diff before -`,
      );
      assert.is(out, '6\n');
    });

    test('it finds its files by its own name, from everywhere, and takes the variant that iptables is', async () => {
      const usual = await onMachine(
        variant,
        `mkdir bin; for each in iptables iptables-save iptables-restore; do
           ln -s "$(command -v "\${each%%-*}-$v\${each#iptables}")" bin/$each; ln -s "$(command -v "ip6\${each#ip}")" bin/ip6\${each#ip}
         done
         PATH="$PWD/bin:$PATH"; here=$PWD
         cd /; sh "$here/n1.load.sh" | sed "s|$here|HERE|g"; cd "$here/A"; sh load.sh; sh unload.sh; cd ..; sh A/load.sh; differences A`,
        prefixed,
      );
      assert.is(
        usual,
        [
          `netpolc: HERE/n1.v4.rules and HERE/n1.v6.rules are in force through iptables-${variant}`,
          `netpolc: v4.rules and v6.rules are in force through iptables-${variant}`,
          `netpolc: nothing is loaded through iptables-${variant}`,
          `netpolc: A/v4.rules and A/v6.rules are in force through iptables-${variant}`,
          '',
        ].join('\n'),
      );
    });

    test('several at once come one after the other, and wait for whoever holds the lock', async () => {
      const out = await onMachine(
        variant,
        `pids=
         for each in A B plainA A plainB B; do load $each 2> said-$each & pids="$pids $!"; done
         for pid in $pids; do wait $pid; done
         load A; differences A; cat said-* | sort -u
         flock /run/netpolc.lock sleep 0.5 & sleep 0.1; load B 2>&1; differences B`,
      );
      assert.is(out, 'netpolc: waits for another load or unload\n'.repeat(2));
    });

    test('it leaves no files behind, wherever temporary files go', async () => {
      const out = await onMachine(
        variant,
        `mkdir tmp; export TMPDIR="$PWD/tmp"; load A; load B; if load broken 2> /dev/null; then exit 9; fi; unload
         ls tmp; find A B -newer main.sh -type f -mmin -0.001; find /run -type f ! -name xtables.lock`,
        brokenFamily(6),
      );
      assert.is(out, '/run/netpolc.lock\n');
    });

    test('refuses while rules are loaded through the other variant', async () => {
      const other = variant === 'nft' ? 'legacy' : 'nft';
      const out = await onMachine(
        variant,
        `sh A/load.sh ${other} > /dev/null; everything > before
         for script in B/load.sh A/unload.sh; do
           if sh $script $v 2> said; then exit 9; else echo $?; fi; cat said; everything | diff before -
         done`,
      );
      const said = `4\nnetpolc: rules of netpolc are loaded through iptables-${other}; nothing was changed\n  hint: give \`${other}\` as argument, or remove them first with unload.sh ${other}\n`;
      assert.is(out, said + said);
    });
  });

const prefixed = Object.fromEntries(
  Object.entries(generations).flatMap(([name, text]) => (name.startsWith('A/') ? [[`n1.${name.slice(2)}`, text]] : [])),
);
