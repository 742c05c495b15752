// L-01: `policyTypes` is left to the API server. Source: S-201 to S-204.
import { policyKey } from '../../policy/network-policy.ts';
import { found, type Found, type Lint } from '../finding.ts';
import { writeFix } from '../fixes.ts';
import type { LintContext } from '../lint-context.ts';
import { writtenTypes } from '../policy-types.ts';

/** Silent where L-04 has more to say. */
export const policyTypesAbsent: Lint = {
  id: 'L-01',
  code: 'NP6001',
  severity: 'warning',
  needs: ['documents'],
  check,
};

function check(context: LintContext): readonly Found[] {
  return writtenTypes(context)
    .filter(({ absent, deniesIngressToo }) => absent && !deniesIngressToo)
    .map(({ policy, document, spec, effective }) => {
      const field = { key: 'policyTypes', value: effective, before: ['ingress', 'egress'] };
      const fix = writeFix(document, spec, field);
      return found('NP6001', { types: effective }, policy.origin.span, { policy: policyKey(policy), fix });
    });
}
