// Asks the kernel whether it takes a batch file: in a bpf file system that nobody else sees and that ends with the check.
import type { HostCommand } from '../../src/target.ts';
import script from './check.sh';
import { mapFlags, mapLayouts } from './layout.ts';

/** The script with the permanent maps that a batch file expects; always the same text. */
const checkScript = [
  script,
  ...mapLayouts.map(
    ({ name, type, key, value }) => `hash_of_maps ${name} ${type} ${key.size} ${value.size} ${mapFlags(type)}\n`,
  ),
  'bpftool map create "$maps/active" type array key 4 value 8 entries 1 name active\n',
  'exec bpftool batch file -\n',
].join('');

export function checkBatch(batch: string): HostCommand {
  return { argv: ['unshare', '--mount', '--net', 'sh', '-c', checkScript], stdin: batch };
}
