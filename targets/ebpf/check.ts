// Asks the kernel whether it takes a batch file: in a bpf file system that nobody else sees and that ends with the check.
import type { HostCommand } from '../../src/target.ts';
import { keptGenerations, mapFlags, mapLayouts, pinFolder } from './layout.ts';

/** Always the same text. Fails as one command: what is missing or refused is told by its output. */
const script = `mount -t bpf bpf /sys/fs/bpf && mkdir ${pinFolder} && bpftool batch file - || exit 1`;

/** The permanent maps that a batch file expects, as a loader makes them. Each has an example of what it is to hold. */
const permanentMaps = [
  ...mapLayouts.flatMap(({ name, type, key, value }) => [
    `map create ${pinFolder}/example-${name} type ${type} key ${key.size} value ${value.size} entries 1 name ${name} flags ${mapFlags(type)}`,
    `map create ${pinFolder}/${name} type hash_of_maps key 8 value 4 entries ${keptGenerations} name ${name} inner_map pinned ${pinFolder}/example-${name}`,
  ]),
  `map create ${pinFolder}/active type array key 4 value 8 entries 1 name active`,
  '',
].join('\n');

export function checkBatch(batch: string): HostCommand {
  return { argv: ['unshare', '--mount', '--net', 'sh', '-c', script], stdin: permanentMaps + batch };
}
