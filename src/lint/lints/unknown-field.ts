// L-05: a field that servers refuse, or drop. Source: S-103, S-104, section 8.
import type { Lint } from '../finding.ts';
import { readingLint } from '../reported-lints.ts';

export const unknownField: Lint = readingLint('L-05', 'NP6005');
