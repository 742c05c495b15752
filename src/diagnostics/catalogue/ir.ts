// Block 4: lowering and the IR.
import { entry } from './entry.ts';

export const ir = {
  NP4001: entry<{ problem: string }>({
    name: 'INVALID_IR',
    severity: 'error',
    message: ({ problem }) => `not a valid IR document: ${problem}`,
    hint: () => 'write it again with `netpolc ir`',
    explanation: 'The IR document breaks one of the invariants that every target relies on.',
    example: null,
  }),
};
