// L-35: pods of any namespace, told by labels that everybody there can set.
import { podsText, selectorText } from '../../trace/words.ts';
import type { LabelSelector } from '../../policy/label-selector.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';

/** Silent where labels with values tell the namespaces: those are set by whoever runs the cluster. */
export const peerByLabelsOfStrangers: Lint = {
  id: 'L-35',
  code: 'NP6035',
  severity: 'warning',
  needs: [],
  check,
};

function check({ selections }: LintContext): readonly Found[] {
  return selections.flatMap(({ role, action, direction, peer, policy }) => {
    const { namespaceSelector, podSelector } = peer;
    if (role !== 'peer' || action !== 'Accept' || direction !== 'ingress' || namespaceSelector === null) return [];
    if (!isAnybody(namespaceSelector) || podSelector.requirements.length === 0) return [];
    const { path, span } = peer.origin;
    const namespaces =
      namespaceSelector.requirements.length === 0
        ? 'every namespace'
        : `every namespace with ${selectorText(namespaceSelector)}`;
    return [found('NP6035', { path, words: podsText(podSelector), namespaces }, span, { policy })];
  });
}

function isAnybody({ requirements }: LabelSelector): boolean {
  return requirements.every(({ operator }) => operator === 'Exists');
}
