// The nftables target: one table, one file, one transaction. See README.md in this folder.
import type { Artifact, HostCommand, Target } from '../../src/target.ts';
import type { NftablesPlan } from './nftables-plan.ts';
import { planNftables } from './plan.ts';
import { printNftables } from './print.ts';

/** Loads with nft 1.0.6 and later on Linux 5.10 and later. */
export const nftables: Target<NftablesPlan> = {
  name: 'nftables',
  switches: [],
  plan: planNftables,
  print: printNftables,
  check: (artifacts) => artifacts.map((artifact) => nft(artifact, ['--check'])),
  engines: [
    {
      name: 'nftables',
      programs: [{ name: 'nft', package: 'nftables' }],
      prepare: () => [],
      attach: () => [],
      apply: (artifacts) => artifacts.map((artifact) => nft(artifact, [])),
      remove: () => [{ argv: ['nft', '-f', '-'], stdin: 'add table inet netpolc\ndelete table inet netpolc\n' }],
    },
  ],
};

function nft({ content }: Artifact, options: readonly string[]): HostCommand {
  return { argv: ['nft', ...options, '-f', '-'], stdin: content.toString() };
}
