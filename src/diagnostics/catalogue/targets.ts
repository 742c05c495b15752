// Block 5: targets. NP5001 is kept for what a target cannot express: nftables expresses every IR.
import { entry } from './entry.ts';

export const targets = {
  NP5002: entry<{ name: string }>({
    name: 'NAME_COLLISION',
    severity: 'error',
    message: ({ name }) => `two different things would be called \`${name}\``,
    hint: () => 'please report it with the input that led here',
    explanation:
      'Names in artifacts are made from 130 bits of a content hash. Two contents with one name would share rules, so nothing is written. This should never happen.',
    example: null,
  }),
};
