// L-38: a rule of a tier for all addresses, which are those of pods as well. Source: S-1016.
import type { Lint } from '../finding.ts';
import { compilingLint } from '../reported-lints.ts';

export const networksHoldPods: Lint = compilingLint('L-38', 'NP2419', 'warning');
