// Block 9: bugs of ours.
import { entry } from './entry.ts';

export const bug = {
  NP9001: entry<{ detail: string }>({
    name: 'BUG',
    severity: 'error',
    message: ({ detail }) => `a bug in netpolc: ${detail}`,
    hint: () => 'please report it with the input that led here',
    explanation: 'An invariant of netpolc itself does not hold.',
    example: null,
  }),
};
