// Boxes: places on one machine that know nothing of each other, for packet filters that are compared side by side.
import { commandLine, commandScripts } from '../../src/replay/command-script.ts';
import type { HostCommand } from '../../src/target.ts';
import type { ScriptFiles } from './machine.ts';

/** Shell functions; `in_box NAME COMMAND…` runs a command in a box. */
export const inBox: readonly string[] = [
  'boxes=$PWD/boxes',
  [
    'in_box() {',
    '  box=$1',
    '  shift',
    '  unshare --mount sh -c \'mount --bind "$0" /sys/fs/bpf && net=$1 && shift && exec nsenter --net="$net" "$@"\' \\',
    '    "$boxes/$box" "/run/netns/$box" "$@"',
    '}',
  ].join('\n'),
];

/** A network namespace of that name, and a bpf file system that only its commands see. */
export function makeBox(name: string): readonly string[] {
  return [`ip netns add ${name}`, `mkdir -p boxes/${name}`, `mount -t bpf bpf boxes/${name}`];
}

/** Whatever its commands left in the kernel goes with it. */
export function removeBox(name: string): readonly string[] {
  return [`umount boxes/${name}`, `ip netns delete ${name}`];
}

/**
 * Lines that run an engine's commands in a box. `what` tells them from the box's other commands. What they say goes to
 * standard error, or to `output`, a file or `&3`.
 */
export function boxLines(
  files: ScriptFiles,
  { box, what, output = null }: { readonly box: string; readonly what: string; readonly output?: string | null },
  commands: readonly HostCommand[],
): readonly string[] {
  const inside = commands.map((command) => ({ ...command, argv: ['in_box', box, ...command.argv] as const }));
  const scripts = commandScripts(files, `${box}-${what}`, inside, (index) => `${box}-${what}-${index}`);
  return scripts.map((each) => commandLine(each, output));
}
