// The nftables target: one table, one file, and a script that loads it without a gap. See README.md in this folder.
import type { Target } from '../../src/target.ts';
import { nftablesInventory } from './inventory.ts';
import type { NftablesPlan } from './nftables-plan.ts';
import { planNftables } from './plan.ts';
import { printNftables } from './print.ts';

/** Loads with nft 1.0.6 and later on Linux 5.10 and later. */
export const nftables: Target<NftablesPlan> = {
  name: 'nftables',
  switches: [],
  plan: planNftables,
  print: printNftables,
  inventory: nftablesInventory,
  check: (artifacts) =>
    artifacts
      .filter(({ isScript }) => isScript !== true)
      .map(({ content }) => ({ argv: ['nft', '--check', '-f', '-'], stdin: content.toString() })),
  engines: [
    {
      name: 'nftables',
      programs: [
        { name: 'nft', package: 'nftables' },
        { name: 'awk', package: 'mawk' },
        { name: 'flock', package: 'util-linux' },
      ],
      prepare: () => [],
      attach: () => [],
      apply: (artifacts) => [
        {
          argv: ['sh', 'nft.load.sh'],
          stdin: null,
          files: artifacts.map(({ suffix, content }) => ({ name: suffix, content })),
        },
      ],
      remove: () => [{ argv: ['nft', '-f', '-'], stdin: 'add table inet netpolc\ndelete table inet netpolc\n' }],
    },
  ],
};
