// What becomes of a policy on a server that drops unknown fields. Source: section 8 of the semantics.
import { givenEntry, nameOf, segmentsOf, stepDown, type Trail } from './trail.ts';

/**
 * What such a server would do, as the end of a sentence (`allow every port`); null when the field makes no difference
 * that can be told. `target` is where the field was meant to stand, `from` an object around it that the input has.
 */
export function whenDropped(from: Trail, target: string, key: string): string | null {
  let trail = from;
  for (const segment of segmentsOf(target).slice(segmentsOf(from.place).length)) {
    const next = stepDown(trail, segment);
    if (next === null) {
      const missing = givenEntry(trail.node, nameOf(segment)) === null;
      return missing ? lossOf(trail, nameOf(segment)) : null;
    }
    trail = next;
  }
  return givenEntry(trail.node, key) === null ? lossOf(trail, key) : null;
}

/** What the object at the end of the trail means without its field `key`. */
function lossOf(trail: Trail, key: string): string | null {
  const holder = nameOf(segmentsOf(trail.place).at(-1) ?? '');
  switch (holder) {
    case '':
      return key === 'spec' ? 'deny all ingress to every pod of the namespace' : null;
    case 'spec':
      return lossOfSpec(key);
    case 'ingress':
    case 'egress':
      return key === 'ports' ? 'allow every port' : key === 'from' || key === 'to' ? 'allow every peer' : null;
    case 'from':
    case 'to':
      return lossOfPeer(trail, key);
    case 'ports':
      return lossOfPort(key);
    case 'ipBlock':
      return key === 'except' ? 'lose the exception' : key === 'cidr' ? 'refuse the block, which has no `cidr`' : null;
    case 'podSelector':
    case 'namespaceSelector':
      return lossOfSelector(trail);
    default:
      return key === 'namespace' ? 'put the policy into the namespace of the request' : null;
  }
}

function lossOfSpec(key: string): string | null {
  switch (key) {
    case 'podSelector':
      return 'apply the policy to every pod of the namespace';
    case 'policyTypes':
      return 'fill in `policyTypes` itself: Ingress always, Egress only when there are egress rules';
    case 'ingress':
    case 'egress':
      return `find no ${key} rule`;
    default:
      return null;
  }
}

/** Source: S-212, S-213, S-706. */
function lossOfPeer({ node }: Trail, key: string): string | null {
  const rest = ['podSelector', 'namespaceSelector', 'ipBlock'].filter((each) => givenEntry(node, each) !== null);
  if (rest.length === 0) return 'refuse the peer, which is empty then';
  if (key === 'podSelector' && rest.includes('namespaceSelector')) return 'match every pod of the selected namespaces';
  if (key === 'namespaceSelector' && rest.includes('podSelector')) return "look in the policy's own namespace only";
  return null;
}

function lossOfPort(key: string): string | null {
  switch (key) {
    case 'protocol':
      return 'take TCP';
    case 'port':
      return 'allow every port of the protocol';
    case 'endPort':
      return 'allow the one port alone';
    default:
      return null;
  }
}

/** What a selector matches without one of its requirements. Source: S-211 to S-213, S-801 to S-803. */
export function lossOfSelector({ node, place, up }: Trail): string {
  const rest = ['matchLabels', 'matchExpressions'].map((key) => givenEntry(node, key)?.value);
  const some = rest.some(
    (value) =>
      (value?.kind === 'mapping' && value.entries.length > 0) || (value?.kind === 'sequence' && value.items.length > 0),
  );
  if (some) return 'match more than was meant';
  if (place === 'spec.podSelector') return 'apply the policy to every pod of the namespace';
  if (place.endsWith('namespaceSelector')) return 'match every namespace';
  const inNamespaces = up !== null && givenEntry(up.node, 'namespaceSelector') !== null;
  return inNamespaces ? 'match every pod of the selected namespaces' : "match every pod of the policy's namespace";
}
