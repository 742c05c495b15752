// Block 1, from 1060: netpolc.yaml, the configuration file.
import { joinOr } from '../join-or.ts';
import { nearest } from '../nearest.ts';
import { entry } from './entry.ts';

const header = 'apiVersion: netpolc.dev/v1alpha1\nkind: Config';

export const config = {
  NP1060: entry<{ found: string }>({
    name: 'CONFIG_NOT_ONE_DOCUMENT',
    severity: 'error',
    message: ({ found }) => `a configuration file holds one document, and this one holds ${found}`,
    hint: () =>
      'begin it with `apiVersion: netpolc.dev/v1alpha1` and `kind: Config`; --no-config leaves the file alone',
    explanation:
      'The file netpolc.yaml, or the one named with --config, must hold exactly one object of kind Config. It is looked for in the working folder and the folders above it, up to the root of the repository.',
    example: { wrong: '# netpolc.yaml: only this comment', right: `${header}\npolicies: [policies/]` },
  }),
  NP1061: entry<{ field: 'apiVersion' | 'kind'; expected: string; found: string | null }>({
    name: 'NOT_A_CONFIG',
    severity: 'error',
    message: ({ field, expected, found }) =>
      found === null
        ? `a configuration file needs \`${field}: ${expected}\``
        : `\`${field}\` of a configuration file is \`${expected}\`, not \`${found}\``,
    hint: ({ field, expected, found }) =>
      found === null
        ? `add \`${field}: ${expected}\``
        : `write \`${field}: ${expected}\`; if the file is something else, --no-config leaves it alone`,
    explanation:
      'A file called netpolc.yaml is read as the configuration of netpolc, and says so with its `apiVersion` and `kind`. To guess at another version could turn a setting into its opposite.',
    example: { wrong: 'apiVersion: v1\nkind: ConfigMap', right: header },
  }),
  NP1062: entry<{ path: string; found: string; allowed: readonly string[] }>({
    name: 'CONFIG_VALUE',
    severity: 'error',
    message: ({ path, found, allowed }) => `\`${path}\` must be ${joinOr(allowed)}, not ${found}`,
    hint: ({ found, allowed }) => {
      const guess = nearest(found.replace(/^"(.*)"$/, '$1'), allowed);
      return guess === null ? null : `did you mean \`${guess}\`?`;
    },
    explanation:
      'The setting takes other values than this one. Values are those of the option of the same name; case matters.',
    example: { wrong: 'icmpEcho: alwyas', right: 'icmpEcho: always' },
  }),
  NP1063: entry<{ path: string; field: 'lint' | 'reason' }>({
    name: 'SUPPRESSION_INCOMPLETE',
    severity: 'error',
    message: ({ path, field }) => `\`${path}.${field}\` is required`,
    hint: ({ field }) =>
      field === 'reason' ? 'say why the finding is accepted' : 'say which lint is meant, such as `lint: L-07`',
    explanation:
      'A suppression names one lint and says why its findings are accepted. Without a reason nobody could tell later whether it still holds.',
    example: {
      wrong: 'suppress: [{lint: L-07, policy: prod/*}]',
      right: 'suppress: [{lint: L-07, policy: prod/*, reason: scaled to zero at night}]',
    },
  }),
  NP1064: entry<{ id: string; known: readonly string[] }>({
    name: 'UNKNOWN_LINT',
    severity: 'error',
    message: ({ id }) => `there is no lint \`${id}\``,
    hint: ({ id, known }) => {
      const digits = /^l?-?0*(\d{1,2})$/i.exec(id)?.[1];
      const guess = known.find((each) => each === `L-${(digits ?? '').padStart(2, '0')}`) ?? null;
      return guess === null
        ? `lints are called ${known[0] ?? ''} to ${known.at(-1) ?? ''}`
        : `did you mean \`${guess}\`?`;
    },
    explanation:
      'Lints have ids such as L-07. A setting for one that does not exist would have no effect, and nobody would notice.',
    example: { wrong: 'severity: {L-7: error}', right: 'severity: {L-07: error}' },
  }),
};
