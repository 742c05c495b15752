// What load.sh refuses: nothing has changed then, and it says what to do.
import * as assert from 'uvu/assert';
import { describe } from '../../kit/suite.ts';
import type { Files } from './load-generations.ts';
import { brokenFamily, foreign, onMachine, variants, type Variant } from './load-machine.ts';

interface Refusal {
  /** What is done to the machine, or to the files of generation B, beforehand. */
  readonly setUp?: string;
  readonly files?: Files;
  readonly run?: string;
  readonly exitCode: number;
  readonly said: RegExp;
}

/** Runs load.sh where programs of these names are not installed. */
const without = (names: string, run = 'sh B/load.sh $v'): string =>
  `export v; unshare --mount sh -euc '
     for directory in /usr/bin /usr/sbin; do
       mkdir -p hidden$directory shown$directory; mount --bind $directory hidden$directory
       ls hidden$directory | grep -v -x -E "${names}" | while read name; do
         ln -s "$PWD/hidden$directory/$name" shown$directory
       done
       mount --bind shown$directory $directory
     done
     ${run}'`;

const refusals: Readonly<Record<string, Refusal>> = {
  'the rules of a family are missing': {
    setUp: 'rm B/v6.rules',
    exitCode: 3,
    said: /^netpolc: `B\/v6.rules` is missing$/m,
  },
  'the sets are missing': { setUp: 'rm B/ipset', exitCode: 3, said: /^netpolc: `B\/ipset` is missing$/m },
  'the sets are missing, which no rule refers to': {
    setUp: 'rm B/ipset; sed -i "s/-m set --match-set [^ ]* src//" B/v4.rules B/v6.rules',
    exitCode: 3,
    said: /^netpolc: `B\/ipset` is missing$/m,
  },
  'one family does without sets and the other does not': {
    setUp: 'cp plainB/v4.rules B',
    exitCode: 3,
    said: /^netpolc: `B\/v6.rules` refers to sets, and `B\/v4.rules` was compiled with --no-ipset$/m,
  },
  'a file was cut off': {
    setUp: 'sed -i "/^COMMIT/d" B/v6.rules',
    exitCode: 3,
    said: /^netpolc: `B\/v6.rules` is not complete$/m,
  },
  'a file has no way into its chains': {
    setUp: 'sed -i "/^-A NETPOLC-INPUT/d" B/v4.rules',
    exitCode: 3,
    said: /^netpolc: `B\/v4.rules` is not complete$/m,
  },
  'a file would change rules of others': {
    setUp: 'sed -i "s/^COMMIT/-A FORWARD -j ACCEPT\\nCOMMIT/" B/v4.rules',
    exitCode: 3,
    said: /^netpolc: `B\/v4.rules` has a line that netpolc did not write: \d+:-A FORWARD -j ACCEPT$/m,
  },
  'the sets would change sets of others': {
    setUp: 'echo "flush theirs" >> B/ipset',
    exitCode: 3,
    said: /^netpolc: `B\/ipset` has a line that netpolc did not write: \d+:flush theirs$/m,
  },
  'the families come from different compilations': {
    setUp: `for family in 4 6; do sed -i "s/ESTABLISHED -j/ESTABLISHED -m comment --comment \\"netpolc ir:of$family\\" -j/" B/v$family.rules; done`,
    exitCode: 3,
    said: /^netpolc: `B\/v4.rules` and `B\/v6.rules` come from different compilations$/m,
  },
  'iptables-restore refuses IPv4': {
    files: brokenFamily(4),
    run: 'sh broken/load.sh $v',
    exitCode: 4,
    said: /--no-such-thing[^]*^netpolc: `broken\/v4.rules` was refused, see above; the rules from before stay in force$/m,
  },
  'iptables-restore refuses IPv6 after it took IPv4': {
    files: brokenFamily(6),
    run: 'sh broken/load.sh $v',
    exitCode: 4,
    said: /--no-such-thing[^]*^netpolc: `broken\/v6.rules` was refused, see above; the rules from before stay in force$/m,
  },
  'a set is refused': {
    setUp: 'grep "^add npc4" B/ipset | sed "s/10[.]0[.]1[.]2/10.0.1.3/" >> B/ipset',
    exitCode: 4,
    said: /^netpolc: `B\/ipset` was refused, see above; the rules from before stay in force$/m,
  },
  'ipset is not installed': {
    run: without('ipset'),
    exitCode: 4,
    said: /^netpolc: `ipset` is not installed$/m,
  },
  'flock is not installed': {
    run: without('flock'),
    exitCode: 4,
    said: /^netpolc: `flock` is not installed$/m,
  },
  'a family has no programs': {
    run: without('ip6tables(-nft|-legacy)?-restore'),
    exitCode: 4,
    said: /^netpolc: `ip6tables-(nft|legacy)-restore` is not installed$/m,
  },
  'there is no iptables to choose': {
    run: without('ip6?tables.*', 'sh B/load.sh'),
    exitCode: 4,
    said: /^netpolc: `iptables` is not installed$/m,
  },
  'the variant is unknown': {
    run: 'sh B/load.sh pf',
    exitCode: 2,
    said: /^netpolc: not a variant of iptables: `pf`$/m,
  },
  'it is called by another name': {
    run: 'sh -s $v < B/load.sh',
    exitCode: 2,
    said: /^netpolc: called as `sh`$/m,
  },
  'its user may not': {
    run: 'setpriv --bounding-set=-all --inh-caps=-all sh B/load.sh $v',
    exitCode: 4,
    said: /^netpolc: /m,
  },
  '/run may not be written': {
    setUp: 'rm /run/netpolc.lock; mount -o remount,ro /run',
    exitCode: 4,
    said: /^netpolc: `\/run\/netpolc.lock` cannot be written$/m,
  },
  'no file system has room': {
    setUp:
      'mount -t tmpfs -o size=4k,nr_inodes=2 none tmp; mount -t tmpfs -o nr_inodes=1 none /run; export TMPDIR=$PWD/tmp',
    exitCode: 4,
    said: /^netpolc: `\/run\/netpolc.lock` cannot be written$/m,
  },
};

/** Runs something on a machine that has generation A and rules of others, and tells what it did. */
async function refused(
  variant: Variant,
  setUp: string,
  files: Files,
  run: string,
): Promise<{ readonly exitCode: number; readonly said: string; readonly changes: string }> {
  const out = await onMachine(
    variant,
    `${foreign}\nload A; mkdir tmp; everything > before\n${setUp}\ncode=0; (${run}) > said 2>&1 || code=$?
     everything | diff before - > changes || true
     echo $code; cat said; echo ==; cat changes`,
    files,
  );
  const [, code = '', said = '', changes = ''] = /^(\d+)\n([^]*)==\n([^]*)$/.exec(out) ?? [];
  return { exitCode: Number(code), said, changes };
}

for (const variant of variants)
  describe(`load.sh ${variant} changes nothing`, (test) => {
    for (const [what, { setUp = '', files = {}, run = 'sh B/load.sh $v', exitCode, said }] of Object.entries(refusals))
      test(`when ${what}`, async () => {
        const out = await refused(variant, `${setUp}\n`, files, run);
        assert.is(out.exitCode, exitCode, out.said);
        assert.match(out.said, said);
        assert.match(out.said, /^ {2}hint: ./m);
        assert.is(out.changes, '');
      });
  });
