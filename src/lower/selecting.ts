// Which cluster-scoped policies have rules for a pod, in the order in which they are asked.
import { getOrMake } from '../collections/get-or-make.ts';
import type { Direction } from '../ir/ir.ts';
import type { ClusterPolicy } from '../policy/cluster-policy.ts';
import { everything, matches, type Labels } from '../policy/label-selector.ts';
import type { Cluster } from '../resolve/cluster.ts';
import type { Certainty } from '../resolve/peers.ts';
import { matchesUnknownNamespace } from '../resolve/select-namespaces.ts';
import type { Pod } from '../snapshot/snapshot.ts';

/** A policy, and whether its subject holds the pod for certain (S-303). */
export interface Selected {
  readonly policy: ClusterPolicy;
  readonly certainty: Certainty;
}

export type Selection = Readonly<Record<Direction, readonly Selected[]>>;

/** Asks for the namespace once for all of its pods, and for labels once for all pods that share them. */
export function createSelecting(cluster: Cluster, policies: readonly ClusterPolicy[]): (pod: Pod) => Selection {
  const byNamespace = new Map<string, { readonly anywhere: Selection; readonly byLabels: Map<Labels, Selection> }>();
  const ofNamespace = (name: string): readonly Selected[] =>
    policies.flatMap((policy) => {
      const certainty = namespaceCertainty(cluster, policy, name);
      return certainty === null ? [] : [{ policy, certainty }];
    });
  return ({ namespace, labels }) => {
    const known = getOrMake(byNamespace, namespace, () => ({
      anywhere: selectionOf(ofNamespace(namespace)),
      byLabels: new Map<Labels, Selection>(),
    }));
    return getOrMake(known.byLabels, labels, () => withLabels(known.anywhere, labels));
  };
}

function namespaceCertainty(cluster: Cluster, { subject }: ClusterPolicy, name: string): Certainty | null {
  const selector = subject.namespaceSelector ?? everything;
  const namespace = cluster.snapshot.namespaceByName.get(name);
  const answer =
    namespace === undefined ? matchesUnknownNamespace(selector, name) : matches(selector, namespace.labels);
  return answer === 'unknown' ? 'possible' : answer ? 'certain' : null;
}

function selectionOf(selected: readonly Selected[]): Selection {
  return {
    ingress: selected.filter(({ policy }) => policy.ingress.length > 0),
    egress: selected.filter(({ policy }) => policy.egress.length > 0),
  };
}

/** The very same selection where no policy looks at labels of pods. */
function withLabels(selection: Selection, labels: Labels): Selection {
  const fits = ({ policy }: Selected): boolean => matches(policy.subject.podSelector, labels);
  const all = selection.ingress.every(fits) && selection.egress.every(fits);
  return all ? selection : { ingress: selection.ingress.filter(fits), egress: selection.egress.filter(fits) };
}
