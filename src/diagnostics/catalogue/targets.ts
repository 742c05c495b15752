// Block 5: targets.
import { entry } from './entry.ts';

export const targets = {
  NP5001: entry<{ target: string; what: string; found: number; limit: number }>({
    name: 'LIMIT_EXCEEDED',
    severity: 'error',
    message: ({ target, what, found, limit }) =>
      `${target} cannot express this: ${found} ${what} are needed and ${limit} are possible`,
    hint: () => 'compile for another target, or write the policy with fewer exceptions and port ranges',
    explanation:
      'Each packet filter has limits: elements of a set, rules that a machine can hold in a row. What does not fit exactly is not approximated, so there is no artifact.',
    example: {
      wrong: 'netpolc compile … --target iptables --no-ipset     (100,000 peers, one rule each)',
      right: 'netpolc compile … --target iptables',
    },
  }),
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
