// L-06: no podSelector means every pod. Source: S-211, S-828.
import { policyKey } from '../../policy/network-policy.ts';
import { found, type Found, type Lint } from '../finding.ts';
import { writeFix } from '../fixes.ts';
import type { LintContext } from '../lint-context.ts';
import { writtenTypes } from '../policy-types.ts';
import { isGiven } from '../written.ts';

export const podSelectorAbsent: Lint = {
  id: 'L-06',
  code: 'NP6006',
  severity: 'warning',
  needs: ['documents'],
  check,
};

function check(context: LintContext): readonly Found[] {
  return writtenTypes(context)
    .filter(({ document }) => !isGiven(document, 'spec.podSelector'))
    .map(({ policy, document, spec }) => {
      const field = { key: 'podSelector', value: null, before: ['policyTypes', 'ingress', 'egress'] } as const;
      const fix = writeFix(document, spec, field);
      const parameters = { namespace: policy.namespace };
      return found('NP6006', parameters, policy.subjectOrigin.span, { policy: policyKey(policy), fix });
    });
}
