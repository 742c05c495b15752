// L-28: a block that servers read differently. Source: S-721 to S-726.
import type { Lint } from '../finding.ts';
import { maskFix, readingLint } from '../reported-lints.ts';

export const unclearCidr: Lint = readingLint('L-28', 'NP6028', maskFix);
