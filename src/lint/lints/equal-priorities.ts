// L-37: policies of one tier and one priority that decide differently. Source: S-1007.
import type { Lint } from '../finding.ts';
import { compilingLint } from '../reported-lints.ts';

export const equalPriorities: Lint = compilingLint('L-37', 'NP3023', 'error');
