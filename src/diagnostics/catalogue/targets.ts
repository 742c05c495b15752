// Block 5: targets.
import { entry } from './entry.ts';

export const targets = {
  NP5001: entry<{ target: string; feature: string }>({
    name: 'TARGET_CANNOT_EXPRESS',
    severity: 'error',
    message: ({ target, feature }) => `target \`${target}\` cannot express ${feature}`,
    hint: () => 'choose another target',
    explanation: 'A target expresses the IR exactly or gives no artifact.',
    example: null,
  }),
};
