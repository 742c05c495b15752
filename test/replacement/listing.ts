// Everything that rules may have left on a machine, as sorted lines: equal for equal states, however they came about.
import type { Host } from '../../src/host/host.ts';

/** What the kernel and `/run` hold of any engine's, and of nobody else's: these namespaces have no other rules. */
export async function listState(host: Host): Promise<readonly string[]> {
  const parts = await Promise.all(
    commands.map(async (command) => {
      const { exitCode, stdout, stderr } = await host.run({ argv: ['sh', '-c', command], stdin: null });
      if (exitCode !== 0) throw new Error(`${command}: ${stderr}`);
      return stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    }),
  );
  return parts.flat().map(withoutChance).sort();
}

/** Tools that are not installed have left nothing. */
const commands = [
  // Without the number of the load, which load.sh appends to names: what an earlier load left would be there twice.
  optional('nft', `nft -s list ruleset | sed 's/_g[0-9]*\\b//g'`),
  optional('iptables-legacy-save', 'iptables-legacy-save; ip6tables-legacy-save'),
  optional('ipset', 'ipset save'),
  'find /run /sys/fs/bpf -path /run/netns -prune -o -print',
  // Generations that are kept, by key: the numbers of their maps are others every time.
  optional(
    'bpftool',
    'for pin in $(find /sys/fs/bpf -type f); do ' +
      'bpftool map show pinned "$pin" 2> /dev/null | grep -q hash_of_maps || continue; ' +
      `bpftool -j map dump pinned "$pin" | grep -o '"key":[^]]*' | sed "s|^|$pin |"; done`,
  ),
];

function optional(program: string, command: string): string {
  return `if command -v ${program} > /dev/null; then ${command}; fi`;
}

/** What the kernel chose at random. */
function withoutChance(line: string): string {
  return line.replace(/ initval 0x[0-9a-f]+/, '').replace(/^(:\S+ \S+) \[\d+:\d+\]$/, '$1');
}
