// The iptables target: rules of both families, their ipsets, and scripts that switch to them. See README.md in this folder.
import type { Artifact, Engine, HostCommand, Target } from '../../src/target.ts';
import { iptablesInventory } from './inventory.ts';
import type { IptablesPlan } from './iptables-plan.ts';
import { noIpset, planIptables } from './plan.ts';
import { printIptables } from './print.ts';
import { unloadScript } from './scripts.ts';

/** Loads with iptables 1.8 and later, both variants, and ipset 7. */
export const iptables: Target<IptablesPlan> = {
  name: 'iptables',
  switches: [
    { name: noIpset, description: 'match addresses by rules instead of ipsets: for small hosts without ipset' },
  ],
  plan: (ir, options) => planIptables(ir, options),
  print: printIptables,
  inventory: iptablesInventory,
  check: (artifacts) => [checkCommand(artifacts)],
  engines: [engine('iptables', 'nft'), engine('iptables-legacy', 'legacy')],
};

function engine(name: string, variant: 'nft' | 'legacy'): Engine {
  return {
    name,
    programs: [
      { name: `iptables-${variant}-restore`, package: 'iptables' },
      { name: `ip6tables-${variant}-restore`, package: 'iptables' },
      { name: 'ipset', package: 'ipset' },
      { name: 'flock', package: 'util-linux' },
    ],
    prepare: () => [],
    attach: () => [],
    apply: (artifacts) => [
      {
        argv: ['sh', 'load.sh', variant],
        stdin: null,
        files: artifacts.map(({ suffix, content }) => ({ name: suffix, content })),
      },
    ],
    remove: () => [
      { argv: ['sh', 'unload.sh', variant], stdin: null, files: [{ name: 'unload.sh', content: unloadScript }] },
    ],
  };
}

/** Loads everything into a network namespace that ends with the command: no parser asks for less, and nothing stays. */
function checkCommand(artifacts: readonly Artifact[]): HostCommand {
  const loads = [
    ['ipset', 'ipset', 'restore'],
    ['v4.rules', 'iptables-restore', '--noflush --wait=60'],
    ['v6.rules', 'ip6tables-restore', '--noflush --wait=60'],
  ] as const;
  const script = loads.flatMap(([suffix, program, options]) => {
    const artifact = artifacts.find((each) => each.suffix === suffix);
    return artifact === undefined ? [] : [loadLines(program, options, artifact.content.toString())];
  });
  return { argv: ['unshare', '--net', 'sh', '-eu'], stdin: script.join('') };
}

/** A missing program must not look as if `unshare` were missing, which is what exit code 127 of the command means. */
function loadLines(program: string, options: string, content: string): string {
  const missing = `{ echo '${program} is not installed' >&2; exit 4; }`;
  return `command -v ${program} > /dev/null || ${missing}\n${program} ${options} << 'END'\n${content}END\n`;
}
