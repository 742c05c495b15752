// Block 3: the snapshot and the resolution of selectors against it.
import { entry } from './entry.ts';

export const snapshot = {
  NP3001: entry<{ address: string; first: string; second: string }>({
    name: 'DUPLICATE_POD_IP',
    severity: 'error',
    message: ({ address, first, second }) => `pods \`${first}\` and \`${second}\` both claim address ${address}`,
    hint: () => 'take the snapshot again, or pass --allow-incomplete to allow only what both may do',
    explanation:
      'Two live pods show the same address. One of the two entries is stale, and rules written for one would apply to the other.',
    example: null,
  }),
};
