// Everything in policies that selects pods by labels: subjects and peers, of both kinds of policies.
import type { Direction } from '../ir/ir.ts';
import { clusterPolicyKey, type Action, type ClusterPolicy } from '../policy/cluster-policy.ts';
import { policyKey, type NetworkPolicy, type PodPeer } from '../policy/network-policy.ts';
import type { Policies } from '../policy/policies.ts';
import type { LintContext } from './lint-context.ts';
import { mappingAt } from './written.ts';
import type { MappingNode } from '../parse/node.ts';

export interface Selection {
  /** The policy's key. */
  readonly policy: string;
  /** Where a peer without a namespaceSelector looks; empty in cluster policies, which always have one. */
  readonly namespace: string;
  readonly role: 'subject' | 'peer';
  /** Null for subjects. */
  readonly direction: Direction | null;
  /** What is done with what a peer matches; NetworkPolicies only accept. */
  readonly action: Action;
  readonly peer: PodPeer;
  readonly owner: NetworkPolicy | ClusterPolicy;
}

/** All of them, policy by policy, the subject first. */
export function listSelections({ policies, clusterPolicies }: Policies): readonly Selection[] {
  return [...policies.flatMap(ofPolicy), ...clusterPolicies.flatMap(ofClusterPolicy)];
}

/** The selector of labels, or of namespaces' labels, as it was written; null when it is not known or not there. */
export function writtenSelector(
  { documentOf }: LintContext,
  { owner, role, peer }: Selection,
  which: 'podSelector' | 'namespaceSelector',
): MappingNode | null {
  const { path } = peer.origin;
  const isSubject = role === 'subject' && owner.kind === 'NetworkPolicy';
  const holders = isSubject ? [path] : [`${path}.${which}`, `${path}.pods.${which}`, `${path}.namespaces`];
  for (const holder of holders) {
    const node = mappingAt(documentOf(owner), holder);
    if (node !== null) return node;
  }
  return null;
}

function ofPolicy(policy: NetworkPolicy): readonly Selection[] {
  const { namespace } = policy;
  const base = { policy: policyKey(policy), namespace, action: 'Accept', owner: policy } as const;
  const peer: PodPeer = {
    kind: 'pods',
    namespaceSelector: null,
    podSelector: policy.subject,
    origin: policy.subjectOrigin,
  };
  const peersOf = (direction: Direction): readonly Selection[] =>
    (policy[direction] ?? []).flatMap(({ peers }) =>
      (peers ?? []).flatMap((each) =>
        each.kind === 'pods' ? [{ ...base, role: 'peer' as const, direction, peer: each }] : [],
      ),
    );
  return [{ ...base, role: 'subject', direction: null, peer }, ...peersOf('ingress'), ...peersOf('egress')];
}

function ofClusterPolicy(policy: ClusterPolicy): readonly Selection[] {
  const base = { policy: clusterPolicyKey(policy), namespace: '', owner: policy } as const;
  const peersOf = (direction: Direction): readonly Selection[] =>
    policy[direction].flatMap(({ peers, action }) =>
      peers.flatMap((peer) =>
        peer.kind === 'pods' ? [{ ...base, role: 'peer' as const, direction, action, peer }] : [],
      ),
    );
  const subject = { ...base, role: 'subject', direction: null, action: 'Accept', peer: policy.subject } as const;
  return [subject, ...peersOf('ingress'), ...peersOf('egress')];
}
