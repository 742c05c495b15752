// L-07: the policy is for no live pod. Source: S-304, S-320.
import { podsText } from '../../trace/words.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import { hostNetworkPods } from '../host-network-pods.ts';
import { likelyLabel, namespaceGuess } from '../likely-label.ts';
import { type Selection } from '../selections.ts';
import { contradiction } from '../selector-sets.ts';
import { countOf } from '../words.ts';

/** Silent about whole namespaces that are known and empty: closing those before pods come is good practice. */
export const subjectMatchesNothing: Lint = {
  id: 'L-07',
  code: 'NP6007',
  severity: 'warning',
  needs: ['pods'],
  check,
};

function check(context: LintContext): readonly Found[] {
  const onNodes = hostNetworkPods(context.cluster);
  return context.selections.flatMap((selection) => {
    const { role, peer, policy } = selection;
    if (role !== 'subject' || contradiction(peer.podSelector) !== null) return [];
    if (context.groupsOf(selection).length > 0 || isEmptyOnPurpose(context, selection)) return [];
    const others = onNodes(selection).length;
    const parameters = {
      words: podsText(peer.podSelector),
      where: selection.namespace === '' ? 'the namespaces of its subject' : `namespace \`${selection.namespace}\``,
      others: others === 0 ? null : `${countOf(others, 'pod')} on the network of nodes`,
    };
    const guess = likelyLabel(context, selection) ?? namespaceGuess(context, selection.namespace);
    const hint = guess === null ? {} : { hint: guess };
    return [found('NP6007', parameters, peer.origin.span, { policy, ...hint })];
  });
}

function isEmptyOnPurpose({ world, cluster }: LintContext, { peer, namespace }: Selection): boolean {
  if (namespace === '') return peer.podSelector.requirements.length === 0;
  const isKnown = world.snapshot.namespaceByName.has(namespace);
  return isKnown && peer.podSelector.requirements.length === 0 && !cluster.index.groupsByNamespace.has(namespace);
}
