// Block 2: policies, their fields and their validation.
import { entry } from './entry.ts';

export const policy = {
  NP2001: entry<{ field: string }>({
    name: 'UNKNOWN_FIELD',
    severity: 'error',
    message: ({ field }) => `unknown field \`${field}\``,
    hint: () => null,
    explanation: 'The API server would drop the field or refuse the object.',
    example: null,
  }),
};
