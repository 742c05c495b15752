// Every seeded bug.
import { ebpfMutants } from './catalogue/ebpf.ts';
import { iptablesMutants } from './catalogue/iptables.ts';
import { irMutants } from './catalogue/ir.ts';
import { lowerMutants } from './catalogue/lower.ts';
import { netMutants } from './catalogue/net.ts';
import { nftablesMutants } from './catalogue/nftables.ts';
import { policyMutants } from './catalogue/policy.ts';
import { resolveMutants } from './catalogue/resolve.ts';
import { snapshotMutants } from './catalogue/snapshot.ts';
import { tierMutants } from './catalogue/tiers.ts';
import type { Mutant } from './mutant.ts';

export const mutants: readonly Mutant[] = [
  ...policyMutants,
  ...snapshotMutants,
  ...resolveMutants,
  ...lowerMutants,
  ...tierMutants,
  ...netMutants,
  ...irMutants,
  ...nftablesMutants,
  ...iptablesMutants,
  ...ebpfMutants,
];
