// L-29: namespaces told by what they are not. Source: S-403, S-404.
import { selectorText } from '../../trace/words.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import type { Requirement } from '../../policy/label-selector.ts';

/** Asked of what is accepted: to deny, or to protect, all but a few is the careful way. */
export const namespacesByExclusion: Lint = {
  id: 'L-29',
  code: 'NP6029',
  severity: 'warning',
  needs: [],
  check,
};

function check({ selections }: LintContext): readonly Found[] {
  return selections.flatMap(({ role, action, peer, policy }) => {
    const requirements = peer.namespaceSelector?.requirements ?? [];
    if (role !== 'peer' || action !== 'Accept' || !isByExclusion(requirements)) return [];
    const { path, span } = peer.origin;
    const words = selectorText({ requirements: requirements.filter(isNegative) });
    return [found('NP6029', { path, words }, span, { policy })];
  });
}

/** One label that must be there keeps unlabelled and unknown namespaces out. */
function isByExclusion(requirements: readonly Requirement[]): boolean {
  return requirements.some(isNegative) && requirements.every(isNegative);
}

function isNegative({ operator }: Requirement): boolean {
  return operator === 'NotIn' || operator === 'DoesNotExist';
}
