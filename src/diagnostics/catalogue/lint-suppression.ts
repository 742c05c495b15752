// Block 6, from NP6051: what is to say about accepted findings.
import { entry } from './entry.ts';

export const lintSuppression = {
  NP6051: entry<{ lint: string }>({
    name: 'SUPPRESSION_WITHOUT_REASON',
    severity: 'warning',
    message: ({ lint }) => `\`netpolc.dev/ignore\` gives no reason for ${lint}, so the finding stands`,
    hint: ({ lint }) => `write "${lint}: why it is fine"`,
    explanation:
      'A finding is accepted with a reason, so that whoever reads the policy next year knows whether it still holds. Without one the annotation has no effect.',
    example: {
      wrong: 'netpolc.dev/ignore: L-07',
      right: 'netpolc.dev/ignore: "L-07: pods come with the next release"',
    },
  }),
  NP6052: entry<{ lint: string; policy: string }>({
    name: 'UNUSED_SUPPRESSION',
    severity: 'info',
    message: ({ lint, policy }) => `${lint} is accepted for \`${policy}\`, and nothing of it was found`,
    hint: () => 'remove it: it would hide the next finding',
    explanation:
      'What was accepted is not there any more, or the name of the policy is misspelt. A suppression that is left behind hides what is found next.',
    example: { wrong: 'netpolc.dev/ignore: "L-07: pods come later"     (they came)', right: 'no annotation' },
  }),
  NP6053: entry<{ name: string }>({
    name: 'UNKNOWN_LINT_IN_ANNOTATION',
    severity: 'warning',
    message: ({ name }) => `\`netpolc.dev/ignore\`: there is no lint "${name}"`,
    hint: () => 'write ids such as L-07; `netpolc explain` lists them',
    explanation: 'The annotation names the lints that it accepts by their ids, each with a reason behind a colon.',
    example: { wrong: 'netpolc.dev/ignore: "L-77: fine"', right: 'netpolc.dev/ignore: "L-07: fine"' },
  }),
  NP6054: entry<object>({
    name: 'ANNOTATION_NOT_HEEDED',
    severity: 'info',
    message: () => '`netpolc.dev/ignore` is not heeded here',
    hint: () => 'to heed it pass --allow-annotations, or allow it in the configuration',
    explanation:
      'Whoever may write a policy could silence every lint about it. Whether policies may do so is the decision of whoever runs netpolc.',
    example: { wrong: 'netpolc lint policies/', right: 'netpolc lint policies/ --allow-annotations' },
  }),
};
