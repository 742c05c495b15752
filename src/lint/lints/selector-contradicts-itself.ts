// L-12: requirements that exclude each other. Source: S-406.
import { namespaceNameLabel } from '../../resolve/select-namespaces.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import { writtenSelector, type Selection } from '../selections.ts';
import { contradiction } from '../selector-sets.ts';

export const selectorContradictsItself: Lint = {
  id: 'L-12',
  code: 'NP6012',
  severity: 'warning',
  needs: [],
  check,
};

function check(context: LintContext): readonly Found[] {
  return context.selections.flatMap((selection) => [
    ...checkSelector(context, selection, 'podSelector'),
    ...checkSelector(context, selection, 'namespaceSelector'),
  ]);
}

/** Every namespace has the label with its name (S-301). */
function checkSelector(
  context: LintContext,
  selection: Selection,
  which: 'podSelector' | 'namespaceSelector',
): readonly Found[] {
  const { peer, policy, role, namespace } = selection;
  const selector = peer[which];
  const key = selector === null ? null : contradiction(selector, which === 'podSelector' ? [] : [namespaceNameLabel]);
  if (key === null) return [];
  const isOwnPath = role === 'subject' && namespace !== '';
  const path = isOwnPath ? peer.origin.path : `${peer.origin.path}.${which}`;
  const span = writtenSelector(context, selection, which)?.span ?? peer.origin.span;
  return [found('NP6012', { path, key }, span, { policy })];
}
