// L-26: a peer that is every pod of every namespace. Source: S-213, S-244.
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import type { PolicyPort } from '../../policy/network-policy.ts';

/** Asking any pod for names, and nothing else, is fine: many write the rule for DNS like that. */
export const everyNamespace: Lint = {
  id: 'L-26',
  code: 'NP6026',
  severity: 'warning',
  needs: [],
  check,
};

function check({ rules }: LintContext): readonly Found[] {
  return rules.flatMap(({ rule, direction, key }) => {
    if (direction === 'egress' && rule.ports?.every(isDns) === true) return [];
    return (rule.peers ?? []).flatMap((peer) => {
      if (peer.kind !== 'pods' || peer.namespaceSelector?.requirements.length !== 0) return [];
      if (peer.podSelector.requirements.length > 0) return [];
      const { path, span } = peer.origin;
      return [found('NP6026', { path, direction }, span, { policy: key })];
    });
  });
}

function isDns(port: PolicyPort): boolean {
  if (port.kind === 'named') return port.name.startsWith('dns');
  return port.range.first === port.range.last && (port.range.first === 53 || port.range.first === 5353);
}
