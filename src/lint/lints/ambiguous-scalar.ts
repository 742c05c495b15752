// L-27: an unquoted value that two versions of YAML read differently. Source: S-107.
import type { Lint } from '../finding.ts';
import { readingLint } from '../reported-lints.ts';

export const ambiguousScalar: Lint = readingLint('L-27', 'NP6027');
