// Selectors, peers and ports in words. Raw text: whoever prints it escapes it.
import { formatAddress } from '../net/address.ts';
import type { Cidr } from '../net/cidr.ts';
import type { Protocol } from '../net/protocol.ts';
import type { Labels, LabelSelector, Requirement } from '../policy/label-selector.ts';
import type { ClusterPeer, ClusterPort } from '../policy/cluster-policy.ts';
import type { Peer, PolicyPort } from '../policy/network-policy.ts';
import { nameLabel } from './match-peer.ts';

/** `pods with role=web in namespaces with team=y`, `addresses in 10.0.0.0/8 except 10.2.0.0/16`. */
export function peerText(peer: Peer, policyNamespace: string): string {
  if (peer.kind === 'ipBlock') {
    const except = peer.except.map(blockText).join(', ');
    return `addresses in ${blockText(peer.cidr)}${except === '' ? '' : ` except ${except}`}`;
  }
  return `${podsText(peer.podSelector)} in ${namespacesText(peer.namespaceSelector, policyNamespace)}`;
}

/** The same of a peer in a tier. */
export function clusterPeerText(peer: ClusterPeer): string {
  switch (peer.kind) {
    case 'pods':
      return peerText(peer, '');
    case 'networks':
      return `addresses in ${listText(peer.cidrs.map(blockText), 'or')}`;
    case 'nodes':
      return peer.selector.requirements.length === 0 ? 'every node' : `nodes with ${selectorText(peer.selector)}`;
    case 'domains':
      return `addresses of ${listText(peer.names, 'or')}`;
    case 'unknown':
      return 'something of a newer schema';
  }
}

/** The same of an entry of ports in a tier. */
export function clusterPortText(port: ClusterPort): string {
  if (port.kind === 'unknown') return 'something of a newer schema';
  return port.kind === 'named' ? `the port named ${port.name}` : portText(port);
}

/** `pods with role=db`, `every pod`. */
export function podsText(selector: LabelSelector): string {
  return selector.requirements.length === 0 ? 'every pod' : `pods with ${selectorText(selector)}`;
}

/** `role=db and no label canary`. */
export function selectorText(selector: LabelSelector): string {
  return selector.requirements.map(requirementText).join(' and ');
}

/** What one requirement asks for, to be read after "with". */
export function requirementText({ key, operator, values }: Requirement): string {
  const several = `(${values.map(valueText).join(', ')})`;
  const [only = ''] = values;
  switch (operator) {
    case 'In':
      return values.length === 1 ? labelText(key, only) : `${key} in ${several}`;
    case 'NotIn':
      return values.length === 1 ? `${key}!=${valueText(only)}` : `${key} not in ${several}`;
    case 'Exists':
      return `a label ${key}`;
    case 'DoesNotExist':
      return `no label ${key}`;
    case 'GreaterThan':
      return `${key} > ${only}`;
    case 'LessThan':
      return `${key} < ${only}`;
  }
}

/** `key=value`; the empty value is shown as `""`. */
export function labelText(key: string, value: string): string {
  return `${key}=${valueText(value)}`;
}

/** All labels as `key=value`, sorted by key. */
export function labelTexts(labels: Labels): readonly string[] {
  return [...labels].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => labelText(key, value));
}

/** `TCP 80`, `TCP 80-82`, `any TCP port`, `the TCP port named http`. */
export function portText(port: PolicyPort): string {
  if (port.kind === 'named') return `the ${port.protocol} port named ${port.name}`;
  const { first, last } = port.range;
  if (first <= 1 && last === 65535) return `any ${port.protocol} port`;
  return first === last ? askedText(port.protocol, first) : `${port.protocol} ${first}-${last}`;
}

/** `TCP 80`. */
export function askedText(protocol: Protocol, port: number): string {
  return `${protocol} ${port}`;
}

export function blockText(cidr: Cidr): string {
  return `${formatAddress(cidr.base)}/${cidr.prefixLength}`;
}

/** `a, b or c`. */
export function listText(items: readonly string[], word: 'and' | 'or'): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${word} ${last}`;
}

function namespacesText(selector: LabelSelector | null, policyNamespace: string): string {
  if (selector === null) return `namespace ${policyNamespace}`;
  const [first, ...rest] = selector.requirements;
  if (first === undefined) return 'every namespace';
  const byName = first.key === nameLabel && first.operator === 'In' && first.values.length === 1;
  if (byName && rest.length === 0) return `namespace ${first.values[0] ?? ''}`;
  return `namespaces with ${selectorText(selector)}`;
}

function valueText(value: string): string {
  return value === '' ? '""' : value;
}
