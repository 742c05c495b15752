// L-19: selectors that describe pods which policies never mean. Source: S-606, S-1008.
import { podKey, type Pod } from '../../snapshot/snapshot.ts';
import { found, type Found, type Lint } from '../finding.ts';
import { hostNetworkPods } from '../host-network-pods.ts';
import type { LintContext } from '../lint-context.ts';
import type { Selection } from '../selections.ts';
import { someOf } from '../words.ts';

/** A peer that means whole namespaces is told of only when nothing else is in them. */
export const hostNetworkPodsSelected: Lint = {
  id: 'L-19',
  code: 'NP6019',
  severity: 'warning',
  needs: [],
  check,
};

function check(context: LintContext): readonly Found[] {
  const onNodes = hostNetworkPods(context.cluster);
  return context.selections.flatMap((selection) => {
    const pods = onNodes(selection);
    if (pods.length === 0 || !isMeant(context, selection)) return [];
    const { peer, role, policy } = selection;
    const parameters = { path: peer.origin.path, role, pods: namesOf(pods), count: pods.length };
    return [found('NP6019', parameters, peer.origin.span, { policy })];
  });
}

function isMeant({ groupsOf }: LintContext, selection: Selection): boolean {
  const { peer, namespace, role } = selection;
  if (peer.podSelector.requirements.length > 0) return true;
  // A subject of a tier is whole namespaces, most often all of them.
  return role === 'subject' && namespace !== '' ? true : groupsOf(selection).length === 0;
}

function namesOf(pods: readonly Pod[]): string {
  return someOf(pods.map((pod) => `\`${podKey(pod)}\``));
}
