// The subject and the peers of cluster-scoped policies. Source: S-1008, S-1009, S-1014 to S-1017.
import type { Action, ClusterPeer } from './cluster-policy.ts';
import { knownFieldOf, requiredIn, someItems, type ClusterDecoding } from './decode-cluster-fields.ts';
import { decodeLabelSelector } from './decode-label-selector.ts';
import { decodeCidr } from './decode-peers.ts';
import { canonicalDomainName, domainNameProblem } from './domain-name.ts';
import { fieldOf, originOf, stringOf, type Located } from './fields.ts';
import { everything } from './label-selector.ts';
import type { Field, PodPeer } from './network-policy.ts';
import type { ProblemList } from './problem-list.ts';

/** What a subject and every peer may be. */
export const podsFields = ['namespaces', 'pods'] as const;

const egressFields = [...podsFields, 'networks', 'nodes', 'domainNames'] as const;

/** How many networks or domain names one peer may list, in every version. Source: S-1104. */
const itemLimit = 25;

/** The longest text of a CIDR. Source: S-1016. */
const cidrLength = 43;

/** The `from` or `to` of a rule, which must be there and not be empty. */
export function decodeClusterPeers(
  rule: Located,
  key: 'from' | 'to',
  action: Action,
  decoding: ClusterDecoding,
): readonly ClusterPeer[] {
  const list = fieldOf(rule, key);
  if (list === null) {
    requiredIn(decoding, rule, key);
    return [];
  }
  return someItems(decoding, list, decoding.limit).map((item) => decodePeer(item, key, action, decoding));
}

function decodePeer(item: Located, key: 'from' | 'to', action: Action, decoding: ClusterDecoding): ClusterPeer {
  const origin = originOf(item);
  const field = knownFieldOf(decoding, item, key === 'from' ? podsFields : egressFields, 'lenient');
  if (field === null) return { kind: 'unknown', origin };
  switch (field.key) {
    case 'networks': {
      const items = someItems(decoding, field, itemLimit);
      return { kind: 'networks', cidrs: items.flatMap((cidr) => decodeNetwork(cidr, decoding) ?? []), origin };
    }
    case 'nodes':
      return { kind: 'nodes', selector: decodeLabelSelector(field, decoding.problems), origin };
    case 'domainNames':
      return decodeDomains(field, origin, action, decoding);
    default:
      return decodePods(field, origin, decoding.problems);
  }
}

/** Of `namespaces` every pod; `pods` with two selectors, of which an absent one takes everything. */
export function decodePods(field: Located & { readonly key: string }, origin: Field, problems: ProblemList): PodPeer {
  if (field.key === 'namespaces') {
    return { kind: 'pods', namespaceSelector: decodeLabelSelector(field, problems), podSelector: everything, origin };
  }
  const namespaceSelector = decodeLabelSelector(fieldOf(field, 'namespaceSelector'), problems);
  return {
    kind: 'pods',
    namespaceSelector,
    podSelector: decodeLabelSelector(fieldOf(field, 'podSelector'), problems),
    origin,
  };
}

/** Host bits are masked off, as the API does, with a warning. Source: S-1016. */
function decodeNetwork(item: Located, { problems }: ClusterDecoding): ReturnType<typeof decodeCidr> {
  const length = (stringOf(item) ?? '').length;
  if (length <= cidrLength) return decodeCidr(item, true, problems);
  problems.add('NP2410', { path: item.path, length, longest: cidrLength }, item.node.span);
  return null;
}

/** Names mean something to Accept rules only; to others they are as good as a newer schema. Source: S-1017. */
function decodeDomains(list: Located, origin: Field, action: Action, decoding: ClusterDecoding): ClusterPeer {
  const { problems, decode } = decoding;
  const names = someItems(decoding, list, itemLimit).flatMap((item) => {
    const name = stringOf(item) ?? '';
    const problem = domainNameProblem(name);
    if (problem !== null) problems.add('NP2411', { path: item.path, name, problem }, item.node.span);
    return problem === null ? [canonicalDomainName(name)] : [];
  });
  if (action === 'Accept') return { kind: 'domains', names, origin };
  const severity = decode === 'warn' ? 'warning' : 'error';
  problems.add('NP2412', { path: list.path, action }, list.node.span, { severity });
  return { kind: 'unknown', origin };
}
