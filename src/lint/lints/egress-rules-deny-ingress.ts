// L-04: a policy for egress that closes ingress, too. Source: S-203.
import { entryOf } from '../../parse/node.ts';
import { policyKey } from '../../policy/network-policy.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import { writtenTypes } from '../policy-types.ts';

export const egressRulesDenyIngress: Lint = {
  id: 'L-04',
  code: 'NP6004',
  severity: 'warning',
  needs: ['documents'],
  check,
};

function check(context: LintContext): readonly Found[] {
  return writtenTypes(context)
    .filter(({ deniesIngressToo }) => deniesIngressToo)
    .map(({ policy, document, spec }) => {
      const span = entryOf(spec ?? document, 'egress')?.keySpan ?? policy.origin.span;
      return found('NP6004', {}, span, { policy: policyKey(policy) });
    });
}
