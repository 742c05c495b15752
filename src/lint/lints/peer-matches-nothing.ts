// L-08: a peer that is nobody at the moment. Source: S-240 to S-242, S-825.
import { peerNamespaces } from '../../resolve/peers.ts';
import { podsText, selectorText } from '../../trace/words.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import { hostNetworkPods } from '../host-network-pods.ts';
import { elsewhere, likelyLabel, likelyNamespaceLabel } from '../likely-label.ts';
import { nameRequirement } from './namespace-name-as-label.ts';
import type { Selection } from '../selections.ts';
import { contradiction } from '../selector-sets.ts';
import { someOf } from '../words.ts';

/** Silent where another lint knows why: L-09, L-12, L-19; and where the snapshot cannot tell (S-303). */
export const peerMatchesNothing: Lint = {
  id: 'L-08',
  code: 'NP6008',
  severity: 'warning',
  needs: ['pods'],
  check,
};

function check(context: LintContext): readonly Found[] {
  const onNodes = hostNetworkPods(context.cluster);
  return context.selections.flatMap((selection) => {
    const { role, peer, policy } = selection;
    if (role !== 'peer' || context.groupsOf(selection).length > 0 || onNodes(selection).length > 0) return [];
    if (isExplained(context, selection)) return [];
    const guess =
      likelyLabel(context, selection) ?? likelyNamespaceLabel(context, selection) ?? elsewhere(context, selection);
    const hint = guess === null ? {} : { hint: guess };
    const parameters = { path: peer.origin.path, why: whyNot(context, selection) };
    return [found('NP6008', parameters, peer.origin.span, { policy, ...hint })];
  });
}

function isExplained(context: LintContext, selection: Selection): boolean {
  const { podSelector, namespaceSelector } = selection.peer;
  if (contradiction(podSelector) !== null) return true;
  if (namespaceSelector === null) return false;
  if (contradiction(namespaceSelector) !== null || nameRequirement(context, namespaceSelector) !== null) return true;
  const possible = peerNamespaces(context.cluster, selection.peer, selection.namespace, 'possible');
  const certain = peerNamespaces(context.cluster, selection.peer, selection.namespace, 'certain');
  return (possible?.size ?? 0) > (certain?.size ?? 0);
}

function whyNot({ cluster }: LintContext, { peer, namespace }: Selection): string {
  const pods = podsText(peer.podSelector);
  if (peer.namespaceSelector === null) return `there is no live pod like that (${pods}) in \`${namespace}\``;
  const namespaces = peerNamespaces(cluster, peer, namespace, 'certain');
  if (namespaces === null) return `there are no live ${pods} in any namespace`;
  if (namespaces.size === 0) return `no namespace has ${selectorText(peer.namespaceSelector)}`;
  const names = someOf([...namespaces].sort().map((name) => `\`${name}\``));
  return peer.podSelector.requirements.length === 0
    ? `${names} ${namespaces.size === 1 ? 'has' : 'have'} no live pod`
    : `there are no live ${pods} in ${names}`;
}
