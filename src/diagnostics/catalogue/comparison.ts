// Block 6, from 6201: what a comparison of two sets of policies finds.
import { entry } from './entry.ts';

const noHint = (): null => null;

export const comparison = {
  NP6201: entry<{ connection: string; ports: string }>({
    name: 'CONNECTION_GAINED',
    severity: 'info',
    message: ({ connection, ports }) => `${connection} is possible now: ${ports}`,
    hint: noHint,
    explanation:
      'Found by `netpolc diff`: with the new policies these ends may connect on these ports, and with the old ones they may not. Whether that is wanted is for the reviewer to say; `--fail-on gained` makes it a finding.',
    example: {
      wrong: 'netpolc diff git:main:policies/ policies/',
      right: 'netpolc diff git:main:policies/ policies/ --fail-on gained',
    },
  }),
  NP6202: entry<{ connection: string; ports: string }>({
    name: 'CONNECTION_LOST',
    severity: 'info',
    message: ({ connection, ports }) => `${connection} is not possible any more: ${ports}`,
    hint: noHint,
    explanation:
      'Found by `netpolc diff`: with the old policies these ends may connect on these ports, and with the new ones they may not. `--fail-on lost` makes it a finding.',
    example: {
      wrong: 'netpolc diff git:main:policies/ policies/',
      right: 'netpolc diff git:main:policies/ policies/ --fail-on lost',
    },
  }),
  NP6203: entry<{ workload: string; direction: string }>({
    name: 'NEWLY_ISOLATED',
    severity: 'info',
    message: ({ workload, direction }) => `${workload} is isolated for ${direction} now`,
    hint: noHint,
    explanation:
      'Found by `netpolc diff`: no policy selected these pods for this direction, and now one does, so that only what rules allow passes.',
    example: {
      wrong: 'podSelector: {}   # and no rules: nothing passes any more',
      right: 'podSelector: {matchLabels: {app: db}}',
    },
  }),
  NP6204: entry<{ workload: string; direction: string }>({
    name: 'NO_LONGER_ISOLATED',
    severity: 'info',
    message: ({ workload, direction }) => `${workload} is open for ${direction} now`,
    hint: noHint,
    explanation:
      'Found by `netpolc diff`: a policy selected these pods for this direction, and now none does, so that everything passes.',
    example: { wrong: 'policyTypes: [Egress]', right: 'policyTypes: [Ingress, Egress]' },
  }),
};
