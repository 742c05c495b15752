// L-02: the policy lands wherever it is applied. Source: S-111, S-823.
import { policyKey } from '../../policy/network-policy.ts';
import { found, type Found, type Lint } from '../finding.ts';
import { writeFix } from '../fixes.ts';
import type { LintContext } from '../lint-context.ts';
import { isGiven, mappingAt } from '../written.ts';

export const namespaceAbsent: Lint = {
  id: 'L-02',
  code: 'NP6002',
  severity: 'warning',
  needs: ['documents'],
  check,
};

/** Which namespace is meant is known when the user has said so. */
function check({ world, documentOf, givenNamespace }: LintContext): readonly Found[] {
  return world.policies.flatMap((policy) => {
    const document = documentOf(policy);
    if (document === null || isGiven(document, 'metadata.namespace')) return [];
    const field = { key: 'namespace', value: policy.namespace };
    const fix = givenNamespace === null ? null : writeFix(document, mappingAt(document, 'metadata'), field);
    const about = { policy: policyKey(policy), fix };
    return [found('NP6002', { namespace: policy.namespace }, policy.origin.span, about)];
  });
}
