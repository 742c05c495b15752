// Block 7, from NP7030: what keeps the GitHub Action from comparing.
import { entry } from './entry.ts';

export const action = {
  NP7030: entry<{ reason: string }>({
    name: 'NOTHING_TO_COMPARE_WITH',
    severity: 'error',
    message: ({ reason }) => `there is nothing to compare with: ${reason}`,
    hint: () => 'give actions/checkout `fetch-depth: 0`, or name a revision with `base`',
    explanation:
      'In a pull request, the action compares with the commit that the checked-out merge builds on, or else with the last commit that the branch and its base have in common. A shallow clone may not know that commit. Other events than pull requests, pushes and merge queues name no commit to compare with. The exit code is 4.',
    example: {
      wrong: '- uses: actions/checkout@v4\n  with: { ref: "${{ github.event.pull_request.head.sha }}" }',
      right:
        '- uses: actions/checkout@v4\n  with: { ref: "${{ github.event.pull_request.head.sha }}", fetch-depth: 0 }',
    },
  }),
  NP7031: entry<{ commit: string }>({
    name: 'COMMIT_NOT_FETCHED',
    severity: 'error',
    message: ({ commit }) => `commit \`${commit}\` is not in this clone and cannot be fetched`,
    hint: () => 'give actions/checkout `fetch-depth: 0`; a private repository also needs `persist-credentials: true`',
    explanation:
      'The action fetches the one commit that it compares with from the remote `origin`, with the credentials that actions/checkout has left there. The exit code is 4.',
    example: {
      wrong: '- uses: actions/checkout@v4\n  with: { persist-credentials: false }     (in a private repository)',
      right: '- uses: actions/checkout@v4\n  with: { persist-credentials: false, fetch-depth: 0 }',
    },
  }),
};
