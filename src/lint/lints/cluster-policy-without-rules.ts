// L-39: a cluster policy that does nothing. Source: S-1019.
import type { Lint } from '../finding.ts';
import { compilingLint } from '../reported-lints.ts';

export const clusterPolicyWithoutRules: Lint = compilingLint('L-39', 'NP2418', 'warning');
