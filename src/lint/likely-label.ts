// What the author of a selector that matches nothing may have meant.
import { nearest } from '../diagnostics/nearest.ts';
import type { Requirement } from '../policy/label-selector.ts';
import { peerNamespaces } from '../resolve/peers.ts';
import { selectGroups } from '../snapshot/label-index.ts';
import type { LintContext } from './lint-context.ts';
import type { Selection } from './selections.ts';
import { someOf } from './words.ts';

/** How many values of a label are looked through. */
const most = 500;

/** A label that live pods of the namespaces in question have and that is spelt nearly so. */
export function likelyLabel({ cluster }: LintContext, { peer, namespace }: Selection): string | null {
  const namespaces = peerNamespaces(cluster, peer, namespace, 'certain');
  const isThere = (name: string): boolean => namespaces?.has(name) ?? true;
  for (const { key, operator, values } of peer.podSelector.requirements) {
    if (operator !== 'In') continue;
    const byValue = cluster.index.groupsByLabel.get(key);
    const known = [...(byValue ?? [])].filter(([, groups]) => groups.some((group) => isThere(group.namespace)));
    const names = known.map(([value]) => value).slice(0, most);
    if (values.some((value) => names.includes(value))) continue;
    const guess = nearest(values[0] ?? '', names);
    if (guess !== null) return `did you mean \`${key}: ${guess}\`?`;
    const keys = [...cluster.index.groupsByLabel].flatMap(([each, groups]) =>
      groups.get(values[0] ?? '')?.some((group) => isThere(group.namespace)) === true ? [each] : [],
    );
    if (keys[0] !== undefined) return `pods there have \`${keys[0]}: ${values[0] ?? ''}\``;
  }
  return null;
}

/** The same for labels of namespaces. */
export function likelyNamespaceLabel({ world }: LintContext, { peer }: Selection): string | null {
  const namespaces = [...world.snapshot.namespaceByName.values()];
  for (const { key, operator, values } of peer.namespaceSelector?.requirements ?? []) {
    if (operator !== 'In') continue;
    const known = [...new Set(namespaces.flatMap(({ labels }) => labels.get(key) ?? []))];
    const guess = values.some((value) => known.includes(value)) ? null : nearest(values[0] ?? '', known);
    if (guess !== null) return `did you mean \`${key}: ${guess}\`?`;
  }
  return null;
}

/** Pods like that in other namespaces, which a peer without a namespaceSelector never means (S-240). */
export function elsewhere({ cluster }: LintContext, { peer }: Selection): string | null {
  if (peer.namespaceSelector !== null || peer.podSelector.requirements.every(isNegative)) return null;
  const groups = selectGroups(cluster.index, null, peer.podSelector);
  const names = [...new Set(groups.map((group) => `\`${group.namespace}\``))].sort();
  if (names.length === 0) return null;
  return `there are such pods in ${someOf(names)}: a peer without \`namespaceSelector\` means the policy's own namespace`;
}

/** A namespace that has pods and is called nearly so, for a policy whose own one is not known. */
export function namespaceGuess({ world, cluster }: LintContext, namespace: string): string | null {
  if (world.snapshot.namespaceByName.has(namespace) || cluster.index.groupsByNamespace.has(namespace)) return null;
  const guess = nearest(namespace, [...cluster.index.groupsByNamespace.keys()]);
  return guess === null ? null : `there is no namespace \`${namespace}\`; did you mean \`${guess}\`?`;
}

function isNegative({ operator }: Requirement): boolean {
  return operator === 'NotIn' || operator === 'DoesNotExist';
}
