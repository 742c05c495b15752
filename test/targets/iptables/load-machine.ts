// A machine that load.sh and unload.sh may do anything to: namespaces of its own, which end with the script.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createRealHost } from '../../../src/host/real-host.ts';
import { inNamespaces, scriptHead } from '../../../src/replay/namespaces.ts';
import { loadScript, unloadScript } from '../../../targets/iptables/scripts.ts';
import { generation, type Files } from './load-generations.ts';

export const variants = ['nft', 'legacy'] as const;

export type Variant = (typeof variants)[number];

const host = createRealHost();

const scripts = { 'load.sh': loadScript, 'unload.sh': unloadScript };

/** Generations A and B with sets, and A and B without, each in a folder of its own. */
export const generations: Files = {
  ...generation('A', 'ipset', 'A/', scripts),
  ...generation('B', 'ipset', 'B/', scripts),
  ...generation('A', 'no-ipset', 'plainA/', scripts),
  ...generation('B', 'no-ipset', 'plainB/', scripts),
};

/**
 * Runs a script as root of a machine without any rules, in a folder with the generations and other files, and gives what it
 * printed. `$v` is the variant. Fails when the script does.
 */
export async function onMachine(variant: Variant, script: string, files: Files = {}): Promise<string> {
  const folder = await host.makeTemporaryFolder();
  try {
    const all = { ...generations, ...files, 'main.sh': [...scriptHead, `v=${variant}`, helpers, script].join('\n') };
    for (const [name, text] of Object.entries(all)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    const { exitCode, stdout, stderr } = await host.run({ argv: inNamespaces(host, `${folder}/main.sh`), stdin: null });
    if (exitCode !== 0) throw new Error(`exit code ${exitCode}\n${stdout}\n${stderr}`);
    return stdout;
  } finally {
    await host.remove(folder);
  }
}

/** Generation B in a folder `broken`, with a line of one family that iptables-restore refuses. */
export function brokenFamily(family: 4 | 6): Files {
  const files = generation('B', 'ipset', 'broken/', { 'load.sh': loadScript });
  const name = `broken/v${family}.rules`;
  return { ...files, [name]: (files[name] ?? '').replace('-p udp -j DROP', '-p udp --no-such-thing -j DROP') };
}

/** Rules, chains and sets of other people in all tables, with counters; some look a little like ours. */
export const foreign = `
for family in ip ip6; do
  { echo '*filter'
    echo ':THEIRS - [0:0]'
    echo '[3:300] -A FORWARD -m comment --comment "to NETPOLC-FORWARD -j NETPOLC-FORWARD" -j ACCEPT'
    echo '[4:400] -A FORWARD -m comment --comment NETPOLC-FORWARD'
    echo '[5:500] -A INPUT -p tcp -m tcp --dport 22 -j THEIRS'
    echo '[6:600] -A THEIRS -j LOG --log-prefix "it is \\\\"theirs\\\\" "'
    echo COMMIT
    for table in mangle raw nat; do
      printf '*%s\\n:NPC9-LIKE-OURS - [0:0]\\n[7:700] -A PREROUTING -p udp -j NPC9-LIKE-OURS\\nCOMMIT\\n' $table
    done
  } | $family"tables-$v-restore" --counters
done
ipset create theirs hash:ip; ipset add theirs 192.0.2.1; ipset create npc4 hash:ip
iptables-$v -A INPUT -m set --match-set theirs src -j DROP
`;

const helpers = `
load() { sh "$1/load.sh" $v > /dev/null; }
unload() { sh A/unload.sh $v > /dev/null; }

# Everything that anybody may have set up, with counters.
everything() {
  for family in ip ip6; do
    $family"tables-nft-save" -c; $family"tables-legacy-save" -c
  done 2> /dev/null | sed -e '/^#/d' -e 's/^\\(:[^ ]* [^ ]*\\) .*/\\1/'
  ipset save
}

# DIRECTORY: what is left on the machine that this generation does not have, and what it has that is missing.
differences() {
  for family in 4 6; do
    "ip\${family#4}tables-$v-save" -t filter | sed -n 's/^:\\(N[^ ]*\\) .*/\\1/p' | sort > have
    sed -n 's/^:\\([^ ]*\\) .*/\\1/p' "$1/v$family.rules" | sort | diff - have || true
    "ip\${family#4}tables-$v-save" -t filter | grep '^-A NETPOLC' > have
    grep '^-A NETPOLC' "$1/v$family.rules" | diff - have || true
  done
  ipset list -name | sort > have
  if [ -e "$1/ipset" ]; then sed -n 's/^create \\([^ ]*\\) .*/\\1/p' "$1/ipset" | sort | diff - have || true; else cat have; fi
}
`;
