// The pods whose ports a rule is about: the subject's own for ingress, the peers' for egress. Source: S-226.
import { getOrMake } from '../collections/get-or-make.ts';
import type { Protocol } from '../net/protocol.ts';
import type { PodPeer } from '../policy/network-policy.ts';
import { peerKey } from '../resolve/peers.ts';
import type { LabelGroup } from '../snapshot/label-index.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import type { RuleInPolicy } from './policy-rules.ts';

/** Live pods that one selector of a rule means, and what ports they declare. Made once for all rules that mean the same. */
export interface Destination {
  readonly count: number;
  readonly pods: () => readonly Pod[];
  /** One pod of every set of labels: services and selectors tell no more apart. */
  readonly samples: () => readonly Pod[];
  /** How many pods declare a port of this name and protocol. */
  readonly named: (name: string, protocol: Protocol) => number;
  /** Whether any of them declares the port, under a name or without one. */
  readonly declares: (protocol: Protocol, port: number) => boolean;
  /** Whether pods were told by their own labels, so that each of them is meant. */
  readonly byLabels: boolean;
}

export type DestinationsOf = (rule: RuleInPolicy) => readonly Destination[];

type GroupsOf = (selection: { readonly peer: PodPeer; readonly namespace: string }) => readonly LabelGroup[];

/** Prepares the answers. Blocks are left out; an egress rule without `to` means every pod (S-256). */
export function createDestinationsOf(groupsOf: GroupsOf, everyGroup: readonly LabelGroup[]): DestinationsOf {
  const known = new Map<string, Destination>();
  const every = (): Destination => getOrMake(known, 'every', () => destination(everyGroup, false));
  const meant = (peer: PodPeer, namespace: string): Destination =>
    getOrMake(known, peerKey(peer, namespace), () =>
      destination(groupsOf({ peer, namespace }), peer.podSelector.requirements.length > 0),
    );
  return ({ policy, direction, rule }) => {
    const { namespace, subject: podSelector, subjectOrigin: origin } = policy;
    if (direction === 'ingress')
      return [meant({ kind: 'pods', namespaceSelector: null, podSelector, origin }, namespace)];
    if (rule.peers === null) return [every()];
    return rule.peers.flatMap((peer) => (peer.kind === 'pods' ? [meant(peer, namespace)] : []));
  };
}

function destination(groups: readonly LabelGroup[], byLabels: boolean): Destination {
  const named = new Map<string, number>();
  const numbers = new Set<string>();
  let count = 0;
  for (const { pods } of groups) {
    count += pods.length;
    for (const { namedPorts, unnamedPorts } of pods) {
      for (const { protocol, port } of unnamedPorts) numbers.add(`${protocol} ${port}`);
      const names = new Set(namedPorts.map(({ name, protocol }) => `${protocol} ${name}`));
      for (const name of names) named.set(name, (named.get(name) ?? 0) + 1);
      for (const { protocol, port } of namedPorts) numbers.add(`${protocol} ${port}`);
    }
  }
  return {
    count,
    byLabels,
    pods: () => groups.flatMap(({ pods }) => pods),
    samples: () => groups.flatMap(({ pods }) => pods.slice(0, 1)),
    named: (name, protocol) => named.get(`${protocol} ${name}`) ?? 0,
    declares: (protocol, port) => numbers.has(`${protocol} ${port}`),
  };
}
